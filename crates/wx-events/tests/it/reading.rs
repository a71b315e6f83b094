//! What is tolerated in a body, and how it reads.

use wx_events::parse_unverified;
use wx_model::{Message, Push};

const COMMON: &str = "<FromUserName>o</FromUserName><CreateTime>1</CreateTime><MsgType>text</MsgType>";
const COMMON_JSON: &str = r#""FromUserName":"o","CreateTime":1,"MsgType":"text""#;

fn read(inside: &str) -> Push {
    parse_unverified(format!("<xml>{COMMON}{inside}</xml>").as_bytes()).unwrap()
}

fn read_json(inside: &str) -> Push {
    parse_unverified(format!("{{{COMMON_JSON},{inside}}}").as_bytes()).unwrap()
}

/// All leaves behind the common ones.
fn leaves(push: &Push) -> Vec<(String, &str)> {
    push.fields.iter().skip(3).collect()
}

#[test]
fn text_is_exact_bare_or_cdata() {
    let cases = [
        ("<![CDATA[ a&amp;<b> ]]>", " a&amp;<b> "),
        ("\n  a b \t\n", "\n  a b \t\n"),
        ("\n <![CDATA[ x ]]> \n", "\n  x  \n"),
        ("<![CDATA[a]]><![CDATA[b]]>", "ab"),
        ("a <![CDATA[b]]> c", "a b c"),
        ("a <!-- n --> <?p i?> b", "a   b"),
        ("<![CDATA[a]]]]><![CDATA[>b]]>", "a]]>b"),
        (" &lt;&amp;&gt;&quot;&apos; ", " <&>\"' "),
        ("&#65;&#x4e2d;&#x1F600;", "A中😀"),
        (" &#32;a&#10; ", "  a\n "),
        ("<![CDATA[]]>", ""),
        ("", ""),
        (" \n ", " \n "),
        ("\u{3000}全角\u{3000}", "\u{3000}全角\u{3000}"),
        ("[微笑] 😀", "[微笑] 😀"),
    ];
    for (inside, text) in cases {
        assert_eq!(read(&format!("<Content>{inside}</Content>")).field("Content"), Some(text), "{inside:?}");
    }
    assert_eq!(read("<Content/>").field("Content"), Some(""));
    assert_eq!(read("<Content a='1' b=\"&gt;\"/>").field("Content"), Some(""));
}

