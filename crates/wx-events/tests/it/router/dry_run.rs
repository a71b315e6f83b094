//! Who would answer, in words.

use super::{made, push, text};
use insta::{assert_json_snapshot, assert_snapshot};
use wx_events::{Pattern, Router, Rule};
use wx_model::Reply;

/// A router with one rule of each sort. Its handlers must not be called.
fn router() -> Router {
    let rules = [
        Rule::scene("2026").only_followers(),
        Rule::scene(Pattern::prefix("shop-")).named("shops"),
        Rule::scene(Pattern::glob("table-??").unwrap()).only_new_followers(),
        Rule::scene(Pattern::regex(r"^order-\d+$").unwrap()),
        Rule::any_scene(),
        Rule::organic_follow(),
        Rule::follow_via_code(),
        Rule::follow(),
        Rule::unfollow(),
        Rule::event("CLICK").field("EventKey", Pattern::prefix("menu_")),
        Rule::text("help"),
        Rule::message("image"),
        Rule::notice("component_verify_ticket"),
        Rule::any_message(),
    ];
    rules
        .into_iter()
        .fold(Router::new(), |router, rule| router.on(rule, async |_| -> Reply { panic!("called") }))
}

#[test]
fn samples_are_explained() {
    for (name, file) in [
        ("follow_via_code", "push_subscribe_qr_int.xml"),
        ("follow_organic", "push_subscribe_plain.xml"),
        ("follow_after_payment", "push_subscribe_last_trade_no.xml"),
        ("scan", "push_scan_int.xml"),
        ("unfollow", "push_unsubscribe.xml"),
        ("menu_click", "push_menu_click.xml"),
        ("text", "push_text.xml"),
        ("location", "push_location.xml"),
        ("notice", "component_verify_ticket.xml"),
        ("unknown_event", "push_unknown_event.xml"),
    ] {
        let push = push(file);
        let router = if name == "unknown_event" { router().fallback(async |_| ()) } else { router() };
        insta::with_settings!({ description => file, omit_expression => true }, {
            assert_snapshot!(name, router.dry_run(&push));
        });
    }
}

#[test]
fn it_is_written_as_json() {
    let router = Router::new().on(Rule::scan().named("scans"), async |_| ()).fallback(async |_| ());
    assert_json_snapshot!(router.dry_run(&text("hi")), @r#"
    {
      "rule": "fallback",
      "tried": [
        {
          "rule": "scans",
          "says": "scan",
          "matches": false,
          "why": "it is a message of type \"text\""
        },
        {
          "rule": "fallback",
          "says": "fallback",
          "matches": true,
          "why": "no rule matches"
        }
      ]
    }
    "#);
}

#[test]
fn nobody_to_answer_is_said() {
    let dry = Router::new().dry_run(&text("hi"));
    assert_eq!(dry.rule, None);
    assert_snapshot!(dry, @"no: fallback, because there is none, so the answer is success");
}

#[test]
fn hostile_texts_are_cut_and_without_control_characters() {
    let hostile = format!("\u{1b}[2J{}", "水".repeat(10_000));
    let push = made(&[("MsgType", "event"), ("Event", &hostile), ("EventKey", &hostile)]);
    let rule = Rule::event("x").named("a rule");
    let dry = Router::new().on(rule, async |_| ()).dry_run(&push).to_string();
    assert!(dry.len() < 500 && !dry.contains('\u{1b}') && dry.contains("…"), "{dry}");
}

#[test]
fn credentials_are_not_shown() {
    let push = push("component_verify_ticket.xml");
    let ticket = push.field("ComponentVerifyTicket").unwrap();
    let rule = Rule::notice("component_verify_ticket").field("ComponentVerifyTicket", Pattern::prefix(""));
    let dry = Router::new().on(rule, async |_| ()).dry_run(&push);
    assert!(!ticket.is_empty() && !dry.to_string().contains(ticket));
    assert_eq!(
        dry.tried[0].why,
        "it is the notice \"component_verify_ticket\" and ComponentVerifyTicket is [redacted]"
    );
}

#[test]
fn routers_print_their_rules() {
    let router = Router::new().on(Rule::scan().named("scans"), async |_| ()).fallback(async |_| ());
    assert_eq!(format!("{router:?}"), r#"[Rule { conditions: [Scan], name: Some("scans") }, "fallback"]"#);
}
