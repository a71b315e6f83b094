//! A timestamp and nonce that were used stand for one message.

use crate::samples::*;
use std::{
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};
use wx_crypto::{seal, signature};
use wx_events::{Callback, CallbackQuery, ErrorKind, NonceMemory, ReceivedPush, Step};

fn text(content: &str) -> Vec<u8> {
    format!(
        "<xml><ToUserName>gh</ToUserName><FromUserName>o</FromUserName><CreateTime>1</CreateTime>\
         <MsgType>text</MsgType><Content>{content}</Content></xml>"
    )
    .into_bytes()
}

/// A query that is signed for a clear body.
fn signed(timestamp: i64, nonce: &str) -> CallbackQuery {
    let mut query = CallbackQuery::default();
    query.timestamp = timestamp.to_string();
    nonce.clone_into(&mut query.nonce);
    query.signature = signature([TOKEN, &query.timestamp, &query.nonce]);
    query
}

fn remembering(callback: Callback) -> Callback {
    callback.time_window(300).nonce_memory(NonceMemory::new(1000, 600))
}

fn content(push: &ReceivedPush) -> &str {
    push.field("Content").unwrap()
}

#[test]
fn the_same_message_is_a_repeat_and_another_is_refused() {
    let callback = remembering(plain());
    let first = callback.open(&signed(NOW, "1"), &text("a"), NOW).unwrap();
    assert!(!first.is_repeat());
    let again = callback.clone().open(&signed(NOW, "1"), &text("a"), NOW + 5).unwrap();
    assert!(again.is_repeat());
    assert_eq!(*again, *first);

    let forged = callback.open(&signed(NOW, "1"), &text("b"), NOW + 5).unwrap_err();
    let unsigned = plain().open(&plain_query(), &text("b"), NOW).unwrap();
    assert!(!unsigned.is_repeat(), "without a memory");
    let mut wrong = signed(NOW, "1");
    wrong.signature = "0".repeat(40);
    let refused = callback.open(&wrong, &text("b"), NOW).unwrap_err();
    assert_eq!(
        (forged.kind(), format!("{forged} {forged:?}")),
        (ErrorKind::Refused, format!("{refused} {refused:?}"))
    );

    let diagnosis = callback.diagnose(&signed(NOW, "1"), &text("b"), NOW).unwrap_err();
    assert_eq!((diagnosis.step(), diagnosis.step().as_str(), diagnosis.code()), (Step::Nonce, "nonce", None));
    assert!(diagnosis.to_string().contains("use safe mode"), "{diagnosis}");

    let other = callback.open(&signed(NOW, "2"), &text("b"), NOW).unwrap();
    assert!(!other.is_repeat());
}

#[test]
fn a_digit_moved_from_nonce_to_timestamp_is_no_new_request() {
    let callback = plain().nonce_memory(NonceMemory::new(10, 600));
    assert!(callback.open(&signed(NOW, "234"), &text("a"), NOW).is_ok());
    let mut moved = signed(NOW, "234");
    moved.timestamp.push('2');
    moved.nonce.remove(0);
    assert_eq!(plain().open(&moved, &text("b"), NOW).map(|push| content(&push).to_owned()).unwrap(), "b");
    assert_eq!(callback.open(&moved, &text("b"), NOW).unwrap_err().kind(), ErrorKind::Refused);
}

#[test]
fn what_was_refused_is_not_remembered() {
    let callback = remembering(plain()).account("gh".into());
    let other_account = String::from_utf8(text("a")).unwrap().replace(">gh<", ">gh_other<");
    for refused in ["", "<xml>", "<xml/>", &other_account] {
        assert!(callback.open(&signed(NOW, "1"), refused.as_bytes(), NOW).is_err());
    }
    assert!(callback.open(&signed(NOW, "1"), &text("late"), NOW + 301).is_err());
    assert!(!callback.open(&signed(NOW, "1"), &text("a"), NOW).unwrap().is_repeat());
}

