use crate::lifeline::{Lifeline, Server};
use std::{
    env,
    path::{Path, PathBuf},
    sync::{
        OnceLock,
        atomic::{AtomicUsize, Ordering},
    },
};

/// A real Redis server of this process, in a temporary folder, which writes nothing to the disk.
#[derive(Debug)]
pub struct RedisServer {
    socket: PathBuf,
    databases: AtomicUsize,
    _lifeline: Lifeline,
}

impl RedisServer {
    /// The one of this process, started when it is first asked for.
    pub fn shared() -> &'static Self {
        static SERVER: OnceLock<RedisServer> = OnceLock::new();
        SERVER.get_or_init(Self::start)
    }

    fn start() -> Self {
        let program = program().expect("Redis is not installed; `cargo xtask test --install` installs it");
        let folder = tempfile::Builder::new().prefix("wx-redis-").tempdir().expect("a folder").keep();
        let socket = folder.join("socket");
        let path = socket.display().to_string();
        let args =
            ["--port", "0", "--unixsocket", &path, "--databases", "1000", "--save", "", "--appendonly", "no"];
        let lifeline = Lifeline::start(&Server {
            program: &program,
            args: &args,
            folder: &folder,
            user: None,
            signal: "TERM",
            ready: "ready to accept connections",
        });
        Self { socket, databases: AtomicUsize::new(0), _lifeline: lifeline }
    }

    /// The address of an empty database that nobody else uses.
    pub fn database(&self) -> String {
        let number = self.databases.fetch_add(1, Ordering::Relaxed);
        format!("unix://{}?db={number}", self.socket.display())
    }
}

fn program() -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let file = |folder: PathBuf| folder.join(Path::new("redis-server"));
    env::split_paths(&path).map(file).find(|file| file.is_file())
}
