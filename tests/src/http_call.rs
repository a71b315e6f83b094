use bytes::Bytes;
use http::{Request, Response};
use wx_transport::{ReqwestTransport, Transport};

/// Sends a request as some stranger on the network would, and gives the whole answer.
pub async fn send(request: Request<Bytes>) -> Response<Bytes> {
    ReqwestTransport::new().send(request).await.expect("a whole answer")
}

/// GET, answered with status and text.
pub async fn get(url: &str) -> (u16, String) {
    status_and_text(&send(Request::get(url).body(Bytes::new()).expect("an address")).await)
}

/// POST of XML or anything else, answered with status and text.
pub async fn post(url: &str, body: impl Into<Bytes>) -> (u16, String) {
    status_and_text(&send(Request::post(url).body(body.into()).expect("an address")).await)
}

fn status_and_text(response: &Response<Bytes>) -> (u16, String) {
    (response.status().as_u16(), String::from_utf8_lossy(response.body()).into_owned())
}
