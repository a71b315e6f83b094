use super::report::Outcome;
use std::{env, fs, process::Command};

/// Makes sure that what a suite needs is there: installs these packages if that is wanted and can be done, otherwise says
/// what became of the suite. `what` is what the packages bring, in the plural.
pub(super) fn ensure(
    what: &str,
    packages: &[&str],
    install: bool,
    is_installed: impl Fn() -> bool,
) -> Result<(), Outcome> {
    if is_installed() {
        return Ok(());
    }
    let missing = format!("{what} are not installed");
    if !install {
        return Err(Outcome::Skipped(format!("{missing}; `cargo xtask test --install` installs them")));
    }
    if !is_debian() {
        return Err(Outcome::Skipped(format!("{missing}, and this is neither Debian nor Ubuntu")));
    }
    apt_get(&["update"])?;
    apt_get(&[&["install", "-y", "--no-install-recommends"], packages].concat())?;
    if is_installed() { Ok(()) } else { Err(Outcome::Failed(format!("{missing} after apt-get install"))) }
}

/// Whether the program is in the path.
pub(super) fn has(program: &str) -> bool {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

fn is_debian() -> bool {
    let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    let ids = release.lines().filter_map(|line| line.strip_prefix("ID=").or(line.strip_prefix("ID_LIKE=")));
    ids.flat_map(|ids| ids.trim_matches('"').split(' ')).any(|id| id == "debian" || id == "ubuntu")
}

fn apt_get(args: &[&str]) -> Result<(), Outcome> {
    let mut command = if is_root() { Command::new("apt-get") } else { Command::new("sudo") };
    if !is_root() {
        command.arg("apt-get");
    }
    println!("\n$ apt-get {}", args.join(" "));
    match command.args(args).env("DEBIAN_FRONTEND", "noninteractive").status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(Outcome::Failed(format!("`apt-get {}` ended with {status}", args.join(" ")))),
        Err(error) => Err(Outcome::Failed(format!("`apt-get {}` did not start: {error}", args.join(" ")))),
    }
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output();
    id.is_ok_and(|id| id.stdout.trim_ascii() == b"0")
}
