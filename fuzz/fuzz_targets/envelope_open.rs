//! An encrypted body, an `Encrypt` text, a message that was sealed, and all of them damaged.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| wx_fuzz::watched(wx_fuzz::envelope_open, data));
