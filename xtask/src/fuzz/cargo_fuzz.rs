use super::Target;
use anyhow::{Context, bail, ensure};
use std::{
    fs,
    io::{BufRead, BufReader},
    path::Path,
    process::{Command, Stdio},
};

/// cargo-fuzz under a nightly toolchain.
#[derive(Debug)]
pub(super) struct CargoFuzz<'a> {
    root: &'a Path,
}

/// What must be there: how to ask for it, what it is called, how to install it.
const NEEDED: [(&[&str], &str, &[&str]); 2] = [
    (
        &["rustup", "run", "nightly", "rustc", "--version"],
        "a nightly toolchain",
        &["rustup", "toolchain", "install", "nightly", "--profile", "minimal"],
    ),
    (&["cargo", "fuzz", "--version"], "cargo-fuzz", &["cargo", "install", "cargo-fuzz", "--locked"]),
];

/// No push is longer; libFuzzer begins with short inputs.
const MAX_BYTES: usize = 64 * 1024;
/// Far above the limit of 10 ms, under libFuzzer's own code and beside other programs: a loop that does not end.
const HANGS_SECONDS: usize = 5;

impl<'a> CargoFuzz<'a> {
    /// Makes sure that everything is installed.
    pub(super) fn prepare(root: &'a Path, install: bool) -> anyhow::Result<Self> {
        for (ask, what, how) in NEEDED {
            if answers(ask) {
                continue;
            }
            let how_line = how.join(" ");
            ensure!(install, "{what} is missing; run `{how_line}`, or `cargo xtask fuzz … --install`");
            println!("$ {how_line}");
            let status =
                outside_toolchain(how).status().with_context(|| format!("cannot run `{how_line}`"))?;
            ensure!(status.success(), "`{how_line}` ended with {status}");
        }
        Ok(Self { root })
    }

    /// Whether the run ended without a finding. Every line of libFuzzer goes to `read`, few of them to the terminal.
    pub(super) fn run(
        &self,
        target: &Target,
        minutes: f64,
        read: &mut dyn FnMut(&str),
    ) -> anyhow::Result<bool> {
        self.build(target)?;
        for folder in [&target.corpus, &target.slow] {
            fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
        }
        for old in fs::read_dir(&target.slow)? {
            fs::remove_file(old?.path())?;
        }
        let mut command = self.command("run", target);
        command.arg(&target.corpus).args(&target.seeds).arg("--").args([
            format!("-max_total_time={:.0}", (minutes * 60.0).max(1.0)),
            format!("-max_len={MAX_BYTES}"),
            format!("-timeout={HANGS_SECONDS}"),
            format!("-dict={}", target.dictionary.display()),
            "-print_final_stats=1".to_owned(),
        ]);
        command.env("WX_FUZZ_SLOW", &target.slow);
        println!("\n{}: {}", target.name, target.about);
        let mut child = command.stderr(Stdio::piped()).spawn().context("cargo fuzz does not start")?;
        let stderr = child.stderr.take().expect("the output was asked for as a pipe");
        for line in BufReader::new(stderr).split(b'\n') {
            let line = String::from_utf8_lossy(&line?).into_owned();
            if is_news(&line) {
                println!("{line}");
            }
            read(&line);
        }
        Ok(child.wait()?.success())
    }

    /// Measures every input that is known, and says which is the slowest. It is built as users build, so that neither
    /// libFuzzer's code nor its checks count.
    pub(super) fn replay(&self, target: &Target) -> anyhow::Result<Replay> {
        let mut command = crate::cargo(self.root);
        command.args([
            "run",
            "--quiet",
            "--release",
            "--manifest-path",
            "fuzz/Cargo.toml",
            "--example",
            "replay",
        ]);
        command.args(["--no-default-features", "--features", "cpu-time", "--", &target.name]);
        command.args(&target.seeds).args([&target.corpus, &target.slow]);
        let output = command.stderr(Stdio::inherit()).output()?;
        let said = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        Ok(Replay { passed: output.status.success(), said })
    }

    fn build(&self, target: &Target) -> anyhow::Result<()> {
        let status = self.command("build", target).status().context("cargo fuzz does not start")?;
        if !status.success() {
            bail!("the fuzz target {} does not build; a C++ compiler is needed, too", target.name);
        }
        Ok(())
    }

    /// Our crates have no `unsafe`, so the address sanitizer would only halve the executions.
    fn command(&self, task: &str, target: &Target) -> Command {
        let mut command = outside_toolchain(&["rustup", "run", "nightly", "cargo", "fuzz", task]);
        command.current_dir(self.root).args(["--fuzz-dir", "fuzz", "--sanitizer", "none", &target.name]);
        command
    }
}

/// What `replay` found out.
#[derive(Debug)]
pub(super) struct Replay {
    pub(super) passed: bool,
    pub(super) said: String,
}

fn answers(ask: &[&str]) -> bool {
    outside_toolchain(ask).output().is_ok_and(|output| output.status.success())
}

/// `cargo xtask` runs under a toolchain of its own, which it hands on in these variables.
fn outside_toolchain(line: &[&str]) -> Command {
    let mut command = Command::new(line[0]);
    command.args(&line[1..]).env_remove("CARGO").env_remove("RUSTUP_TOOLCHAIN").env_remove("RUSTC");
    command
}

/// libFuzzer says a line for every input that reaches something new; those are many.
fn is_news(line: &str) -> bool {
    let is_progress = line.starts_with('#') && !line.contains("pulse") && !line.contains("DONE");
    let is_word = line.starts_with('"') && line.contains("# Uses:");
    !is_progress && !is_word && !line.starts_with("stat::") && !line.starts_with("\tNEW_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_is_left_out_and_findings_are_not() {
        assert!(!is_news("#2048\tNEW    cov: 512 ft: 1300 corp: 90/12Kb lim: 4096 exec/s: 0 rss: 33Mb"));
        assert!(!is_news("#4096\tREDUCE cov: 512 ft: 1300 corp: 90/12Kb lim: 4096 exec/s: 0 rss: 33Mb"));
        assert!(!is_news("\tNEW_FUNC[1/2]: 0x5623ec631431"));
        assert!(is_news("#8192\tpulse  cov: 512 ft: 1300 corp: 90/12Kb lim: 4096 exec/s: 4096 rss: 33Mb"));
        assert!(is_news("thread '<unnamed>' panicked at src/xml_fields.rs:49:13:"));
        assert!(is_news("SUMMARY: libFuzzer: deadly signal"));
    }
}
