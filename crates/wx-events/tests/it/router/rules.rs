//! Which pushes a rule matches, and which rule comes first.

use super::{answered, follow, made, push, scan, text};
use proptest::prelude::*;
use std::fs;
use wx_events::{Pattern, Router, Rule, parse_unverified, with_state};
use wx_model::{Push, PushClass, Reply, SceneKey};

/// Every sample with its name.
fn samples() -> Vec<(String, Push)> {
    let folder = format!("{}/tests/fixtures/pushes", env!("CARGO_MANIFEST_DIR"));
    let read = |path: std::path::PathBuf| {
        let push = parse_unverified(&fs::read(&path).unwrap()).unwrap();
        (path.file_stem().unwrap().to_str().unwrap().to_owned(), push)
    };
    fs::read_dir(folder).unwrap().map(|entry| read(entry.unwrap().path())).collect()
}

/// The rule matches exactly the samples of which `expected` holds, which are some of them.
fn check(rule: &Rule, expected: impl Fn(&Push) -> bool) {
    let samples = samples();
    for (name, push) in &samples {
        assert_eq!(rule.matches(push), expected(push), "{rule} on {name}");
    }
    let count = samples.iter().filter(|(_, push)| expected(push)).count();
    assert!((1..samples.len()).contains(&count), "{rule} matches {count} samples");
}

#[test]
fn rules_by_kind_match_the_samples_of_that_kind() {
    let is = |push: &Push, field: &str, name: &str| push.field(field).is_some_and(|text| text.trim() == name);
    let follows = |push: &Push| is(push, "Event", "subscribe");
    let class = |push: &Push| push.class();
    check(&Rule::follow(), follows);
    check(&Rule::organic_follow(), |push| follows(push) && push.scene_key() == Some(&SceneKey::Organic));
    check(&Rule::follow_via_code(), |push| class(push) == PushClass::FollowViaQr);
    check(&Rule::unfollow(), |push| class(push) == PushClass::Unfollow);
    check(&Rule::scan(), |push| class(push) == PushClass::Scan);
    check(&Rule::any_scene(), |push| matches!(class(push), PushClass::Scan | PushClass::FollowViaQr));
    check(&Rule::any_message(), |push| class(push) == PushClass::Message);
    check(&Rule::message("IMAGE"), |push| is(push, "MsgType", "image"));
    check(&Rule::event("templatesendjobfinish"), |push| is(push, "Event", "TEMPLATESENDJOBFINISH"));
    check(&Rule::event("Some_Future_Event"), |push| is(push, "Event", "some_future_event"));
    check(&Rule::notice("Authorized"), |push| is(push, "InfoType", "authorized"));
    check(&Rule::any_scene().only_followers(), |push| class(push) == PushClass::Scan);
    check(&Rule::any_scene().only_new_followers(), |push| class(push) == PushClass::FollowViaQr);
}

#[test]
fn one_rule_answers_both_events_of_a_code() {
    let rule = Rule::scene(Pattern::prefix("shop-"));
    assert!(rule.matches(&follow("qrscene_shop-1")) && rule.matches(&scan("shop-1")));
    for other in [follow("qrscene_xshop-1"), scan("qrscene_shop-1"), follow(""), follow("shop-1")] {
        assert!(!rule.matches(&other), "{other:?}");
    }
    let unfollow = made(&[("MsgType", "event"), ("Event", "unsubscribe"), ("EventKey", "shop-1")]);
    assert!(!rule.matches(&unfollow) && !rule.matches(&text("shop-1")));
}

#[test]
fn new_followers_and_followers_are_told_apart() {
    let both = Rule::scene("7");
    let (new, old) = (both.clone().only_new_followers(), both.clone().only_followers());
    let (follow, scan) = (follow("qrscene_7"), scan("7"));
    assert!(both.matches(&follow) && new.matches(&follow) && !old.matches(&follow));
    assert!(both.matches(&scan) && !new.matches(&scan) && old.matches(&scan));
}

#[test]
fn a_payment_is_a_follow_but_not_an_organic_one() {
    let paid = push("push_subscribe_last_trade_no.xml");
    assert!(Rule::follow().matches(&paid));
    assert!(!Rule::organic_follow().matches(&paid) && !Rule::follow_via_code().matches(&paid));
    assert!(!Rule::organic_follow().matches(&scan("")) && !Rule::any_scene().matches(&scan("")));
}

#[test]
fn kinds_are_not_mixed_up_by_their_names() {
    let message = made(&[("MsgType", "SCAN"), ("Event", "SCAN"), ("EventKey", "7")]);
    assert!(Rule::message("scan").matches(&message) && !Rule::scan().matches(&message));
    let event = made(&[("MsgType", "event"), ("Event", "image")]);
    assert!(Rule::event("image").matches(&event) && !Rule::message("image").matches(&event));
    let notice = made(&[("InfoType", "text"), ("Content", "hi")]);
    assert!(Rule::notice("text").matches(&notice));
    assert!(!Rule::message("text").matches(&notice) && !Rule::text("hi").matches(&notice));
    assert!(!Rule::notice("image").matches(&event) && !Rule::event("text").matches(&notice));
}

#[test]
fn a_text_is_compared_without_the_blanks_of_the_keyboard() {
    assert!(Rule::text("help").matches(&text(" help\n")));
    assert!(!Rule::text("help").matches(&text("Help")));
    assert!(Rule::text(Pattern::regex("(?i)^help$").unwrap()).matches(&text("Help ")));
    assert!(!Rule::message("text").field("Content", "help").matches(&text("help ")));
    assert!(!Rule::text("help").matches(&made(&[("MsgType", "voice"), ("Content", "help")])));
}

