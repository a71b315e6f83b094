//! A reply, written as XML and JSON, clear and encrypted, and read again.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| wx_fuzz::watched(wx_fuzz::reply_roundtrip, data));
