//! Secrets go through everything, at the most talkative level, and whatever leaves the process is searched for them.
#![expect(clippy::unwrap_used, reason = "helpers of tests may stop the test")]

mod calls;
mod outside;
mod pushes;
mod tap;
mod third_party;

use outside::Outside;
use scenarios::Canaries;
use tap::Tap;
use wx_sim::{DEFAULT_AES_KEY, DEFAULT_SECRET, DEFAULT_TOKEN};

/// Of a third-party platform.
const COMPONENT_SECRET: &str = "c0a9a27c0a9a2700c0a9a27c0a9a2700";
/// What stands in the address of a database.
const PASSWORD: &str = "c4n4ry-database-passw0rd";

/// What is known from the start.
const FIXED: [(&str, &str); 6] = [
    ("AppSecret", DEFAULT_SECRET),
    ("EncodingAESKey", DEFAULT_AES_KEY),
    // What that is the base64 of: the key itself.
    ("key of the envelope", "CRCodeProtocolReference2026Demo@"),
    ("callback token", DEFAULT_TOKEN),
    ("AppSecret of the third-party platform", COMPONENT_SECRET),
    ("database password", PASSWORD),
];

#[tokio::test]
async fn no_secret_leaves_the_process() {
    let (outside, tap) = (Outside::listen(), Tap::default());
    calls::all(&outside, &tap).await;
    pushes::all(&outside).await;
    third_party::all(&outside, &tap).await;

    let learned = tap.secrets();
    let kinds =
        ["access_token", "component_access_token", "authorizer_access_token", "authorizer_refresh_token"];
    for kind in kinds.into_iter().chain(["component_verify_ticket", "authorization_code", "pre_auth_code"]) {
        assert!(learned.iter().any(|(name, _)| name == kind), "there was no {kind}");
    }
    let learned = learned.iter().map(|(name, secret)| (name.as_str(), secret.as_str()));
    let canaries = Canaries::new(FIXED.into_iter().chain(learned));
    outside.assert_heard_enough();
    assert_eq!(outside.find(&canaries), None);

    // The control: what does get out is found.
    tracing::trace!(query = %percent_encoding::utf8_percent_encode(PASSWORD, percent_encoding::NON_ALPHANUMERIC));
    assert!(outside.find(&canaries).is_some_and(|found| found.starts_with("log: database password, plain")));
    outside.hears("page", format!("<p>{PASSWORD}</p>"));
    assert!(outside.find(&canaries).is_some_and(|found| found.starts_with("page: database password, plain")));
}
