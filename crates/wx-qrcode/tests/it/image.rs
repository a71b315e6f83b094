use crate::account::codes_without_token;
use http::StatusCode;
use insta::assert_snapshot;
use std::error::Error as _;
use wx_client::ErrorKind as CallKind;
use wx_model::ErrCode;
use wx_qrcode::{Error, ErrorKind, Image, ImageFormat};
use wx_transport::{Answer, TransportErrorKind};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";

async fn fetch(answer: impl Into<Answer>) -> Result<Image, Error> {
    let (codes, platform) = codes_without_token();
    platform.answer(answer);
    let image = codes.image(&"gQ/a+b==".into()).await;
    platform.assert_done();
    assert_eq!(
        platform.requests()[0].uri,
        "https://mp.weixin.qq.com/cgi-bin/showqrcode?ticket=gQ%2Fa%2Bb%3D%3D"
    );
    image
}

async fn error_of(answer: impl Into<Answer>) -> Error {
    fetch(answer).await.unwrap_err()
}

async fn error_of_body(body: &'static [u8]) -> Error {
    let error = error_of(Answer::bytes("image/jpg", body)).await;
    assert_eq!(error.kind(), ErrorKind::NotAnImage);
    assert!(error.is_retryable() && error.source().is_none());
    error
}

#[tokio::test]
async fn a_picture_is_known_by_its_first_bytes() {
    let image = fetch(Answer::bytes("text/html", &b"\xFF\xD8\xFF\xE0\0\x10JFIF"[..])).await.unwrap();
    assert_eq!((image.format(), image.extension()), (ImageFormat::Jpeg, "jpg"));
    assert_eq!(image.bytes(), b"\xFF\xD8\xFF\xE0\0\x10JFIF");
    assert_eq!(format!("{image:?}"), "Image { format: Jpeg, bytes: 10 }");

    let image = fetch(Answer::bytes("image/jpg", PNG)).await.unwrap();
    assert_eq!((image.format(), image.extension()), (ImageFormat::Png, "png"));
    assert_eq!(image.into_bytes(), PNG);
}

#[tokio::test]
async fn a_ticket_without_a_picture_is_named() {
    for body in ["", "<html>404</html>"] {
        let error = error_of(Answer::status(StatusCode::NOT_FOUND).body(body)).await;
        assert_eq!(error.kind(), ErrorKind::UnknownTicket);
        assert!(!error.is_retryable() && !error.may_have_been_done());
        assert_eq!(error.errcode(), None);
        assert!(error.source().unwrap().to_string().contains("status 404"));
    }
    assert_snapshot!(error_of(StatusCode::NOT_FOUND).await, @"the platform has no picture for this ticket (status 404): its code has expired, it is not a ticket of this platform, or it was percent-encoded before; use the ticket exactly as qrcode/create gave it");
}

#[tokio::test]
async fn what_is_no_picture_is_described() {
    assert_snapshot!(error_of_body(b"").await, @"the picture that came is empty, neither JPEG nor PNG; check the base address of the pictures and any gateway on the way, or try again later");
    assert_snapshot!(error_of_body(b" <!DOCTYPE html>").await, @"the picture that came is a page of HTML or XML, neither JPEG nor PNG; check the base address of the pictures and any gateway on the way, or try again later");
    assert_snapshot!(error_of_body(b"{}").await, @"the picture that came is JSON without a return code, neither JPEG nor PNG; check the base address of the pictures and any gateway on the way, or try again later");
    assert_snapshot!(error_of_body("请稍候".as_bytes()).await, @"the picture that came is text, neither JPEG nor PNG; check the base address of the pictures and any gateway on the way, or try again later");
    assert_snapshot!(error_of_body(b"GIF89a\xFF").await, @"the picture that came is a file of another kind, neither JPEG nor PNG; check the base address of the pictures and any gateway on the way, or try again later");
    // Cut before the end of what tells a picture.
    error_of_body(b"\xFF\xD8").await;
    error_of_body(&PNG[..7]).await;
}

#[tokio::test]
async fn a_return_code_in_the_place_of_a_picture_is_a_refusal() {
    let error = error_of(Answer::bytes("image/jpg", r#"{"errcode":40097,"errmsg":"invalid args"}"#)).await;
    assert_eq!(error.errcode(), Some(ErrCode::new(40097)));
    assert_eq!(error.kind(), ErrorKind::Call(CallKind::Api(ErrCode::new(40097))));
}

#[tokio::test]
async fn other_failures_are_those_of_the_call() {
    let error = error_of(StatusCode::BAD_GATEWAY).await;
    assert_eq!(error.kind(), ErrorKind::Call(CallKind::Status(502)));
    assert!(error.is_retryable());
    let error = error_of(TransportErrorKind::Timeout).await;
    assert_eq!(error.kind(), ErrorKind::Call(CallKind::Transport));
    assert!(error.source().unwrap().to_string().contains("time limit"));
}
