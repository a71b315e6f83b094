//! What is no document: each body with its error.

use insta::assert_snapshot;
use std::fmt::Write;
use wx_events::{ErrorKind, parse_unverified};

fn push_with(inside: &str) -> Vec<u8> {
    format!(
        "<xml><FromUserName>o</FromUserName><CreateTime>1</CreateTime><MsgType>text</MsgType>{inside}</xml>"
    )
    .into()
}

fn told(body: &[u8]) -> String {
    let error = parse_unverified(body).unwrap_err();
    format!("{:?}: {error}", error.kind())
}

#[test]
fn small_bodies() {
    let bodies = [
        "",
        " \n",
        "hello",
        "<xml",
        "<xml>",
        "<xml><a>",
        "<xml><a></xml>",
        "<xml></a></xml>",
        "<xml></xml></xml>",
        "</xml>",
        "<xml><![CDATA[a</xml>",
        "<xml><!-- a</xml>",
        "<xml><?a</xml>",
        "<xml a='></xml>",
        "<xml/><xml/>",
        "<xml/>junk",
        "<xml/><![CDATA[ ]]>",
        "<xml/>&amp;",
        "junk<xml/>",
        "\0<xml/>",
        "<?xml version='1.0'?>",
        "<!-- only -->",
        "<!DOCTYPE xml><xml/>",
        "<!DOCTYPE xml [<!ENTITY a 'b'>]><xml>&a;</xml>",
        "<!DOCTYPE xml SYSTEM 'file:///etc/passwd'><xml/>",
        "<xml><!DOCTYPE a></xml>",
        "<xml>&nbsp;</xml>",
        "<xml>&file;</xml>",
        "<xml>a & b</xml>",
        "<xml>a &</xml>",
        "<xml>&#xd800;</xml>",
        "<xml>&#x110000;</xml>",
        "<xml>&#99999999999;</xml>",
        "<xml>&#;</xml>",
        "<xml>&#+65;</xml>",
        "<xml>&#xZ;</xml>",
        "<xml>&;</xml>",
        "<xml>< a></ a></xml>",
        "<xml><1/></xml>",
        "<xml></></xml>",
        "<xml><></></xml>",
        "<1/>",
        "[]",
        "null",
        "{",
        "{}}",
        "{} {}",
        "{'a':1}",
        "{\"a\":}",
        "{\"a\":01}",
        "{\"a\":\"\\ud800\"}",
        "{\"a\":\"\n\"}",
        "{\"a\":[1,]}",
        "{}",
        "<xml/>",
        "<xml><ToUserName>gh</ToUserName><Encrypt>x</Encrypt></xml>",
        "{\"Encrypt\":\"x\"}",
        "<xml><MsgType>event</MsgType></xml>",
        "<xml><MsgType>text</MsgType></xml>",
        "<xml><MsgType>text</MsgType><FromUserName>o</FromUserName></xml>",
        "<xml><MsgType>text</MsgType><FromUserName>o</FromUserName><CreateTime>soon</CreateTime></xml>",
    ];
    let mut table = String::new();
    for body in bodies {
        writeln!(table, "{body:?}\n    {}", told(body.as_bytes())).unwrap();
    }
    assert_snapshot!("small_bodies", table);
}

#[test]
fn bodies_in_other_encodings() {
    let utf16: Vec<u8> = "<xml/>".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let utf16_with_mark = [b"\xff\xfe".as_slice(), &utf16].concat();
    let gbk = b"<xml>\xc4\xe3\xba\xc3</xml>";
    for body in [
        &utf16_with_mark,
        gbk.as_slice(),
        b"<xml>\xc0\xaf</xml>",
        b"<xml>\xed\xa0\x80</xml>",
        b"<xml>\xf0\x9f",
    ] {
        assert_eq!(told(body), "Malformed: the body is not UTF-8");
    }
    assert!(told(&utf16).starts_with("Malformed: "));
}

#[test]
fn nesting_count_names_and_size_are_bounded() {
    let nested = |depth: usize| push_with(&("<a>".repeat(depth) + &"</a>".repeat(depth)));
    assert!(parse_unverified(&nested(16)).is_ok());
    assert_eq!(told(&nested(17)), "TooLarge: the body has more than 16 elements inside one another");
    assert!(told(&nested(100_000)).starts_with("TooLarge"));

    let many = |count: usize| push_with(&"<a/>".repeat(count - 3));
    assert!(parse_unverified(&many(1024)).is_ok());
    assert_eq!(told(&many(1025)), "TooLarge: the body has more than 1024 elements");

    let named = |length: usize| push_with(&format!("<{}/>", "n".repeat(length)));
    assert!(parse_unverified(&named(128)).is_ok());
    assert_eq!(told(&named(129)), "TooLarge: the body has an element name longer than 128 bytes");

    let sized = |bytes: usize| push_with(&"x".repeat(bytes - push_with("").len()));
    assert!(parse_unverified(&sized(1024 * 1024)).is_ok());
    assert_eq!(told(&sized(1024 * 1024 + 1)), "TooLarge: the body is larger than the limit of 1048576 bytes");
}

#[test]
fn json_is_bounded_in_the_same_way() {
    let json = |inside: &str| {
        format!(r#"{{"FromUserName":"o","CreateTime":1,"MsgType":"text","a":{inside}}}"#).into_bytes()
    };
    let objects = |depth: usize| json(&(r#"{"a":"#.repeat(depth) + "1" + &"}".repeat(depth)));
    assert!(parse_unverified(&objects(15)).is_ok());
    assert_eq!(told(&objects(16)), "TooLarge: the body has more than 16 elements inside one another");
    assert!(told(&objects(100_000)).starts_with("TooLarge"));
    assert!(told(&json(&("[".repeat(100_000) + &"]".repeat(100_000)))).starts_with("TooLarge"));
    assert_eq!(
        told(&json(&format!("[{}0]", "0,".repeat(100_000)))),
        "TooLarge: the body has more than 1024 elements"
    );
}

#[test]
fn attributes_and_declarations_by_the_thousand_cost_nothing() {
    let attributes = "a=''".repeat(80_000);
    assert!(parse_unverified(&push_with(&format!("<a {attributes}/>"))).is_ok());
    let declarations = format!("<!DOCTYPE xml [{}]><xml/>", "<!ENTITY a 'aaaaaaaaaa'>".repeat(10_000));
    assert_eq!(parse_unverified(declarations.as_bytes()).unwrap_err().kind(), ErrorKind::Malformed);
}
