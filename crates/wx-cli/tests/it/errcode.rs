//! `wx errcode`

use crate::program::wx;

#[test]
fn explains_cause_and_remedy_in_two_languages() {
    let run = wx(&["errcode", "40164"]);
    assert_eq!(run.code, 0, "{run:?}");
    for part in ["40164", "allow-list", "白名单", "cause", "remedy", "原因", "处理"] {
        assert!(run.stdout.contains(part), "{part}: {}", run.stdout);
    }
    let json = wx(&["errcode", "--json", "-1"]).json();
    assert_eq!(
        (&json["code"], &json["name"], &json["retry"]),
        (&(-1).into(), &"system_busy".into(), &"backoff".into())
    );
    assert!(json["remedy"]["zh"].as_str().is_some_and(|text| !text.is_empty()));
}

#[test]
fn an_unknown_code_gets_general_advice() {
    wx(&["errcode", "99999999"]).assert_sentence(1, "99999999 is not among the known return codes");
    wx(&["errcode", "forty"]).assert_sentence(2, "invalid value 'forty'");
}
