use crate::account::{Account, OK, token};
use insta::assert_snapshot;
use serde_json::{Value, json};
use std::fmt::Write;
use wx_client::ClientBuilder;
use wx_transport::{MockTransport, SentRequest};

fn whole(request: &SentRequest) -> String {
    let mut text = format!("{} {}\n", request.method, request.uri);
    for (name, value) in &request.headers {
        writeln!(text, "{name}: {}", value.to_str().unwrap()).unwrap();
    }
    text + "\n" + &request.text()
}

fn last(platform: &MockTransport) -> String {
    whole(platform.requests().last().unwrap())
}

#[tokio::test]
async fn a_stable_token_is_asked_for_with_a_body() {
    let account = Account::new();
    account.answers(&[&token("T1", 7200)]);
    assert_eq!(account.client.access_token().await.unwrap().expose(), "T1");
    assert_snapshot!(last(&account.platform), @r#"
    POST http://platform.test/cgi-bin/stable_token
    content-type: application/json

    {"grant_type":"client_credential","appid":"wx7a3f00c1d2e3b4a5","secret":"00112233445566778899aabbccddeeff","force_refresh":false}
    "#);
}

#[tokio::test]
async fn a_classic_token_is_asked_for_with_a_query() {
    let account = Account::with(ClientBuilder::classic_token);
    account.answers(&[&token("T1", 7200)]);
    assert_eq!(account.client.access_token().await.unwrap().expose(), "T1");
    assert_snapshot!(last(&account.platform), @"GET http://platform.test/cgi-bin/token?grant_type=client_credential&appid=wx7a3f00c1d2e3b4a5&secret=00112233445566778899aabbccddeeff");
}

#[tokio::test]
async fn a_body_is_json_in_raw_utf_8() {
    let account = Account::new();
    account.answers(&[&token("T1", 7200), OK]);
    account
        .client
        .post_json::<Value>("/cgi-bin/tags/create", &json!({"tag": {"name": "渠道:\"SH\" 🎫"}}))
        .await
        .unwrap();
    assert_snapshot!(last(&account.platform), @r#"
    POST http://platform.test/cgi-bin/tags/create?access_token=T1
    content-type: application/json

    {"tag":{"name":"渠道:\"SH\" 🎫"}}
    "#);
}

#[tokio::test]
async fn query_pairs_and_tokens_are_encoded_once() {
    let account = Account::new();
    account.answers(&[&token("76_a+b/c=&d", 7200), OK]);
    account.client.get_json::<Value>("/cgi-bin/user/get", &[("next_openid", "o%2B&x-._~")]).await.unwrap();
    assert_snapshot!(last(&account.platform), @"GET http://platform.test/cgi-bin/user/get?access_token=76_a%2Bb%2Fc%3D%26d&next_openid=o%252B%26x-._~");
}

#[tokio::test]
async fn pictures_need_no_token_and_have_their_own_host() {
    let account = Account::with(|builder| builder.image_base("http://pictures.test/wx/"));
    account.platform.answer(wx_transport::Answer::bytes("image/jpg", &b"\xFF\xD8\xFF"[..]));
    let bytes = account.client.get_image("/cgi-bin/showqrcode", &[("ticket", "a+b")]).await.unwrap();
    assert_eq!(&bytes[..], b"\xFF\xD8\xFF");
    assert_snapshot!(last(&account.platform), @"GET http://pictures.test/wx/cgi-bin/showqrcode?ticket=a%2Bb");
    account.platform.assert_done();
}

#[tokio::test]
async fn files_come_with_the_token_and_after_one_repeat() {
    let account = Account::new();
    account.answers(&[&token("T1", 7200), r#"{"errcode":40001,"errmsg":"no"}"#, &token("T2", 7200)]);
    account.platform.answer(wx_transport::Answer::bytes("image/jpeg", &b"\xFF\xD8\xFF"[..]));
    let file = account.client.get_bytes("/cgi-bin/media/get", &[("media_id", "M")]).await.unwrap();
    assert_eq!(&file[..], b"\xFF\xD8\xFF");
    assert_snapshot!(last(&account.platform), @"GET http://platform.test/cgi-bin/media/get?access_token=T2&media_id=M");

    account.platform.answer(wx_transport::Answer::bytes("image/png", &b"\x89PNG"[..]));
    account.client.post_bytes("/wxa/getwxacode", &json!({"path": "p"})).await.unwrap();
    assert_snapshot!(last(&account.platform), @r#"
    POST http://platform.test/wxa/getwxacode?access_token=T2
    content-type: application/json

    {"path":"p"}
    "#);
    account.platform.assert_done();
}
