//! The demo and the simulator, which have secrets of their own.

use super::{
    AES_KEY, APP_SECRET, TOKEN,
    witness::{LOUD, Witness, wait},
};
use crate::program::{Running, wx_in};
use scenarios::{Canaries, get};
use wx_sim::{DEFAULT_AES_KEY, DEFAULT_SECRET, DEFAULT_TOKEN};

#[test]
fn a_demo_tells_no_secret() {
    let folder = tempfile::tempdir().unwrap();
    let run = wx_in(folder.path(), &["demo", "--once", "--dir", "demo"], &[("RUST_LOG", LOUD)]);
    assert_eq!(run.code, 0, "{run:?}");
    let said = [&run.stdout[..], &run.stderr].concat();
    assert!(said.contains("DEBUG") && said.contains("wx_call"), "it is not told to log");
    // The simulator logs each token by a name.
    let tokens = said.split("access_token=").skip(1);
    assert_eq!(tokens.clone().find(|rest| !rest.starts_with("<stable ")), None);
    assert!(tokens.count() > 3);
    let secrets = [("AppSecret", DEFAULT_SECRET), ("Token", DEFAULT_TOKEN), ("key", DEFAULT_AES_KEY)];
    let canaries = Canaries::new(secrets);
    canaries.assert_absent("output", said);
    for entry in std::fs::read_dir(folder.path().join("demo")).unwrap() {
        let path = entry.unwrap().path();
        canaries.assert_absent(&path, std::fs::read(&path).unwrap());
    }
}

/// Its pages and lists show what was asked, as an operator's log would: without what was secret in it.
#[test]
fn a_simulator_tells_no_secret() {
    let mut witness = Witness::start();
    let log = witness.apart.path().join("log");
    let secrets = ["--secret", APP_SECRET, "--token", TOKEN, "--aes-key", AES_KEY];
    let args = [&["sim", "--json", "--listen", "127.0.0.1:0", "--mode", "safe"], &secrets[..]].concat();
    let mut simulator = Running::start_with_log(witness.folder(), &args, &[("RUST_LOG", LOUD)], &log);
    let base = simulator.json()["base_url"].as_str().unwrap().to_owned();
    let env = [("WX_API_BASE", base.as_str())];
    for command in [
        &["token", "show"][..],
        &["token", "refresh", "--force", "--token-kind", "classic"],
        &["code", "create", "--permanent", "--scene-str", "shop-042"],
        &["quota", "clear", "--all", "--by-secret", "--yes"],
        &["doctor"],
    ] {
        witness.wx_with(command, &env);
    }
    witness.reveal(&[], &env);
    for page in ["", "sim/console", "sim/options", "sim/transcript", "sim/codes", "sim/faults", "sim/nothing"]
    {
        let (status, text) = wait(get(&format!("{base}/{page}")));
        witness.hear(format!("{page}: {status}"), text);
    }
    simulator.kill();
    witness.hear("log of the simulator", std::fs::read(log).unwrap());
    witness.found_nothing(&["wx_sim", "shop-042", "/cgi-bin/stable_token"]);
}