#[test]
fn the_window_ends_where_the_memory_does() {
    let (window, age) = (300, 600);
    let callback = plain().time_window(window).nonce_memory(NonceMemory::new(10, age));
    let early = signed(NOW + i64::from(window), "1");
    assert!(callback.open(&early, &text("a"), NOW).is_ok());
    let last = NOW + i64::from(age);
    assert_eq!(callback.open(&early, &text("b"), last).unwrap_err().kind(), ErrorKind::Refused);
    assert_eq!(callback.open(&early, &text("b"), last + 1).unwrap_err().kind(), ErrorKind::Stale);
}

#[test]
fn a_retry_may_be_encrypted_anew() {
    let callback = remembering(safe());
    let sealed = |salt, content| seal(&key(), APP_ID, [salt; 16], &text(content));
    let open =
        |encrypt: String| callback.open(&query_for(TOKEN, &encrypt), envelope(&encrypt).as_bytes(), NOW);
    assert!(!open(sealed(1, "a")).unwrap().is_repeat());
    assert!(open(sealed(1, "a")).unwrap().is_repeat());
    assert!(open(sealed(2, "a")).unwrap().is_repeat());
    assert_eq!(open(sealed(3, "b")).unwrap_err().kind(), ErrorKind::Refused);
}

#[test]
fn the_query_of_an_encrypted_push_opens_no_clear_one_in_compatible_mode() {
    let encrypt = seal(&key(), APP_ID, [1; 16], &text("a"));
    let mut stripped = query_for(TOKEN, &encrypt);
    stripped.encrypt_type.clear();
    stripped.msg_signature.clear();
    assert!(compatible().open(&stripped, &text("forged"), NOW).is_ok(), "without a memory");

    let callback = remembering(compatible());
    assert!(callback.open(&query_for(TOKEN, &encrypt), envelope(&encrypt).as_bytes(), NOW).is_ok());
    assert_eq!(callback.open(&stripped, &text("forged"), NOW).unwrap_err().kind(), ErrorKind::Refused);
}

/// Campaign P9 of replays: old posts, other bodies under seen queries, and timestamps outside the window.
#[test]
fn a_hundred_thousand_replays_bring_nothing_new() {
    const PUSHES: usize = 1000;
    let memory = NonceMemory::new(PUSHES, 600);
    let callback = plain().time_window(300).nonce_memory(memory.clone());
    let posts: Vec<_> =
        (0..PUSHES).map(|number| (signed(NOW, &number.to_string()), text(&format!("m{number}")))).collect();
    for (query, body) in &posts {
        assert!(!callback.open(query, body, NOW).unwrap().is_repeat());
    }
    let counts: [AtomicUsize; 4] = Default::default();
    thread::scope(|scope| {
        for worker in 0..4 {
            let (callback, posts, counts) = (callback.clone(), &posts, &counts);
            scope.spawn(move || {
                for round in 0..25 {
                    for (number, (query, body)) in posts.iter().enumerate() {
                        let (body, now) = match (round + number + worker) % 3 {
                            0 => (body.clone(), NOW + 300),
                            1 => (text("forged"), NOW),
                            _ => (body.clone(), NOW + 301),
                        };
                        let kind = match callback.open(query, &body, now) {
                            Ok(push) if push.is_repeat() => 1,
                            Ok(_) => 0,
                            Err(error) if error.kind() == ErrorKind::Refused => 2,
                            Err(error) if error.kind() == ErrorKind::Stale => 3,
                            Err(error) => panic!("{error}"),
                        };
                        counts[kind].fetch_add(1, Ordering::Relaxed);
                    }
                }
            });
        }
    });
    let [new, repeats, refused, stale] = counts.map(AtomicUsize::into_inner);
    assert_eq!((new, repeats, refused, stale), (0, 33_334, 33_333, 33_333));
    assert_eq!(memory.len(), PUSHES);
}
