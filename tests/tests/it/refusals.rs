//! What does not prove that it comes from the platform is refused, and leaves no trace.

use crate::letter::{FOLLOW, Letter, check_query};
use scenarios::{Setup, World, get, post};
use wx_sim::{Callback, Mode, Verdict};

const MODES: [Mode; 3] = [Mode::Plain, Mode::Compatible, Mode::Safe];

/// If a letter like the refused ones were not taken at all, the refusals would prove nothing.
#[tokio::test]
async fn a_right_letter_is_taken_in_the_form_of_its_mode() {
    for (mode, takes_clear, takes_encrypted) in
        [(Mode::Plain, true, false), (Mode::Compatible, true, true), (Mode::Safe, false, true)]
    {
        let world = World::start(mode).await;
        let url = world.service.callback_url();
        let encrypted = Letter::new(FOLLOW).encrypted(&url).await;
        if takes_encrypted {
            assert_eq!(encrypted, (200, "success".to_owned()), "{mode}");
        } else {
            assert_eq!(encrypted.0, 400, "{mode}: it proves who sent it, but cannot be read");
        }
        assert_eq!(Letter::new(FOLLOW).clear(&url).await.0, if takes_clear { 200 } else { 403 }, "{mode}");
        assert_eq!(world.service.stored().await, 1, "{mode}");
    }
}

#[tokio::test]
async fn with_a_wrong_token_nothing_gets_in_and_the_platform_gives_up() {
    for mode in MODES {
        let world = World::with(Setup { token: "AnotherToken".to_owned(), ..Setup::new(mode) }).await;

        let check = world.simulator.verify_callback().await.unwrap();
        assert_eq!((check.passed, check.answer.unwrap().status), (false, 403), "{mode}");
        let delivery = world.simulator.follow_plain("anna").await.unwrap();

        let statuses: Vec<_> = delivery.answers().map(|answer| answer.status).collect();
        assert_eq!((delivery.succeeded(), statuses), (false, vec![403; 3]), "{mode}");
        assert_eq!(world.service.stored().await, 0, "{mode}");
    }
}

#[tokio::test]
async fn a_check_with_a_wrong_or_missing_signature_is_not_echoed() {
    let world = World::start(Mode::Safe).await;
    let url = world.service.callback_url();
    assert_eq!(
        get(&format!("{url}?{}", check_query("ChannelToken2026"))).await,
        (200, "5577006791947779410".into())
    );
    for query in [check_query("channeltoken2026"), "echostr=5577006791947779410".to_owned(), String::new()] {
        let (status, body) = get(&format!("{url}?{query}")).await;
        assert_eq!(status, 403, "{query}");
        assert!(!body.contains("5577006791947779410"), "{body}");
    }
}

/// Whoever could tell them apart would learn something about the key.
#[tokio::test]
async fn all_refusals_look_the_same() {
    let world = World::start(Mode::Safe).await;
    let url = world.service.callback_url();
    let other_key = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";

    let bad_signature = Letter { token: "AnotherToken".into(), ..Letter::new(FOLLOW) };
    let wrong_key = Letter { key: other_key.parse().unwrap(), ..Letter::new(FOLLOW) };
    let wrong_app_id = Letter { app_id: "wx0000000000000000".into(), ..Letter::new(FOLLOW) };
    let answers = [
        bad_signature.encrypted(&url).await,
        wrong_key.encrypted(&url).await,
        wrong_app_id.encrypted(&url).await,
        Letter::new(FOLLOW).clear(&url).await,
        post(&url, FOLLOW).await,
    ];

    assert_eq!(answers[0].0, 403);
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    assert_eq!(world.service.stored().await, 0);
}

/// The console stands in one mode and the service in another: a forgotten step of a change-over.
#[tokio::test]
async fn another_mode_in_the_console_loses_pushes_but_lets_nothing_wrong_in() {
    for (service, console, arrives) in [
        (Mode::Plain, Mode::Safe, false),
        (Mode::Plain, Mode::Compatible, true),
        (Mode::Compatible, Mode::Plain, true),
        (Mode::Compatible, Mode::Safe, true),
        (Mode::Safe, Mode::Plain, false),
        (Mode::Safe, Mode::Compatible, true),
    ] {
        let world = World::start(service).await;
        let callback = Callback::to(world.service.callback_url()).mode(console);
        world.simulator.configure(callback).unwrap();

        let delivery = world.simulator.follow_plain("anna").await.unwrap();

        assert_eq!(delivery.succeeded(), arrives, "service {service}, console {console}");
        assert_eq!(world.service.stored().await, u64::from(arrives), "service {service}, console {console}");
        if !arrives {
            let refused = |verdict| matches!(verdict, Verdict::Refused(_));
            assert!(delivery.attempts.iter().all(|attempt| refused(attempt.verdict)));
        }
    }
}

#[tokio::test]
async fn what_is_proven_but_no_push_is_a_bad_request() {
    let bodies: [&[u8]; 7] = [
        b"",
        b"hello",
        b"<xml><ToUserName>",
        b"<xml></xml>",
        b"\xff\xfe\xfd",
        b"[1,2,3]",
        b"<!DOCTYPE x [<!ENTITY a \"b\">]><xml>&a;</xml>",
    ];
    for mode in [Mode::Plain, Mode::Safe] {
        let world = World::start(mode).await;
        let url = world.service.callback_url();
        for body in bodies {
            let letter = Letter::new(body);
            let (status, text) =
                if mode == Mode::Safe { letter.encrypted(&url).await } else { letter.clear(&url).await };
            assert_eq!(status, 400, "{mode}, {body:?}: {text}");
        }
        assert_eq!(world.service.stored().await, 0);
    }
}