#[test]
fn fields_are_asked_for_by_their_paths() {
    let scanned = push("push_scancode_waitmsg.xml");
    assert!(Rule::event("scancode_waitmsg").field("ScanCodeInfo.ScanType", "qrcode").matches(&scanned));
    assert!(!Rule::event("scancode_waitmsg").field("ScanCodeInfo.ScanType", "barcode").matches(&scanned));
    assert!(!Rule::event("scancode_waitmsg").field("No.Such", Pattern::prefix("")).matches(&scanned));
    let tap = made(&[("MsgType", "event"), ("Event", "CLICK"), ("EventKey", "menu_help")]);
    assert!(Rule::event("click").field("EventKey", Pattern::prefix("menu_")).matches(&tap));
}

/// A router whose rules answer with their own number.
fn numbered(rules: &[Rule]) -> Router {
    rules.iter().enumerate().fold(Router::new(), |router, (number, rule)| {
        router.on(rule.clone(), with_state(number, async |_, number| Reply::text(number.to_string())))
    })
}

#[test]
fn the_first_rule_in_the_order_of_registration_answers() {
    let rules = [Rule::scene(Pattern::prefix("a")), Rule::any_scene().named("codes"), Rule::scene("ab")];
    let outcome = answered(&numbered(&rules), &scan("ab"));
    assert_eq!((outcome.reply, outcome.rule.as_deref()), (Reply::text("0"), Some("scene prefix \"a\"")));
    let outcome = answered(&numbered(&rules), &scan("b"));
    assert_eq!((outcome.reply, outcome.rule.as_deref()), (Reply::text("1"), Some("codes")));
    assert_eq!(
        numbered(&rules).rules().map(Rule::name).collect::<Vec<_>>(),
        ["scene prefix \"a\"", "codes", "scene \"ab\""]
    );
}

#[test]
fn the_fallback_answers_what_no_rule_matches_wherever_it_was_set() {
    let router = Router::new().fallback(async |push| Reply::text(push.rule())).on(Rule::scan(), async |_| ());
    let outcome = answered(&router, &text("hi"));
    assert_eq!((outcome.reply, outcome.rule.as_deref()), (Reply::text("fallback"), Some("fallback")));
    assert_eq!(answered(&router, &scan("1")).rule.as_deref(), Some("scan"));
}

#[test]
fn without_a_fallback_the_rest_is_answered_with_success() {
    let outcome = answered(&Router::new(), &text("hi"));
    assert_eq!((&outcome.reply, &outcome.rule), (&Reply::None, &None));
    assert!(outcome.later.is_none() && outcome.error.is_none());
}

fn rule() -> impl Strategy<Value = Rule> {
    let pattern = prop_oneof![
        "[ab]{0,3}".prop_map(Pattern::exact),
        "[ab]{0,2}".prop_map(Pattern::prefix),
        "[ab*?]{0,3}".prop_map(|glob| Pattern::glob(&glob).unwrap()),
    ];
    let rule = prop_oneof![
        4 => pattern.prop_map(Rule::scene),
        1 => Just(Rule::follow()),
        1 => Just(Rule::scan()),
        1 => Just(Rule::text("a")),
    ];
    (rule, 0..3).prop_map(|(rule, who)| match who {
        0 => rule,
        1 => rule.only_new_followers(),
        _ => rule.only_followers(),
    })
}

fn any_push() -> impl Strategy<Value = Push> {
    prop_oneof![
        4 => "[ab]{1,3}".prop_map(|scene| scan(&scene)),
        4 => "[ab]{1,3}".prop_map(|scene| follow(&format!("qrscene_{scene}"))),
        1 => Just(follow("")),
        1 => "[ab]".prop_map(|content| text(&content)),
    ]
}

proptest! {
    #[test]
    fn a_dry_run_says_what_happens(rules in proptest::collection::vec(rule(), 0..6), push in any_push(), fallback: bool) {
        let mut router = numbered(&rules);
        if fallback {
            router = router.fallback(async |_| Reply::text("fallback"));
        }
        let first = rules.iter().position(|rule| rule.matches(&push));
        let dry = router.dry_run(&push);
        let outcome = answered(&router, &push);
        prop_assert_eq!(dry.rule.as_deref(), outcome.rule.as_deref());
        prop_assert_eq!(dry.tried.len(), first.unwrap_or(rules.len()) + 1);
        prop_assert_eq!(dry.tried.iter().filter(|tried| tried.matches).count(), usize::from(dry.rule.is_some()));
        prop_assert_eq!(dry.tried.last().unwrap().matches, dry.rule.is_some());
        let expected = match first {
            Some(number) => Reply::text(number.to_string()),
            None if fallback => Reply::text("fallback"),
            None => Reply::None,
        };
        prop_assert_eq!(outcome.reply, expected);
    }

    #[test]
    fn the_same_scene_rules_match_the_follow_and_the_scan(rules in proptest::collection::vec("[ab*?]{0,4}", 1..4), scene in "[ab]{1,4}") {
        for glob in rules {
            let rule = Rule::scene(Pattern::glob(&glob).unwrap());
            let (follow, scan) = (follow(&format!("qrscene_{scene}")), scan(&scene));
            prop_assert_eq!(rule.matches(&follow), rule.matches(&scan));
        }
    }
}
