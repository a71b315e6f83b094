use crate::account::codes_without_token;
use percent_encoding::percent_decode_str;
use proptest::prelude::*;
use wx_client::Client;
use wx_model::Ticket;
use wx_qrcode::{QrCodes, show_url};
use wx_transport::MockTransport;

const START: &str = "https://mp.weixin.qq.com/cgi-bin/showqrcode?ticket=";

fn encoded(ticket: &str) -> String {
    show_url(&Ticket::from(ticket)).strip_prefix(START).unwrap().to_owned()
}

#[test]
fn everything_but_the_unreserved_is_encoded_once() {
    for (ticket, expected) in [
        ("a+b", "a%2Bb"),
        ("a/b", "a%2Fb"),
        ("a==", "a%3D%3D"),
        ("a-b_c.d~e", "a-b_c.d~e"),
        ("a&b=c#d?e", "a%26b%3Dc%23d%3Fe"),
        ("\r\nHost: x", "%0D%0AHost%3A%20x"),
        ("@../", "%40..%2F"),
        ("票", "%E7%A5%A8"),
        ("", ""),
    ] {
        assert_eq!(encoded(ticket), expected);
    }
}

#[test]
fn a_ticket_that_looks_encoded_is_still_encoded_once() {
    assert_eq!(encoded("gQ%3D%3D"), "gQ%253D%253D");
}

#[test]
fn the_address_of_a_client_starts_at_its_own_base() {
    let ticket = Ticket::from("gQ==");
    let (codes, _) = codes_without_token();
    assert_eq!(codes.show_url(&ticket), show_url(&ticket));
    let client = Client::builder("wx7a3f00c1d2e3b4a5", "00112233445566778899aabbccddeeff")
        .api_base("http://127.0.0.1:8080/wx")
        .transport(MockTransport::new())
        .build()
        .unwrap();
    let url = QrCodes::new(client).show_url(&ticket);
    assert_eq!(url, "http://127.0.0.1:8080/wx/cgi-bin/showqrcode?ticket=gQ%3D%3D");
}

proptest! {
    #[test]
    fn decoding_gives_the_ticket_back(ticket in any::<String>()) {
        let encoded = encoded(&ticket);
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~%".contains(&byte);
        prop_assert!(encoded.bytes().all(is_plain));
        prop_assert_eq!(percent_decode_str(&encoded).decode_utf8().unwrap(), ticket);
    }
}
