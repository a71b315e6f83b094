//! The life of a token between our client and a platform that was written without knowing it.

use scenarios::{Clock, World, post};
use std::sync::Arc;
use wx_client::{Client, ErrorKind};
use wx_model::{CreateRequest, ErrCode, Lifetime, Scene};
use wx_qrcode::QrCodes;
use wx_sim::{DEFAULT_APP_ID, DEFAULT_SECRET, Mode};

const CREATE: &str = "/cgi-bin/qrcode/create";
const STABLE: &str = "/cgi-bin/stable_token";
const CLASSIC: &str = "/cgi-bin/token";

fn request(scene: u64) -> CreateRequest {
    CreateRequest::temporary(Scene::id(scene).unwrap(), Lifetime::days(1).unwrap())
}

/// Creates so many codes at once; each must come.
async fn create_at_once(client: &Client, count: u64) {
    let codes = Arc::new(QrCodes::new(client.clone()));
    let create = |scene| {
        let codes = Arc::clone(&codes);
        tokio::spawn(async move { codes.create(&request(scene)).await })
    };
    let creations: Vec<_> = (1..=count).map(create).collect();
    for creation in creations {
        creation.await.unwrap().unwrap();
    }
}

/// What another program does that wants a fresh stable token at any price.
async fn force_refresh(world: &World) {
    let body = format!(
        r#"{{"grant_type":"client_credential","appid":"{DEFAULT_APP_ID}","secret":"{DEFAULT_SECRET}","force_refresh":true}}"#
    );
    let (status, answer) = post(&format!("{}{STABLE}", world.simulator.base_url()), body).await;
    assert!(status == 200 && answer.contains("access_token"));
}

fn classic(world: &World, clock: &Clock) -> Client {
    let clock = clock.clone();
    let builder = Client::builder(DEFAULT_APP_ID, DEFAULT_SECRET).api_base(world.simulator.base_url());
    builder.classic_token().clock(move || clock.elapsed()).build().unwrap()
}

#[tokio::test]
async fn a_hundred_calls_at_the_start_fetch_one_token() {
    let world = World::start(Mode::Plain).await;
    create_at_once(&world.client, 100).await;
    assert_eq!((world.calls(STABLE, 0), world.calls(CREATE, 0)), (1, 100));
    assert_eq!(world.simulator.transcript().len(), 101);
}

#[tokio::test]
async fn a_token_that_another_program_killed_is_replaced_once() {
    let world = World::start(Mode::Plain).await;
    create_at_once(&world.client, 1).await;
    force_refresh(&world).await;

    create_at_once(&world.client, 20).await;

    let refused = world.calls(CREATE, ErrCode::INVALID_CREDENTIAL.get());
    assert!((1..=20).contains(&refused), "{refused} calls were refused");
    // The first one, the one of the other program, and one to replace it: nobody else's token was ended.
    assert_eq!((world.calls(STABLE, 0), world.calls(CREATE, 0)), (3, 21));
}

#[tokio::test]
async fn a_classic_token_that_another_program_replaced_is_replaced_once() {
    let world = World::start(Mode::Plain).await;
    let [ours, other] = [(); 2].map(|()| classic(&world, &world.clock));
    create_at_once(&ours, 1).await;
    create_at_once(&other, 1).await;

    world.clock.advance(299);
    create_at_once(&ours, 1).await;
    assert_eq!(world.calls(CLASSIC, 0), 2, "the old one still works for five minutes");
    world.clock.advance(1);
    create_at_once(&ours, 20).await;

    assert_eq!((world.calls(CLASSIC, 0), world.calls(CREATE, 0)), (3, 23));
    assert!(world.calls(CREATE, ErrCode::INVALID_CREDENTIAL.get()) >= 1);
}

#[tokio::test]
async fn a_token_is_renewed_before_it_ends() {
    let world = World::start(Mode::Plain).await;
    for _ in 0..5 {
        create_at_once(&world.client, 3).await;
        world.clock.advance(7200);
    }
    // No call was ever made with an ended token.
    assert_eq!((world.calls(STABLE, 0), world.calls(CREATE, 0)), (5, 15));
    assert_eq!(world.simulator.transcript().len(), 20);
}

#[tokio::test]
async fn a_wrong_secret_is_said_once_and_not_asked_about_again() {
    let world = World::start(Mode::Plain).await;
    let wrong = "ffffffffffffffffffffffffffffffff";
    let client = Client::builder(DEFAULT_APP_ID, wrong).api_base(world.simulator.base_url()).build().unwrap();

    let first = client.post_json::<serde_json::Value>(CREATE, &request(1)).await.unwrap_err();
    let second = client.post_json::<serde_json::Value>(CREATE, &request(2)).await.unwrap_err();

    assert_eq!(first.kind(), ErrorKind::Api(ErrCode::new(40125)));
    assert!(!first.is_retryable() && !first.may_have_been_done());
    let text = first.to_string();
    assert!(text.contains("40125") && text.contains("AppSecret") && !text.contains(wrong), "{text}");
    assert_eq!(second.to_string(), text);
    assert_eq!((world.calls(STABLE, 40125), world.simulator.transcript().len()), (1, 1));
}
