//! A service takes pushes, good and bad, and shows its pages.

use super::{
    AES_KEY, PREVIOUS_AES_KEY, PREVIOUS_TOKEN, TOKEN,
    witness::{Witness, environment, key, wait},
};
use crate::program::Running;
use scenarios::{get, post};
use wx_sim::{Callback, Mode};

#[test]
fn a_service_tells_no_secret() {
    let mut witness = Witness::start();
    for mode in [Mode::Plain, Mode::Compatible, Mode::Safe] {
        serve(&mut witness, mode);
    }
    witness.found_nothing(&[
        "push refused",
        "DEBUG",
        "verdict  accepted",
        "门店 42",
        "<html",
        "\"rows\"",
        "callback",
    ]);
}

fn serve(witness: &mut Witness, mode: Mode) {
    let mode_name = mode.name();
    let env = [&environment()[..], &[("WX_MODE", mode_name)]].concat();
    let log = witness.apart.path().join(mode_name);
    let args =
        ["serve", "--json", "--listen", "127.0.0.1:0", "--console", "127.0.0.1:0", "--nonce-memory", "9"];
    let mut service = Running::start_with_log(witness.folder(), &args, &env, &log);
    let line = service.line();
    let addresses: serde_json::Value = serde_json::from_str(&line).unwrap();
    witness.hear("stdout of the service", line);
    let [url, console] = ["callback", "console"].map(|name| addresses[name].as_str().unwrap().to_owned());

    let created =
        ["code", "create", "--permanent", "--scene-str", "shop-042", "--channel", "门店 42", "--json"];
    let ticket = witness.wx(&created).json()["ticket"].as_str().unwrap().to_owned();
    sent(witness, &url, mode);
    from_the_platform(witness, &url, mode, &ticket);
    strangers(witness, &url);
    for page in [
        "",
        "dashboard.css",
        "api/report",
        "api/report?from=x",
        "api/report.csv",
        "metrics",
        "nothing",
        "healthz",
    ] {
        let (status, text) = wait(get(&format!("{console}{page}")));
        witness.hear(format!("{page}: {status}"), text);
    }
    for format in ["table", "json"] {
        witness.wx(&["report", "--format", format]);
    }
    for args in [&["doctor"][..], &["doctor", "--json"]] {
        let env = [("WX_CALLBACK_URL", url.as_str()), ("WX_MODE", mode_name)];
        witness.wx_with(args, &env);
    }
    service.kill();
    witness.hear(format!("log of the service in {mode_name} mode"), std::fs::read(log).unwrap());
}

/// Signed here: with the secrets of now and before, in every mode, and with wrong ones.
fn sent(witness: &mut Witness, url: &str, mode: Mode) {
    let other = "A".repeat(43);
    let env = [("WX_MODE", mode.name())];
    for secrets in [
        &[][..],
        &["--token", PREVIOUS_TOKEN, "--aes-key", PREVIOUS_AES_KEY],
        &["--token", "AnotherToken2026"],
        &["--aes-key", &other],
        &["--mode", "plain"],
        &["--mode", "safe", "--app-id", "wx0000000000000000"],
    ] {
        for push in
            [&["--follow", "shop-042"][..], &["--text", "门店"], &["--check"], &["--unfollow", "--json"]]
        {
            witness.wx_with(&[&["push", "send", url], push, secrets].concat(), &env);
        }
    }
}

fn from_the_platform(witness: &mut Witness, url: &str, mode: Mode, ticket: &str) {
    let right = Callback::to(url).mode(mode).token(TOKEN).aes_key(key(AES_KEY));
    let wrong = [right.clone().token("AnotherToken2026"), right.clone().aes_key(key(&"A".repeat(43)))];
    for callback in wrong.into_iter().chain([right]) {
        let simulator = &witness.platform.simulator;
        simulator.configure(callback).unwrap();
        let said = wait(async {
            let scan = simulator.scan("anna", ticket).await.unwrap();
            format!("{scan:?} {:?}", simulator.verify_callback().await.unwrap())
        });
        // The delivery holds the body that the platform sent, which is no output of ours, in clear.
        witness.hear("answers to the platform", said);
    }
}

fn strangers(witness: &mut Witness, url: &str) {
    for query in [
        "",
        "?signature=x&timestamp=1&nonce=2",
        "?msg_signature=x&timestamp=1&nonce=2&encrypt_type=aes",
        "?signature=%00&timestamp=99999999999999999999&nonce=%FF&echostr=%2525",
    ] {
        for body in ["", "<xml/>", "<xml><Encrypt>AAAA</Encrypt></xml>", "{", "\u{0}", &"<a>".repeat(10_000)]
        {
            let (status, answer) = wait(post(&format!("{url}{query}"), body.to_owned()));
            assert!((400..500).contains(&status), "{query}: {status} {answer}");
            witness.hear(format!("answer to {query}"), answer);
        }
        witness.hear(format!("check {query}"), wait(get(&format!("{url}{query}"))).1);
    }
}
