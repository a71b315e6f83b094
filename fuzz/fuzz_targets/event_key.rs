//! An `EventKey`, by the rule of protocol §7.1, alone and in pushes.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| wx_fuzz::watched(wx_fuzz::event_key, data));
