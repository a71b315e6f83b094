//! Tests of the simulator over real HTTP on free ports.
#![expect(clippy::unwrap_used, reason = "helpers of tests may stop the test")]

mod allow_list;
mod component;
mod console;
mod control;
mod custom_messages;
mod datacube;
mod faults;
mod http_client;
mod kinds;
mod options;
mod people;
mod pushes;
mod qrcode_create;
mod quota_tools;
mod quotas;
mod receiver;
mod receivers;
mod replies;
mod reply_content;
mod retries;
mod self_checks;
mod server;
mod short_keys;
mod showqrcode;
mod stage;
mod tags;
mod time;
mod tokens;
mod users;
