use anyhow::{Context, ensure};
use std::{
    path::{Path, PathBuf},
    process::Command,
};
use tempfile::TempDir;

/// Names, and the commands that start them or why there are none.
pub(super) type Peers = Vec<(&'static str, anyhow::Result<Command>)>;

/// A folder with the other libraries, which goes when this goes. The machine's own Python and Node stay as they are.
#[derive(Debug)]
pub(super) struct Environment {
    root: PathBuf,
    folder: TempDir,
}

impl Environment {
    pub(super) fn new(root: &Path) -> anyhow::Result<Self> {
        let folder = TempDir::with_prefix("wx-compare-").context("cannot make a temporary folder")?;
        Ok(Self { root: root.to_owned(), folder })
    }

    /// Everybody who receives pushes, ours first, with the command that starts it once it is built or installed.
    pub(super) fn receivers(&self) -> Peers {
        vec![
            ("wx-events", self.ours("compare_pushes")),
            ("wechatpy", self.python(&["wechatpy[cryptography]"], "peer_wechatpy.py")),
            ("WeRoBot", self.python(&["werobot", "cryptography"], "peer_werobot.py")),
            ("co-wechat", self.node("co-wechat", "peer_co_wechat.js")),
            ("xml2js", self.node("xml2js", "peer_xml2js.js")),
        ]
    }

    /// Everybody who draws, likewise.
    pub(super) fn drawers(&self) -> Peers {
        vec![("wx-render", self.ours("compare_render")), ("segno", self.python(&["segno"], "peer_segno.py"))]
    }

    fn ours(&self, example: &str) -> anyhow::Result<Command> {
        run(crate::cargo(&self.root).args([
            "build",
            "--release",
            "--package",
            "benches",
            "--example",
            example,
        ]))?;
        let metadata = cargo_metadata::MetadataCommand::new()
            .manifest_path(self.root.join("Cargo.toml"))
            .no_deps()
            .exec();
        let target = metadata.context("cargo metadata failed")?.target_directory;
        Ok(Command::new(target.join("release/examples").join(example)))
    }

    /// In a virtual environment of its own, so that one cannot change what another one uses.
    fn python(&self, packages: &[&str], script: &str) -> anyhow::Result<Command> {
        let venv = self.folder.path().join(script);
        run(Command::new("python3").args(["-m", "venv"]).arg(&venv))?;
        let python = venv.join("bin/python");
        run(Command::new(&python)
            .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"])
            .args(packages))?;
        let mut command = Command::new(python);
        command.arg(self.script(script)).env("PYTHONDONTWRITEBYTECODE", "1");
        Ok(command)
    }

    fn node(&self, package: &str, script: &str) -> anyhow::Result<Command> {
        let prefix = self.folder.path().join(script);
        let npm = ["install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", package, "--prefix"];
        run(Command::new("npm").args(npm).arg(&prefix))?;
        let mut command = Command::new("node");
        command
            .arg("--no-deprecation")
            .arg(self.script(script))
            .env("NODE_PATH", prefix.join("node_modules"));
        Ok(command)
    }

    fn script(&self, name: &str) -> PathBuf {
        self.root.join("xtask/compare").join(name)
    }
}

fn run(command: &mut Command) -> anyhow::Result<()> {
    let program = command.get_program().to_string_lossy().into_owned();
    let args: Vec<_> = command.get_args().map(|arg| arg.to_string_lossy()).collect();
    let line = format!("{program} {}", args.join(" "));
    println!("$ {line}");
    let output = command.output().with_context(|| format!("`{program}` does not start"))?;
    let said = String::from_utf8_lossy(&output.stderr);
    let last = said.lines().last().unwrap_or_default();
    ensure!(output.status.success(), "`{line}` ended with {}: {last}", output.status);
    Ok(())
}
