use crate::lifeline::{Lifeline, Server, as_user};
use std::{
    env, fs,
    net::TcpListener,
    path::{Path, PathBuf},
    process::Command,
    sync::{
        OnceLock,
        atomic::{AtomicUsize, Ordering},
    },
};

/// A real PostgreSQL server of this process, in a temporary folder, without the syncs that make it slow.
///
/// It speaks TLS for `localhost`, with a certificate that [`authority`](Self::authority) vouches for.
#[derive(Debug)]
pub struct PostgresServer {
    programs: PathBuf,
    folder: PathBuf,
    port: u16,
    user: Option<u32>,
    databases: AtomicUsize,
    _lifeline: Lifeline,
}

impl PostgresServer {
    /// The one of this process, started when it is first asked for.
    pub fn shared() -> &'static Self {
        static SERVER: OnceLock<PostgresServer> = OnceLock::new();
        SERVER.get_or_init(Self::start)
    }

    fn start() -> Self {
        let programs =
            programs().expect("PostgreSQL is not installed; `cargo xtask test --install` installs it");
        let folder = tempfile::Builder::new().prefix("wx-postgres-").tempdir().expect("a folder").keep();
        let user = other_user();
        own(&folder, user);
        run(Command::new(programs.join("initdb")).args(INITDB).arg("-D").arg(folder.join("data")), user);
        write_certificate(&folder, user);
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        drop(listener);
        let lifeline = launch(&programs, &folder, port, user);
        Self { programs, folder, port, user, databases: AtomicUsize::new(0), _lifeline: lifeline }
    }

    /// The address of a new, empty database, reached through a socket in a file.
    pub fn database(&self) -> String {
        let name = format!("test{}", self.databases.fetch_add(1, Ordering::Relaxed));
        let mut create = Command::new(self.programs.join("createdb"));
        run(
            create.arg("-h").arg(&self.folder).args(["-p", &self.port.to_string(), "-U", "wx", &name]),
            self.user,
        );
        format!("host={} port={} user=wx dbname={name}", self.folder.display(), self.port)
    }

    /// The same database over TCP.
    pub fn over_tcp(&self, database: &str) -> String {
        database.replace(&self.folder.display().to_string(), "localhost")
    }

    /// The certificate (PEM) of the authority that vouches for the server.
    pub fn authority(&self) -> Vec<u8> {
        fs::read(self.folder.join("authority.pem")).expect("a certificate")
    }
}

const PROGRAMS: [&str; 3] = ["initdb", "postgres", "createdb"];

const INITDB: [&str; 7] = [
    "--username=wx",
    "--auth=trust",
    "--no-sync",
    "--encoding=UTF8",
    "--locale=C",
    "--no-instructions",
    "-N",
];

fn launch(programs: &Path, folder: &Path, port: u16, user: Option<u32>) -> Lifeline {
    let [data, sockets, key, certificate] =
        ["data", "", "server.key", "server.pem"].map(|name| folder.join(name).display().to_string());
    let settings = [
        format!("port={port}"),
        format!("unix_socket_directories={}", sockets.trim_end_matches('/')),
        format!("ssl_key_file={key}"),
        format!("ssl_cert_file={certificate}"),
        "listen_addresses=127.0.0.1".to_owned(),
        "ssl=on".to_owned(),
        "fsync=off".to_owned(),
        "max_connections=400".to_owned(),
        "log_destination=stderr".to_owned(),
    ];
    let settings: Vec<&str> = settings.iter().flat_map(|setting| ["-c", setting]).collect();
    // What it logs goes where its readiness is read.
    let script = [
        &["-c", "exec \"$@\" 2>&1", "sh"][..],
        &[&programs.join("postgres").display().to_string(), "-D", &data],
    ]
    .concat()
    .into_iter()
    .chain(settings)
    .map(str::to_owned)
    .collect::<Vec<_>>();
    let args: Vec<&str> = script.iter().map(String::as_str).collect();
    Lifeline::start(&Server {
        program: Path::new("/bin/sh"),
        args: &args,
        folder,
        user,
        signal: "QUIT",
        ready: "ready to accept connections",
    })
}

/// Where the programs of the newest installed version are.
fn programs() -> Option<PathBuf> {
    let packages = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut folders: Vec<PathBuf> = packages.map(|entry| entry.path().join("bin")).collect();
    folders.sort_by(|one, other| other.cmp(one));
    let path = env::var_os("PATH").unwrap_or_default();
    folders.extend(env::split_paths(&path));
    folders.into_iter().find(|folder| PROGRAMS.iter().all(|program| folder.join(program).is_file()))
}

/// PostgreSQL refuses to run as root; its package has brought a user.
fn other_user() -> Option<u32> {
    let id = |args: &[&str]| {
        let output = Command::new("id").args(args).output().ok()?;
        String::from_utf8_lossy(&output.stdout).trim().parse::<u32>().ok()
    };
    (id(&["-u"])? == 0).then(|| id(&["-u", "postgres"])).flatten()
}

fn own(path: &Path, user: Option<u32>) {
    if user.is_some() {
        std::os::unix::fs::chown(path, user, None).expect("root may give a file away");
    }
}

fn run(command: &mut Command, user: Option<u32>) {
    as_user(command, user);
    let output = command.current_dir("/").output().expect("a program of PostgreSQL");
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
}

fn write_certificate(folder: &Path, user: Option<u32>) {
    use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
    let key = || KeyPair::generate().expect("a key");
    let mut authority = CertificateParams::new([]).expect("no names");
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority = CertifiedIssuer::self_signed(authority, key()).expect("a certificate");
    let server = CertificateParams::new(["localhost".to_owned()]).expect("a name");
    let server_key = key();
    let server = server.signed_by(&server_key, &authority).expect("a certificate");
    for (name, text) in [
        ("authority.pem", authority.pem()),
        ("server.pem", server.pem()),
        ("server.key", server_key.serialize_pem()),
    ] {
        write_private(&folder.join(name), &text, user);
    }
}

fn write_private(path: &Path, text: &str, user: Option<u32>) {
    use std::os::unix::fs::PermissionsExt;
    fs::write(path, text).expect("a file");
    fs::set_permissions(path, fs::Permissions::from_mode(0o600)).expect("a file of ours");
    own(path, user);
}
