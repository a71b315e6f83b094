//! A body as JSON, read into a push, against serde_json as a second reading.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| wx_fuzz::watched(wx_fuzz::json_push, data));
