//! Pushes and replies that are signed, opened and written here.

use super::{AES_KEY, PREVIOUS_AES_KEY, PREVIOUS_TOKEN, TOKEN, witness::Witness};
use wx_sim::DEFAULT_APP_ID;

#[test]
fn what_is_signed_and_opened_tells_no_secret() {
    let mut witness = Witness::start();
    for mode in ["plain", "compatible", "safe"] {
        let sign = ["push", "sign", "--follow", "shop-042", "--mode", mode];
        witness.wx(&sign);
        let signed = witness.wx(&[&sign[..], &["--json"]].concat()).json();
        witness.wx(&["push", "sign", "--echo", "12345", "--mode", mode]);
        let [query, body] = ["query", "body"].map(|part| signed[part].as_str().unwrap().to_owned());
        open(&mut witness, mode, &query, &body);
        reply(&mut witness, mode);
    }
    witness.found_nothing(&["shop-042", "signature", "follow_via_qr", "\"causes\"", "<Encrypt>", "欢迎"]);
}

/// As it is, and damaged, with the right secrets and others.
fn open(witness: &mut Witness, mode: &str, query: &str, body: &str) {
    let half = &body[..body.len() / 2];
    let deep = "<a>".repeat(10_000);
    let other_query = query.replace("signature=", "signature=0");
    let bodies = [body, half, "", "{", "<xml/>", "\u{0}", &deep, "<xml><Encrypt>AAAA</Encrypt></xml>"];
    for (number, text) in bodies.into_iter().enumerate() {
        let file = format!("push{number}");
        std::fs::write(witness.folder().join(&file), text).unwrap();
        let app = ["--app-id", DEFAULT_APP_ID, "--mode", mode];
        let queries = [query, &other_query];
        for query in &queries[..if number == 0 { 2 } else { 1 }] {
            let decode = ["push", "decode", &file, "--query", query];
            for secrets in [
                &["--from-config"][..],
                &["--token", TOKEN, "--aes-key", AES_KEY],
                &["--token", PREVIOUS_TOKEN, "--aes-key", PREVIOUS_AES_KEY, "--fields"],
                &["--token", TOKEN, "--aes-key", PREVIOUS_AES_KEY, "--previous-aes-key", AES_KEY, "--fields"],
            ] {
                witness.wx(&[&decode, &app[..], secrets].concat());
            }
        }
    }
}

fn reply(witness: &mut Witness, mode: &str) {
    let people = ["--to", "oTestFollower", "--from", "gh_3f9a1c77be20", "--mode", mode];
    for text in [&["--text", "欢迎"][..], &["--text", ""], &["push0"], &["--text", "欢迎", "--json"]] {
        witness.wx(&[&["reply", "render"], &people[..], text].concat());
    }
}
