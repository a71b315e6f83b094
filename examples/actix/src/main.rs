//! A callback service on actix-web. Put a proxy with TLS before it; the platform calls ports 80 and 443 only.
use actix_web::{App, HttpServer, Result, error::InternalError, http::StatusCode, web};
use std::{env::var, time::SystemTime};
use tokio::time::Instant;
use wx_client::Client;
use wx_events::{Answer, BoxError, Callback, CallbackQuery, Later, Pattern, RoutedPush, Router, Rule};
use wx_model::{CustomMessage, Reply};

type Service = web::Data<(Callback, Router, Client)>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), BoxError> {
    let api = var("WX_API_BASE").unwrap_or("https://api.weixin.qq.com".into());
    let client = Client::builder(var("WX_APP_ID")?, var("WX_APP_SECRET")?).api_base(api).build()?;
    let callback =
        Callback::safe(var("WX_TOKEN")?.into(), var("WX_AES_KEY")?.parse()?, var("WX_APP_ID")?.into());
    let router = Router::new()
        .on(Rule::scene(Pattern::prefix("shop-")), async |push: RoutedPush| {
            Some(Reply::text(format!("Welcome to {}", push.scene_scan()?.scene)))
        })
        .on(Rule::text(Pattern::regex("(?i)^orders?$")?), orders);
    let data = web::Data::new((callback, router, client));
    let app = move || App::new().app_data(data.clone()).service(web::resource("/").get(echo).post(receive));
    let server = HttpServer::new(app).bind(var("WX_LISTEN").unwrap_or("127.0.0.1:8080".into()))?;
    server.addrs().iter().for_each(|address| println!("listening on {address}"));
    Ok(server.run().await?)
}

async fn orders(push: RoutedPush) -> Answer {
    Answer::later(async move { Ok(vec![CustomMessage::text(push.from_user.as_str(), "One is on its way")]) })
}

async fn echo(service: Service, query: web::Query<CallbackQuery>) -> Result<String> {
    service.get_ref().0.echo(&query).map_err(refused)
}

async fn receive(service: Service, query: web::Query<CallbackQuery>, body: web::Bytes) -> Result<String> {
    let (callback, router, client) = &**service;
    let deadline = Instant::now() + Router::ANSWER_WITHIN;
    let now = SystemTime::UNIX_EPOCH.elapsed().map_or(0, |since| since.as_secs().cast_signed());
    let push = callback.open(&query, &body, now).map_err(refused)?; // store it under its dedupe_key
    let outcome = router.answer(&push, deadline.into_std(), tokio::time::sleep_until(deadline)).await;
    outcome.error.inspect(|error| eprintln!("{:?} failed: {error}", outcome.rule));
    outcome.later.map(|later| tokio::spawn(send(later, client.clone())));
    let reply = callback.seal(&push, outcome.reply, now).inspect_err(|error| eprintln!("no reply: {error}"));
    Ok(reply.unwrap_or("success".into()))
}

async fn send(later: Later, client: Client) {
    for message in later.await.inspect_err(|error| eprintln!("no message: {error}")).unwrap_or_default() {
        let sent = client.post_json::<serde::de::IgnoredAny>("/cgi-bin/message/custom/send", &message).await;
        sent.map_or_else(|error| eprintln!("message not sent: {error}"), |_| ());
    }
}

fn refused(error: wx_events::Error) -> actix_web::Error {
    let status = StatusCode::from_u16(error.kind().http_status()).expect("403, 413, 400 or 500");
    InternalError::new(error, status).into()
}
