//! A body as XML, read into fields, against quick-xml as a second reading.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| wx_fuzz::watched(wx_fuzz::xml_fields, data));
