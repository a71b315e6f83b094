use crate::{
    receiver::{Received, Receiver},
    stage::{ANNA, BEN, START, Stage},
};
use wx_crypto::{EncodingAesKey, open, verify};
use wx_sim::{Callback, DEFAULT_AES_KEY, DEFAULT_APP_ID, DEFAULT_TOKEN, Mode};

/// The tickets of the samples, whose place ours take.
const SAMPLE_TICKETS: [&str; 2] = [
    "gQGc7zwAAAAAAAAAAS5odHRwOi8vd2VpeGluLnFxLmNvbS9xLzAyWnlYd1Z1VHNScVAxMDAwME0wM2sAAgR4uVVpAwQAAAAA",
    "gQEX8DwAAAAAAAAAAS5odHRwOi8vd2VpeGluLnFxLmNvbS9xLzAyYUIza0xtTm9QcVIxMDAwMGcwN1oAAgQ8uVVpAwQAAAAA",
];

fn with_ticket(sample: &str, ticket: &str) -> String {
    SAMPLE_TICKETS.iter().fold(sample.trim_end().to_owned(), |text, old| text.replace(old, ticket))
}

fn verified(seen: &Received) -> bool {
    let query = |name: &str| seen.query[name].as_str();
    verify(query("signature"), [DEFAULT_TOKEN, query("timestamp"), query("nonce")])
}

/// The text of the `Encrypt` element, cut out by hand.
fn encrypt(body: &str) -> &str {
    let (_, tail) = body.split_once("<Encrypt><![CDATA[").unwrap();
    tail.split_once("]]></Encrypt>").unwrap().0
}

fn opened(seen: &Received) -> String {
    let query = |name: &str| seen.query[name].as_str();
    let encrypt = encrypt(&seen.body);
    let parts = [DEFAULT_TOKEN, query("timestamp"), query("nonce"), encrypt];
    assert!(verify(query("msg_signature"), parts), "the msg_signature holds");
    let key: EncodingAesKey = DEFAULT_AES_KEY.parse().unwrap();
    String::from_utf8(open(&key, DEFAULT_APP_ID, encrypt).unwrap()).unwrap()
}

async fn stage_and_receiver(mode: Mode) -> (Stage, Receiver) {
    let (stage, receiver) = (Stage::start().await, Receiver::that_says("success").await);
    stage.sim.configure(receiver.callback(mode)).unwrap();
    (stage, receiver)
}

#[tokio::test]
async fn plain_pushes_read_as_the_samples_of_the_reference() {
    let (stage, receiver) = stage_and_receiver(Mode::Plain).await;
    let sim = &stage.sim;

    let ticket = stage.ticket("2026").await;
    sim.scan(ANNA, &ticket).await.unwrap();
    let follow = include_str!("../fixtures/push_subscribe_qr_int.xml");
    assert_eq!(receiver.received()[0].body, with_ticket(follow, &ticket));

    stage.set(1_767_315_600);
    sim.unfollow(ANNA).await.unwrap();
    assert_eq!(receiver.received()[1].body, include_str!("../fixtures/push_unsubscribe.xml").trim_end());

    stage.set(START);
    sim.follow_plain(ANNA).await.unwrap();
    let plain = include_str!("../fixtures/push_subscribe_empty_eventkey.xml");
    assert_eq!(receiver.received()[2].body, plain.trim_end());

    sim.follow_plain(BEN).await.unwrap();
    let ticket = stage.ticket("store:SH-0117/desk 3").await;
    stage.set(1_767_229_610);
    sim.scan(BEN, &ticket).await.unwrap();
    assert_eq!(
        receiver.received()[4].body,
        with_ticket(include_str!("../fixtures/push_scan_str.xml"), &ticket)
    );

    stage.set(1_767_232_800);
    sim.say(ANNA, "你好，想查 A17 渠道 [微笑] 😀 & <b>").await.unwrap();
    let text = include_str!("../fixtures/push_text.xml").replace("24900000000000117", "24900000000000006");
    assert_eq!(receiver.received()[5].body, text.trim_end());
}

#[tokio::test]
async fn a_plain_push_is_signed_and_names_the_person() {
    let (stage, receiver) = stage_and_receiver(Mode::Plain).await;
    let delivery = stage.sim.follow_plain(ANNA).await.unwrap();
    let seen = &receiver.received()[0];
    assert!(verified(seen));
    assert_eq!((seen.method.as_str(), seen.path.as_str()), ("POST", "/wx/callback"));
    assert_eq!(seen.content_type, "text/xml");
    assert_eq!(seen.query["timestamp"], START.to_string());
    assert_eq!(seen.query["openid"], ANNA);
    let mut names: Vec<_> = seen.query.keys().map(String::as_str).collect();
    names.sort_unstable();
    assert_eq!(names, ["nonce", "openid", "signature", "timestamp"]);
    assert_eq!(seen.body, delivery.push.xml);
}

