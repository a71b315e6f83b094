//! The examples of the README with what they leave out. They stand here exactly as printed there.

use axum::{
    Router,
    body::Bytes,
    extract::{Query, State},
    http::StatusCode,
    routing::get,
};
use std::sync::Arc;
use wx_client::Client;
use wx_events::{Callback, CallbackQuery};
use wx_model::{AppId, AppSecret, CreateRequest, Lifetime, Push, Reply, Scene};
use wx_qrcode::QrCodes;

/// Compiled only: it calls the platform itself.
#[expect(dead_code, reason = "nobody calls the platform from a test")]
async fn codes(app_id: AppId, app_secret: AppSecret) -> Result<(), Box<dyn std::error::Error>> {
    let codes = QrCodes::new(Client::new(app_id, app_secret));
    let request = CreateRequest::temporary(Scene::str("shop-042")?, Lifetime::days(30)?);
    let code = codes.create(&request).await?;
    std::fs::write("poster.jpg", codes.image(&code.ticket).await?.bytes())?;
    println!("{}", codes.show_url(&code.ticket));
    Ok(())
}

async fn echo(State(callback): State<Arc<Callback>>, Query(query): Query<CallbackQuery>) -> Result<String, StatusCode> {
    callback.echo(&query).map_err(|_| StatusCode::FORBIDDEN)
}

async fn receive(State(callback): State<Arc<Callback>>, Query(query): Query<CallbackQuery>, body: Bytes)
    -> Result<String, StatusCode> {
    let push = callback.open(&query, &body, now()).map_err(|_| StatusCode::FORBIDDEN)?;
    callback.seal(&push, answer(&push), now()).map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)
}

fn answer(push: &Push) -> Reply {
    match push.scene_scan() {                       // one act, two wire events
        Some(scan) if scan.is_new_follower() => Reply::text(format!("Welcome from {}", scan.scene)),
        Some(_) => Reply::text("Good to see you again"),
        None => Reply::none(),
    }
}

fn now() -> i64 {
    scenarios::NOON
}

pub(crate) fn service(callback: Arc<Callback>) -> Router {
    Router::new().route("/", get(echo).post(receive)).with_state(callback)
}
