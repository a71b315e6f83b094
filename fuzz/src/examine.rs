use crate::{
    account::{COMPATIBLE, NOW, PLAIN, SAFE},
    oracle::{Names, is_character},
};
use wx_events::{Callback, CallbackQuery, ErrorKind, Mode, ReceivedPush, SignedPush};
use wx_model::{Fields, Push, PushClass, Reply};

/// Looks at every part of a push.
///
/// - No text has a character that XML forbids.
/// - Every leaf is found again by its path, and the fields are the same after they were stored as JSON, if `names` says
///   that no name has a dot or a bracket of its own, which would read as a path.
/// - Class, scene, person and kind agree with each other.
/// - The key by which deliveries are told apart is made of its parts.
/// - Every value can be printed.
pub(crate) fn examine(push: &Push, names: Names) {
    for (path, text) in push.fields.iter() {
        assert!(text.chars().all(is_character), "{path} = {text:?}");
    }
    if names == Names::Plain {
        paths(&push.fields);
    }
    let class = push.class();
    assert_eq!(class.as_str().parse::<PushClass>(), Ok(class));
    assert_eq!(class == PushClass::Message, push.message().is_some());
    let is_scan = matches!(class, PushClass::FollowViaQr | PushClass::Scan);
    let scene = push.scene_key().and_then(|key| key.scene());
    assert_eq!(push.scene_scan().map(|scan| scan.scene), scene);
    assert!(is_scan || scene.is_none(), "{class}: {scene:?}");
    assert!(push.message().is_none() || push.person() == Some(&push.from_user));
    assert!(push.message().is_some() || push.msg_id().is_none());
    assert!(!push.name().is_empty());
    let key = push.dedupe_key();
    assert_eq!(key.parts().map(|part| format!("{}:{part}", part.len())).collect::<String>(), key.as_str());
    assert!(!format!("{push:?}").is_empty());
}

/// - In every mode it arrives the same as the platform would send it.
/// - Whatever the push, an answer is written or refused with a reason, and `success` is always right.
pub(crate) fn receive(push: &Push, body: &[u8]) {
    for callback in [&PLAIN, &SAFE, &COMPATIBLE] {
        let Some(signed) = sign(callback, body) else { continue };
        let received = callback.open(&CallbackQuery::parse(&signed.query), signed.body.as_bytes(), NOW);
        let received = received.expect("it was signed");
        assert_eq!(*received, *push);
        answer(callback, &received, &signed);
    }
}

/// Nothing if there is no room for an `Encrypt`: the body has one, in JSON perhaps with a letter as an escape, or as
/// many elements as are allowed, or something behind its root that may hide where that ends.
fn sign(callback: &Callback, body: &[u8]) -> Option<SignedPush> {
    let signed = callback.sign(body, NOW);
    let holds = |what: &[u8]| body.windows(what.len()).any(|window| window == what);
    let ends = |what: &[u8]| body.trim_ascii_end().ends_with(what);
    signed
        .inspect_err(|error| {
            let is_known = holds(b"Encrypt") || holds(b"\\u") || ends(b"-->") || ends(b"?>");
            let is_right = is_known || error.kind() == ErrorKind::TooLarge;
            assert!(callback.mode() != Mode::Plain && is_right, "{error}");
        })
        .ok()
}

fn answer(callback: &Callback, push: &ReceivedPush, signed: &SignedPush) {
    for nothing in [Reply::None, Reply::Empty] {
        let answer = callback.seal(push, nothing, NOW).expect("silence is always right");
        assert_eq!(
            callback.read_answer(signed, answer.as_bytes()).expect("and understood").reply,
            Reply::None
        );
    }
    let reply = Reply::text("欢迎");
    match callback.seal(push, &reply, NOW) {
        Ok(answer) => {
            let accepted =
                callback.read_answer(signed, answer.as_bytes()).expect("it was written for this push");
            assert_eq!((accepted.reply, accepted.encrypted), (reply, push.is_encrypted()));
        }
        Err(error) => {
            assert_eq!((error.kind(), error.invalid_reply().is_some()), (ErrorKind::InvalidReply, true))
        }
    }
}

fn paths(fields: &Fields) {
    let leaves: Vec<_> = fields.iter().collect();
    // Each is looked for among all: some of many are enough to show that all are found.
    for (path, text) in leaves.iter().step_by(leaves.len() / 64 + 1) {
        assert_eq!(fields.get(path), Some(*text), "{path}");
    }
    let stored = serde_json::to_string(fields).expect("a map of texts");
    assert_eq!(serde_json::from_str::<Fields>(&stored).expect("it was stored"), *fields);
}
