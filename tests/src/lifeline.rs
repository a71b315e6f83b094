use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    thread,
};

/// What is to be started.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Server<'a> {
    pub(crate) program: &'a Path,
    pub(crate) args: &'a [&'a str],
    /// Its own, which goes with it.
    pub(crate) folder: &'a Path,
    /// Who runs it, if another than this process.
    pub(crate) user: Option<u32>,
    /// What stops it at once.
    pub(crate) signal: &'a str,
    /// What it says when it has begun.
    pub(crate) ready: &'a str,
}

/// A server that ends when this process does, however that happens.
///
/// A shell stands between: it waits on a pipe that only this process holds open, then stops the server and removes its
/// folder.
#[derive(Debug)]
pub(crate) struct Lifeline {
    /// With the pipe that keeps it waiting.
    _shell: Child,
}

const SCRIPT: &str = r#"folder=$1; signal=$2; shift 2
"$@" & server=$!
cat > /dev/null
kill -s "$signal" "$server"
wait "$server"
rm -rf "$folder""#;

impl Lifeline {
    /// Starts the server and waits for the line of its output in which `ready` stands.
    pub(crate) fn start(server: &Server<'_>) -> Self {
        let Server { program, args, folder, user, signal, ready } = *server;
        let mut command = Command::new("sh");
        command
            .args(["-c", SCRIPT, "sh"])
            .arg(folder)
            .arg(signal)
            .arg(program)
            .args(args)
            .current_dir(folder);
        as_user(&mut command, user);
        let mut shell = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .expect("a shell");
        let output = shell.stdout.take().expect("the output was asked for as a pipe");
        let mut lines = BufReader::new(output).lines().map_while(Result::ok);
        let mut said = Vec::new();
        let is_ready = lines.by_ref().any(|line| {
            let is_ready = line.contains(ready);
            said.push(line);
            is_ready
        });
        assert!(is_ready, "{} did not start: {said:#?}", program.display());
        // What it says later must not fill the pipe.
        thread::spawn(move || lines.for_each(drop));
        Self { _shell: shell }
    }
}

/// Runs the command as another user: only root can, and only some servers want it.
pub(crate) fn as_user(command: &mut Command, user: Option<u32>) {
    use std::os::unix::process::CommandExt;
    if let Some(id) = user {
        command.uid(id);
    }
}