#[tokio::test]
async fn a_safe_push_holds_the_clear_one_encrypted_and_nothing_else() {
    let (stage, receiver) = stage_and_receiver(Mode::Safe).await;
    let delivery = stage.sim.follow_plain(ANNA).await.unwrap();
    let seen = &receiver.received()[0];
    assert!(verified(seen));
    assert_eq!((seen.query["encrypt_type"].as_str(), seen.query["openid"].as_str()), ("aes", ANNA));
    assert_eq!(opened(seen), delivery.push.xml);

    let sample = include_str!("../fixtures/encrypted_push_envelope.xml");
    let shape = sample.trim_end().replace(encrypt(sample), encrypt(&seen.body));
    assert_eq!(seen.body, shape);
}

#[tokio::test]
async fn a_compatible_push_holds_the_clear_one_and_its_encrypted_form() {
    let (stage, receiver) = stage_and_receiver(Mode::Compatible).await;
    let ticket = stage.ticket("2026").await;
    let delivery = stage.sim.scan(ANNA, &ticket).await.unwrap();
    let seen = &receiver.received()[0];
    assert!(verified(seen));
    assert_eq!(seen.query["encrypt_type"], "aes");
    assert_eq!(opened(seen), delivery.push.xml);

    let sample = include_str!("../fixtures/compat_mode_push.xml");
    let shape = with_ticket(sample, &ticket).replace(encrypt(sample), encrypt(&seen.body));
    assert_eq!(seen.body, shape);
}

#[tokio::test]
async fn what_would_end_a_cdata_section_is_divided() {
    let (stage, receiver) = stage_and_receiver(Mode::Plain).await;
    let ticket = stage.ticket("a]]><b>&").await;
    let delivery = stage.sim.scan(ANNA, &ticket).await.unwrap();
    assert_eq!(delivery.push.event_key, "qrscene_a]]><b>&");
    let expected = "<EventKey><![CDATA[qrscene_a]]]]><![CDATA[><b>&]]></EventKey>";
    assert!(receiver.received()[0].body.contains(expected));
}

#[tokio::test]
async fn the_mode_token_key_and_address_change_at_run_time() {
    let (stage, receiver) = stage_and_receiver(Mode::Plain).await;
    stage.sim.follow_plain(ANNA).await.unwrap();

    let key: EncodingAesKey = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG".parse().unwrap();
    let url = format!("{}/second?account=7#part", receiver.url());
    let callback = Callback::to(url).mode(Mode::Safe).token("Second2").aes_key(key.clone());
    stage.sim.configure(callback).unwrap();
    let delivery = stage.sim.unfollow(ANNA).await.unwrap();

    let seen = &receiver.received()[1];
    assert_eq!((seen.path.as_str(), seen.query["account"].as_str()), ("/wx/callback/second", "7"));
    let query = |name: &str| seen.query[name].as_str();
    let parts = ["Second2", query("timestamp"), query("nonce"), encrypt(&seen.body)];
    assert!(verify(query("msg_signature"), parts));
    let clear = open(&key, DEFAULT_APP_ID, encrypt(&seen.body)).unwrap();
    assert_eq!(clear, delivery.push.xml.as_bytes());
}

#[tokio::test]
async fn an_address_without_a_path_is_enough() {
    let (stage, receiver) = (Stage::start().await, Receiver::that_says("success").await);
    stage.sim.configure(Callback::to(receiver.url().replace("/wx/callback", ""))).unwrap();
    assert!(stage.sim.follow_plain(ANNA).await.unwrap().succeeded());
    assert_eq!(receiver.received()[0].path, "/");
}

#[tokio::test]
async fn the_address_is_verified_by_exact_bytes() {
    use crate::receiver::Reaction;
    let stage = Stage::start().await;
    let receiver = Receiver::start(|number, seen| {
        let echo = seen.query["echostr"].as_str();
        match number {
            1 => Reaction::ok(echo),
            2 => Reaction::ok(format!("{echo}\n")),
            3 => Reaction::ok(format!("\"{echo}\"")),
            4 => Reaction::Answer(201, echo.to_owned()),
            _ => Reaction::Cut,
        }
    })
    .await;
    stage.sim.configure(receiver.callback(Mode::Safe)).unwrap();
    let mut passed = Vec::new();
    for _ in 0..5 {
        passed.push(stage.sim.verify_callback().await.unwrap().passed);
    }
    assert_eq!(passed, [true, false, false, false, false]);
    let seen = &receiver.received()[0];
    assert!(verified(seen));
    assert_eq!((seen.method.as_str(), seen.body.as_str()), ("GET", ""));
    assert!(!seen.query.contains_key("openid"));
}
