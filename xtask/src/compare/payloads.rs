use std::{env, ffi::OsString, path::Path};

/// Three clear pushes and one envelope, with the query that belongs to them: samples of `wx-events`, of which
/// `callback_queries.txt` says the same.
pub(super) fn variables(root: &Path) -> Vec<(&'static str, OsString)> {
    let fixtures = root.join("crates/wx-events/tests/fixtures");
    let clear = ["push_scan_int.xml", "push_subscribe_qr_int.xml", "push_text.xml"];
    let clear = env::join_paths(clear.map(|file| fixtures.join("pushes").join(file)));
    vec![
        ("WX_TOKEN", "ChannelToken2026".into()),
        ("WX_AES_KEY", "Q1JDb2RlUHJvdG9jb2xSZWZlcmVuY2UyMDI2RGVtb0A".into()),
        ("WX_APP_ID", "wx7a3f00c1d2e3b4a5".into()),
        ("WX_TIMESTAMP", "1767229200".into()),
        ("WX_NONCE", "918273645".into()),
        ("WX_SIGNATURE", "3c46e7cb6eb86d24f20facec2436c3fcfd8e9e59".into()),
        ("WX_MSG_SIGNATURE", "4ea68114bed40263e8386263caa1ec10ba13b97e".into()),
        ("WX_CLEAR", clear.unwrap_or_default()),
        ("WX_SAFE", fixtures.join("envelopes/encrypted_push_envelope.xml").into()),
    ]
}