/// XML 1.0 §2.11.
#[test]
fn line_ends_become_newlines_unless_they_are_references() {
    let cases = [
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("\r\r\n\n\r", "\n\n\n\n"),
        ("<![CDATA[\r\na\r]]>", "\na\n"),
        ("a\r<![CDATA[\nb]]>\r", "a\n\nb\n"),
        ("a&#13;b&#xD;&#10;c", "a\rb\r\nc"),
        ("a\r&#10;b&#13;\nc", "a\n\nb\r\nc"),
        ("<![CDATA[&#13;]]>", "&#13;"),
        ("a\u{85}b\u{2028}c", "a\u{85}b\u{2028}c"),
    ];
    for (inside, text) in cases {
        assert_eq!(read(&format!("<Content>{inside}</Content>")).field("Content"), Some(text), "{inside:?}");
    }
    assert_eq!(read_json(r#""Content":"a\r\nb\r""#).field("Content"), Some("a\r\nb\r"));
}

#[test]
fn a_sender_may_indent_names_numbers_and_ids() {
    let body = "<xml>\r\n <ToUserName>\n gh_1 \n</ToUserName> <FromUserName>\n o1 \n</FromUserName>\r\n\
        <CreateTime>\r\n 7 \r\n</CreateTime> <MsgType>\n event \n</MsgType> <Event>\n SCAN \n</Event>\
        <EventKey>\n <![CDATA[2026]]> \n</EventKey> <Ticket>\n t \n</Ticket>\n</xml>";
    let push = parse_unverified(body.as_bytes()).unwrap();
    assert_eq!((push.to_user.as_str(), push.from_user.as_str(), push.create_time), ("gh_1", "o1", 7));
    let scan = push.scene_scan().unwrap();
    assert_eq!((scan.scene.as_str(), scan.ticket.unwrap().as_str()), ("2026", "t"));
    assert_eq!((push.name(), push.field("Event")), ("SCAN", Some("\n SCAN \n")));

    let text = read("<Content>\n  two words \n</Content>");
    let Some(Message::Text(message)) = text.message() else { panic!("{text:?}") };
    assert_eq!(message.content, "\n  two words \n");
}

#[test]
fn the_layout_of_a_document_leaves_no_trace_in_its_fields() {
    let nested = |a: &str| read(&format!("{a}<A>{a}<B>{a}<C> x </C>{a}</B>{a}<B/>{a}</A>{a}")).fields;
    assert_eq!(nested("\r\n  loose "), nested(""));
    assert_eq!(nested("").get("A.B.C"), Some(" x "));
}

#[test]
fn characters_that_xml_forbids_are_dropped() {
    for inside in
        ["a\u{2}b\u{1f}c\u{fffe}\u{ffff}", "<![CDATA[a\u{b}bc]]>", "a&#0;b&#x1f;c&#xffff;", "\u{1}abc\u{1}"]
    {
        assert_eq!(read(&format!("<Content>{inside}</Content>")).field("Content"), Some("abc"), "{inside:?}");
    }
    assert_eq!(read_json(r#""Content":"a\u0000bc\u001f""#).field("Content"), Some("abc"));
    assert_eq!(read("<Content>ｆｕｌｌ\u{fffd}\t</Content>").field("Content"), Some("ｆｕｌｌ\u{fffd}\t"));
}

#[test]
fn the_first_of_two_elements_counts() {
    let push = read("<EventKey>1</EventKey><EventKey>2</EventKey><FromUserName>other</FromUserName>");
    assert_eq!((push.field("EventKey"), push.from_user.as_str()), (Some("1"), "o"));
    assert_eq!(push.field("EventKey[1]"), Some("2"));
}

#[test]
fn text_between_children_is_layout() {
    let push = read("<List>\n a <Id>1</Id> b <Id>2</Id>\n c </List>loose");
    assert_eq!(leaves(&push), [("List.Id[0]".to_owned(), "1"), ("List.Id[1]".to_owned(), "2")]);
}

#[test]
fn what_stands_around_the_root_is_skipped() {
    let around = format!(
        "\u{feff} <?xml version=\"1.0\" encoding=\"GBK\"?><!-- a --> <?p i?><any-root x='y'>{COMMON}</any-root> <!-- b -->\n"
    );
    assert_eq!(parse_unverified(around.as_bytes()).unwrap().create_time, 1);
}

#[test]
fn names_may_hold_any_letter() {
    assert_eq!(leaves(&read("<_a:b-c.1>x</_a:b-c.1 ><项目>y</项目>"))[1], ("项目".to_owned(), "y"));
}

#[test]
fn json_gives_the_paths_of_xml() {
    let json = read_json(
        r#""A":{"B":"x","C":[{"D":1},{"D":2.50}],"E":[],"F":{}},"G":[true,null],"H":["one"],"I":[[1,2],[3]]"#,
    );
    let paths = leaves(&json);
    let expected = [
        ("A.B", "x"),
        ("A.C[0].D", "1"),
        ("A.C[1].D", "2.50"),
        ("A.F", ""),
        ("G[0]", "true"),
        ("G[1]", ""),
        ("H", "one"),
        ("I[0]", "1"),
        ("I[1]", "2"),
        ("I[2]", "3"),
    ];
    assert_eq!(paths, expected.map(|(path, text)| (path.to_owned(), text)));

    let xml = read(
        "<A><B>x</B><C><D>1</D></C><C><D>2.50</D></C><F/></A><G>true</G><G/><H>one</H><I>1</I><I>2</I><I>3</I>",
    );
    assert_eq!(leaves(&xml), paths);
}

#[test]
fn json_numbers_keep_their_digits_and_strings_their_blanks() {
    let push =
        read_json(r#""MsgId":18446744073709551615,"N":-1.0e+5,"S":" a\n\"\u4e2d\ud83d\ude00 ","S":"second""#);
    assert_eq!(push.field("MsgId"), Some("18446744073709551615"));
    assert_eq!(push.field("N"), Some("-1.0e+5"));
    assert_eq!(push.field("S"), Some(" a\n\"中😀 "));
    assert!(parse_unverified(format!("\u{feff}\n {{{COMMON_JSON}}} \n").as_bytes()).is_ok());
}
