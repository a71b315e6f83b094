//! What a person sees, in a real Chromium: `cargo test -p scenarios --features browser`.
//!
//! Needs the programs `chromium` and `chromedriver`; a font with Chinese characters shows in the pictures only.
#![expect(clippy::unwrap_used, reason = "helpers of tests may stop the test")]

mod browser;
mod dashboard;
mod page;
mod sim_console;
mod sim_page;
