//! A clear body, read into a push of which every part is looked at.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| wx_fuzz::watched(wx_fuzz::push_parse, data));
