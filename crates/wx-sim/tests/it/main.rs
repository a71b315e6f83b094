//! Tests of the simulator over real HTTP on free ports.
#![expect(clippy::unwrap_used, reason = "helpers of tests may stop the test")]

mod control;
mod http_client;
mod options;
mod people;
mod pushes;
mod qrcode_create;
mod quotas;
mod receiver;
mod replies;
mod reply_content;
mod retries;
mod server;
mod showqrcode;
mod stage;
mod tokens;
