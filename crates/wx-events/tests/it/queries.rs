//! Query strings and names of modes.

use crate::samples::{encrypted_query, get_query};
use wx_events::{CallbackQuery, Mode};

#[test]
fn the_samples_are_read() {
    assert_eq!(get_query().echostr, "5577006791947779410");
    let query = encrypted_query();
    assert_eq!(query.openid, "oK7tV5xA2bQm9Lr0PzYc3NdEfGhI");
    assert_eq!(query.encrypt_type, "aes");
    assert_eq!(query.msg_signature, "4ea68114bed40263e8386263caa1ec10ba13b97e");
}

#[test]
fn the_first_of_two_counts_even_if_it_is_empty() {
    let query = CallbackQuery::parse(
        "?nonce=&nonce=2&timestamp=3&timestamp=4&else=5&%6eonce=6&echostr=%E5%A5%BD+%26",
    );
    assert_eq!((query.nonce.as_str(), query.timestamp.as_str()), ("", "3"));
    assert_eq!(query.echostr, "好 &");
    assert_eq!(CallbackQuery::parse(""), CallbackQuery::default());
    assert_eq!(CallbackQuery::parse("&&=&%%%&=x"), CallbackQuery::default());
}

#[test]
fn a_framework_reads_the_same_through_serde() {
    let query: CallbackQuery =
        serde_json::from_str(r#"{"signature":"a","nonce":"b","unknown":"c"}"#).unwrap();
    assert_eq!(query, CallbackQuery::parse("signature=a&nonce=b"));
}

#[test]
fn modes_have_one_name_each() {
    for mode in [Mode::Plain, Mode::Compatible, Mode::Safe] {
        assert_eq!(mode.to_string().parse(), Ok(mode));
        assert_eq!(serde_json::to_value(mode).unwrap(), mode.as_str());
    }
    let error = "Safe".parse::<Mode>().unwrap_err();
    assert_eq!(error.to_string(), "a message mode is plain, compatible or safe, in lower case");
}
