//! How often a code is asked for when something goes wrong.

use wx_client::{Client, FixedToken, RetryPolicy};
use wx_model::{CreateRequest, ErrCode, Lifetime, PermanentScene, Scene};
use wx_qrcode::{Error, QrCodes};
use wx_transport::{Answer, MockTransport, TransportErrorKind};

fn permanent() -> CreateRequest {
    CreateRequest::permanent(PermanentScene::id(1).unwrap())
}

fn temporary() -> CreateRequest {
    CreateRequest::temporary(Scene::id(1).unwrap(), Lifetime::days(1).unwrap())
}

/// Codes whose client repeats all it may; each answer is given for ever.
fn codes(answer: impl Fn() -> Answer + Send + Sync + 'static) -> (QrCodes, MockTransport) {
    let platform = MockTransport::new();
    platform.otherwise(move |_| answer());
    let client = Client::with_token_source("wx7a3f00c1d2e3b4a5", FixedToken::new("T1"))
        .api_base("http://platform.test")
        .transport(platform.clone())
        .retry(RetryPolicy::default().reserve(1_000_000))
        .pause(|_| std::future::ready(()))
        .build()
        .unwrap();
    (QrCodes::new(client), platform)
}

async fn sent(request: &CreateRequest, answer: fn() -> Answer) -> (usize, Error) {
    let (codes, platform) = codes(answer);
    let error = codes.create(request).await.unwrap_err();
    (platform.requests().len(), error)
}

#[tokio::test]
async fn a_thousand_lost_answers_take_a_thousand_places_at_most() {
    let (codes, platform) = codes(|| TransportErrorKind::Timeout.into());
    for _ in 0..1_000 {
        assert!(codes.create(&permanent()).await.unwrap_err().may_have_been_done());
    }
    assert_eq!(platform.requests().len(), 1_000);
}

#[tokio::test]
async fn a_temporary_code_may_be_made_twice_and_a_permanent_one_not() {
    let lost: [fn() -> Answer; 4] = [
        || TransportErrorKind::Timeout.into(),
        || Answer::json(r#"{"ticket":"gQ"#),
        || Answer::json(r#"{"errcode":-1,"errmsg":"system error"}"#),
        || Answer::status(http::StatusCode::BAD_GATEWAY),
    ];
    for answer in lost {
        let ((once, error), (often, _)) =
            (sent(&permanent(), answer).await, sent(&temporary(), answer).await);
        assert_eq!((once, often), (1, 4));
        assert!(error.may_have_been_done());
    }
    for request in [permanent(), temporary()] {
        let (often, error) = sent(&request, || TransportErrorKind::Connect.into()).await;
        assert!(often == 4 && !error.may_have_been_done());
    }
}

#[tokio::test]
async fn when_all_places_are_taken_only_temporary_codes_are_asked_for() {
    let (codes, platform) =
        codes(|| Answer::json(r#"{"errcode":45029,"errmsg":"qrcode count out of limit"}"#));
    for _ in 0..100 {
        let error = codes.create(&permanent()).await.unwrap_err();
        assert_eq!(error.errcode(), Some(ErrCode::QRCODE_COUNT_LIMIT));
        assert!(!error.may_have_been_done() && !error.is_retryable());
    }
    assert_eq!(platform.requests().len(), 1);
    codes.create(&temporary()).await.unwrap_err();
    assert_eq!(platform.requests().len(), 2);
}
