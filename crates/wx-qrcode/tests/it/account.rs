use wx_client::{Client, RetryPolicy};
use wx_qrcode::QrCodes;
use wx_transport::{Answer, MockTransport};

/// The codes of an account whose platform gives this one answer; the token of the calls is `T1`.
pub(crate) fn codes(answer: impl Into<Answer>) -> (QrCodes, MockTransport) {
    let (codes, platform) = codes_without_token();
    platform.answer(Answer::json(r#"{"access_token":"T1","expires_in":7200}"#));
    platform.answer(answer);
    (codes, platform)
}

/// As [`codes`], for what must not need a token: nothing is scripted.
pub(crate) fn codes_without_token() -> (QrCodes, MockTransport) {
    let platform = MockTransport::new();
    let client = Client::builder("wx7a3f00c1d2e3b4a5", "00112233445566778899aabbccddeeff")
        .api_base("https://api.weixin.qq.com")
        .image_base("https://mp.weixin.qq.com")
        .transport(platform.clone())
        .retry(RetryPolicy::none())
        .build()
        .unwrap();
    (QrCodes::new(client), platform)
}
