//! No credential reaches a recording, whatever place or encoding it stands in.

use super::{get, post};
use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use bytes::Bytes;
use http::{HeaderValue, Request};
use serde_json::json;
use wx_transport::{Answer, MockTransport, RecordingTransport, Redaction, Transport};

const TOKEN: &str = "76_cAnAry-0123456789/abc+def==";
const SECRET: &str = "cAnAry5ec12e7c0ffee5ec12e7c0ffee";
const REFRESH: &str = "refresh@@@cAnAry-42\"\\quoted";
const TICKET: &str = "ticket@@@cAnAry-verify-場";
const KEY: &str = "kEy7cAnAryabcdefghijklmnopqrstuvwxyz0123456";
const COOKIE: &str = "cookie-cAnAry-0123456789abcdef";
/// Told to the recorder, because no name tells it.
const KNOWN: &str = "known-cAnAry-0123456789";
/// Learned from a later exchange than that in which it stands first.
const LATER: &str = "later-cAnAry-0123456789";
const NUMBER: &str = "918273645546372819";

const ALL: [&str; 9] = [TOKEN, SECRET, REFRESH, TICKET, KEY, COOKIE, KNOWN, LATER, NUMBER];

fn percent(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02x}")).collect::<Vec<_>>().concat()
}

fn hex(text: &str) -> String {
    text.bytes().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat()
}

fn form(text: &str) -> String {
    form_encoded([text]).replace('=', "%3D")
}

fn form_encoded<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let keep = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.=".contains(&byte);
    let encode = |byte: u8| if keep(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    texts.into_iter().flat_map(str::bytes).map(encode).collect::<Vec<_>>().concat()
}

/// Every encoding of every secret, in fields whose names tell nothing.
fn everywhere() -> String {
    let forms = |secret: &str| {
        let shifted = |end: &str| [0, 1, 2].map(|before| format!("{}{secret}{end}", "x".repeat(before)));
        json!({
            "plain": secret,
            "sentence": format!("bad value <{secret}> given"),
            "percent": percent(secret),
            "form": form(secret),
            "twice": form(secret).replace('%', "%25"),
            "hex": hex(secret),
            "HEX": hex(secret).to_uppercase(),
            "base64": (shifted("end").map(|text| STANDARD.encode(text))),
            "base64url": (shifted("").map(|text| URL_SAFE_NO_PAD.encode(text))),
            "url": format!("https://a.test/x?y={}#z", form(secret)),
            "json": json!({ "inner": secret }).to_string(),
            (format!("as a name {secret}")): [secret, secret],
        })
    };
    json!(ALL.map(forms)).to_string()
}

fn escaped(text: &str) -> String {
    text.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect::<Vec<_>>().concat()
}

fn exchanges() -> Vec<(Request<Bytes>, Answer)> {
    let mut authorized = post("/headers", "x");
    let headers = authorized.headers_mut();
    headers.insert("authorization", HeaderValue::from_str(&format!("Bearer {TOKEN}")).unwrap());
    headers.insert("cookie", HeaderValue::from_str(&format!("a={COOKIE}; b=1")).unwrap());
    headers.insert("x-note", HeaderValue::from_str(&format!("with {SECRET}")).unwrap());
    let mut form_request = post("/form", format!("grant_type=x&code={}&secret={SECRET}", form(KEY)));
    form_request
        .headers_mut()
        .insert("content-type", HeaderValue::from_static("application/x-www-form-urlencoded"));
    let cookie = HeaderValue::from_str(&format!("sid={COOKIE}; Path=/; HttpOnly")).unwrap();
    vec![
        (get(&format!("/{LATER}/x?y={LATER}")), Answer::json(json!({ "echo": LATER }).to_string())),
        (get(&format!("/token?appid=wx1&secret={SECRET}")), Answer::json(json!({ "access_token": TOKEN }).to_string())),
        (
            post(
                &format!("/component?component_access_token={}&key={}", form(TOKEN), form(KEY)),
                json!({ "component_verify_ticket": TICKET, "list": [{ "authorizer_refresh_token": [REFRESH] }] }).to_string(),
            ),
            Answer::json(everywhere()),
        ),
        (authorized, Answer::json("{}").header(http::header::SET_COOKIE, cookie)),
        (form_request, Answer::bytes("text/html", format!("<a href=\"/x?access_token={}\">", form(TOKEN)))),
        (get("/cut"), Answer::json(format!("{{\"refresh_token\":\"{TOKEN}more\",\"b\":[\"{TOKEN}"))),
        (get("/xml"), Answer::bytes("text/xml", format!("<x><EncodingAESKey><![CDATA[{KEY}]]></EncodingAESKey></x>"))),
        (get("/number"), Answer::json(format!(r#"{{"session_key":{NUMBER},"n":"{NUMBER}"}}"#))),
        (get("/escaped"), Answer::json(format!(r#"{{"access\u005ftoken":"{}","access_token":""}}"#, escaped(REFRESH)))),
        (get("/double"), Answer::json(format!(r#"{{"access\u005ftoken":"{LATER}","access_token":"x"}}"#))),
        (
            get("/twice"),
            Answer::json(format!(r#"{{"secret":"{SECRET}2","secret":"x","echo":"{SECRET}2 {}2"}}"#, escaped(SECRET))),
        ),
        (get("/binary"), Answer::bytes("image/jpeg", [b"\xFF\xD8 ", TOKEN.as_bytes(), b" \xFF"].concat())),
        (get("/known"), Answer::bytes("text/plain", format!("{KNOWN} {}", hex(KNOWN)))),
        (get("/later"), Answer::json(json!({ "appsecret": LATER }).to_string())),
    ]
}

/// The letters of base64 that stand for the secret wherever it begins.
fn base64_cores(secret: &str) -> Vec<String> {
    let core = |before: usize| {
        let text = STANDARD.encode(format!("{}{secret}", "x".repeat(before)));
        let text = text.trim_end_matches('=');
        text[(before * 8).div_ceil(6)..text.len() - 1].to_owned()
    };
    (0..3).map(core).collect()
}

#[tokio::test]
async fn no_recording_holds_a_credential() {
    let mock = MockTransport::new();
    let recorder = RecordingTransport::new(mock.clone()).redaction(Redaction::default().hide("x-none"));
    recorder.hide_value(KNOWN);
    for (request, answer) in exchanges() {
        mock.answer(answer);
        recorder.send(request).await.unwrap();
    }
    assert!(!format!("{recorder:?}").contains("cAnAry"));
    let text = recorder.recording().unwrap().to_text().unwrap();
    for secret in ALL {
        let quoted = json!(secret).to_string();
        let mut forms = vec![
            secret.to_owned(),
            percent(secret),
            form(secret),
            hex(secret),
            quoted.trim_matches('"').to_owned(),
        ];
        forms.extend(base64_cores(secret));
        forms.extend(base64_cores(secret).iter().map(|core| core.replace('+', "-").replace('/', "_")));
        for form in forms {
            let hit = text.to_lowercase().find(&form.to_lowercase());
            let around = hit.map(|at| text.to_lowercase()[at.saturating_sub(200)..at + 80].to_owned());
            assert_eq!(around, None, "{form} of {secret}");
        }
    }
    for part in ["cAnAry", &hex("cAnAry"), &percent("cAnAry"), "c0ffee", "HttpOnly"] {
        assert!(!text.contains(part), "{part} in {text}");
    }
    // One number for each secret, in whatever way it is written, and few more.
    let numbers = (1..99).filter(|number| text.contains(&format!("redacted-{number}\""))).count();
    assert!((9..14).contains(&numbers), "{numbers} in {text}");
}
