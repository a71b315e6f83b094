//! The service and its database take pushes, good and bad, in every mode.

use crate::Outside;
use scenarios::{CALLBACK_PATH, Setup, World, four_kinds, get, post};
use wx_events::{Callback, CallbackQuery};
use wx_sim::{DEFAULT_AES_KEY, DEFAULT_APP_ID, DEFAULT_TOKEN, Mode};

pub(crate) async fn all(outside: &Outside) {
    for mode in [Mode::Plain, Mode::Compatible, Mode::Safe] {
        service(outside, mode).await;
    }
    callbacks(outside);
}

async fn service(outside: &Outside, mode: Mode) {
    let world = World::with(Setup::new(mode)).await;
    let mut codes = Vec::new();
    for (channel, request) in &four_kinds() {
        codes.push(world.create(channel, request).await);
    }
    let mut pushes = Vec::new();
    for code in &codes {
        pushes.push(world.simulator.scan("anna", code.ticket.as_str()).await.unwrap());
        world.clock.advance(1);
    }
    pushes.push(world.simulator.say("anna", "hello").await.unwrap());
    outside.hears_debug("deliveries", &pushes);

    // Strangers get answers, too.
    let url = world.service.callback_url();
    for query in
        ["", "?signature=x&timestamp=1&nonce=2", "?msg_signature=x&timestamp=1&nonce=2&encrypt_type=aes"]
    {
        for body in ["", "<xml/>", "<xml><Encrypt>AAAA</Encrypt></xml>"] {
            outside.hears("answer to a stranger", post(&format!("{url}{query}"), body).await.1);
        }
        outside.hears("answer to a stranger", get(&format!("{url}{query}&echostr=e")).await.1);
    }
    // A platform with another token and another key.
    let wrong = wx_sim::Callback::to(&url).mode(mode).token("AnotherToken2026");
    world.simulator.configure(wrong.aes_key("A".repeat(43).parse().unwrap())).unwrap();
    outside.hears_debug("wrong secrets", &world.simulator.say("anna", "hello").await.unwrap());
    outside.hears_debug("check", &world.simulator.verify_callback().await.unwrap());

    for page in ["/", "/dashboard.css", "/api/report", "/api/report?from=x", "/nothing", "/healthz"] {
        outside.hears(page, get(&world.service.console_url(page)).await.1);
    }
    outside.hears_debug("service", &(&world.service, Setup::new(mode)));
    outside.hears_debug("report", &world.service.report().await);
    world.service.stop().await.unwrap();
    for name in ["wx.db", "wx.db-wal"] {
        outside.hears(name, std::fs::read(world.folder.path().join(name)).unwrap_or_default());
    }
}

/// What a callback says about what it refuses.
fn callbacks(outside: &Outside) {
    let key = || DEFAULT_AES_KEY.parse::<wx_crypto::EncodingAesKey>().unwrap();
    let plain = Callback::plain(DEFAULT_TOKEN.into());
    let safe = Callback::safe(DEFAULT_TOKEN.into(), key(), DEFAULT_APP_ID.into());
    for callback in [plain.clone().previous_token(DEFAULT_TOKEN.into()), safe.clone().previous_key(key())] {
        outside.hears_debug("callback", &callback);
    }
    for callback in [plain, safe] {
        for (signed, body) in [(true, "<xml"), (true, "<xml><a></xml>"), (false, "<xml/>"), (true, "\u{0}")] {
            let signature = wx_crypto::signature([if signed { DEFAULT_TOKEN } else { "another" }, "1", "2"]);
            let query = format!("signature={signature}&msg_signature={signature}&timestamp=1&nonce=2");
            let query = CallbackQuery::parse(&query);
            let error = callback.open(&query, body.as_bytes(), 1).unwrap_err();
            outside.hears_error("refused push", &error, CALLBACK_PATH);
            outside.hears_debug("query", &query);
        }
    }
}
