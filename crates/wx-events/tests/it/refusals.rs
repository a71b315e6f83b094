//! What is no document: each body with its error.

use insta::{assert_snapshot, glob};
use std::{fmt::Write, fs};
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

/// What strangers try: damaged, oversized and foreign bodies, each a file.
#[test]
fn every_refused_body_has_its_error() {
    let mut refused = 0;
    glob!("../fixtures/refused", "*.*", |path| {
        let body = fs::read(path).unwrap();
        let shown = body[..body.len().min(400)].escape_ascii();
        assert_snapshot!("refused", format!("{}\ninput ({} bytes):\n{shown}", told(&body), body.len()));
        refused += 1;
    });
    assert!(refused >= 66, "only {refused} bodies");
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
        "<xml><![CDATA[a]]</xml>",
        "<xml><![CDA",
        "<xml><",
        "<xml></",
        "<xml></xm",
        "<xml></xml",
        "<xml></xmlx>",
        "<xml></xml a='b'>",
        "<xml><!ELEMENT a></xml>",
        "<xml><!-->--",
        "<xml><a/b></xml>",
        "<xml><a<b/></xml>",
        "<xml><a <b/></xml>",
        "<xml><a b='<'/></xml>",
        "<xml><a b=\"></a></xml>",
        "<xml><!-- a</xml>",
        "<xml><?a</xml>",
        "<xml><?",
        "<xml><?></xml>",
        "<xml><?>a?></xml>",
        "<xml><? a?></xml>",
        "<xml a='></xml>",
        "<xml/><xml/>",
        "<xml/>junk",
        "<xml/><![CDATA[ ]]>",
        "<xml/>&amp;",
        "junk<xml/>",
        "\0<xml/>",
        "<xml>a\0</xml>",
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
        "<xml><a\u{fffe}/></xml>",
        "<xml><\u{ffff} a='b'></\u{ffff}></xml>",
        "<a\u{fffe}/>",
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
        "{\"a\\u0000\":1}",
        "{\"a\":[{\"\u{fffe}\":1}]}",
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
    assert!(parse_unverified(&named(255)).is_ok());
    assert_eq!(told(&named(256)), "TooLarge: the body has a tag or a name longer than 256 bytes");

    let written = |bytes: usize| push_with(&format!("<a>{}</a>", "x".repeat(bytes)));
    assert!(parse_unverified(&written(64 * 1024)).is_ok());
    assert_eq!(
        told(&written(64 * 1024 + 1)),
        "TooLarge: the body has an element with more than 65536 bytes of text"
    );
    let pieces = push_with(&format!("<a>{}</a>", "<![CDATA[x]]>y&amp;\u{1}".repeat(64 * 1024 / 3 + 1)));
    assert_eq!(told(&pieces), told(&written(64 * 1024 + 1)));

    let sized =
        |bytes: usize| push_with(&format!("<!--{}-->", "x".repeat(bytes - push_with("<!---->").len())));
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
    let arrays = |count: usize| json(&format!("[{}0]", "[],".repeat(count)));
    assert!(
        parse_unverified(&arrays(1019)).is_ok(),
        "with three elements before, the array around and its 0"
    );
    assert_eq!(told(&arrays(1020)), "TooLarge: the body has more than 1024 elements");
}

#[test]
fn attributes_and_declarations_by_the_thousand_are_refused() {
    let attributes = |count: usize| push_with(&format!("<a {}/>", "a=''".repeat(count)));
    assert!(parse_unverified(&attributes(60)).is_ok());
    assert_eq!(told(&attributes(80_000)), "TooLarge: the body has a tag or a name longer than 256 bytes");
    let declarations = format!("<!DOCTYPE xml [{}]><xml/>", "<!ENTITY a 'aaaaaaaaaa'>".repeat(10_000));
    assert_eq!(parse_unverified(declarations.as_bytes()).unwrap_err().kind(), ErrorKind::Malformed);
}
