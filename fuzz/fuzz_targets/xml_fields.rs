//! A clear body, XML or JSON, is read into fields.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wx_events::parse_unverified;

fuzz_target!(|body: &[u8]| {
    let Ok(push) = parse_unverified(body) else { return };
    // A name may itself hold a dot, or in JSON anything else; then its path reads as another one.
    let has_plain_names = body.first() == Some(&b'<') && !body.contains(&b'.');
    for (path, text) in push.fields.iter() {
        assert!(!text.contains(['\0', '\u{b}', '\u{1f}', '\u{fffe}', '\u{ffff}']), "{path} = {text:?}");
        assert!(!has_plain_names || push.field(&path) == Some(text), "{path}");
    }
    let _ = (push.class(), push.scene_scan());
});
