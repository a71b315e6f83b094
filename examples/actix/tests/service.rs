//! The example as a running program.

#[path = "../../service.rs"]
mod service;

#[tokio::test]
async fn it_serves_the_platform() {
    service::check(env!("CARGO_BIN_EXE_example-actix")).await;
}
