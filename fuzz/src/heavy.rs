/// Bodies of nearly 64 KB that go up to several limits at once, with what they are: chance does not come upon them.
pub fn heavy() -> Vec<(&'static str, Vec<u8>)> {
    let dots = "a.".repeat(120);
    let letters = "a".repeat(240);
    vec![
        ("deep in long names", xml(&nested(&letters))),
        ("deep in long names of dots", xml(&nested(&dots))),
        ("many siblings", xml(&"<a/>".repeat(1000))),
        ("many lists", xml(&in_list(&"<List><TemplateId/></List>".repeat(500)))),
        ("many leaves of one list", xml(&in_list(&format!("<List>{}</List>", "<a>b</a>".repeat(990))))),
        ("many references", xml(&format!("<Content>{}</Content>", "&#x41;".repeat(10_000)))),
        ("many sections", xml(&format!("<Content>{}</Content>", "<![CDATA[]]>".repeat(5_000)))),
        ("many line ends", xml(&format!("<Content>{}</Content>", "\r".repeat(60_000)))),
        ("many forbidden characters", xml(&format!("<Content>{}</Content>", "\u{1}".repeat(60_000)))),
        ("many almost ends", xml(&format!("<Content><![CDATA[{}]]></Content>", "]>".repeat(30_000)))),
        ("many comments", xml(&"<!-->-->".repeat(7_000))),
        ("many items", json(&format!(r#""a":[{}0]"#, "0,".repeat(1000)))),
        ("many arrays", json(&format!(r#""a":[{}0]"#, "[[[[[[[[[[[[]]]]]]]]]]]],".repeat(2_400)))),
        ("many members", json(&(0..1000).map(|n| format!(r#""a{n}":1"#)).collect::<Vec<_>>().join(","))),
        ("deep objects of long names", json(&objects(&letters))),
        ("many escapes", json(&format!(r#""Content":"{}""#, r"\u0001\n".repeat(7_000)))),
        ("many digits", json(&format!(r#""a":{}"#, "1".repeat(60_000)))),
    ]
}

const EVENT: &str = "subscribe_msg_popup_event";

fn xml(inside: &str) -> Vec<u8> {
    format!(
        "<xml><FromUserName>o</FromUserName><CreateTime>1</CreateTime><MsgType>event</MsgType>\
         <Event>{EVENT}</Event>{inside}</xml>"
    )
    .into_bytes()
}

fn json(inside: &str) -> Vec<u8> {
    format!(r#"{{"FromUserName":"o","CreateTime":1,"MsgType":"event","Event":"{EVENT}",{inside}}}"#)
        .into_bytes()
}

fn in_list(inside: &str) -> String {
    format!("<SubscribeMsgPopupEvent>{inside}</SubscribeMsgPopupEvent>")
}

/// 200 leaves below 15 elements of that name.
fn nested(name: &str) -> String {
    let (open, close) = (format!("<{name}>"), format!("</{name}>"));
    let leaves: String = (0..200).map(|n| format!("<{name}{n}/>")).collect();
    format!("{}{leaves}{}", open.repeat(15), close.repeat(15))
}

fn objects(name: &str) -> String {
    let leaves: Vec<String> = (0..200).map(|n| format!(r#""{name}{n}":1"#)).collect();
    let open: String = (0..14).map(|_| format!(r#""{name}":{{"#)).collect();
    format!("{open}{}{}", leaves.join(","), "}".repeat(14))
}
