use super::{each, get, server::serve};
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH};
use wx_transport::{TransportErrorKind, TransportOptions};

/// `{"a":1}`, made by the gzip program.
const ZIPPED: &[u8] =
    &[31, 139, 8, 0, 0, 0, 0, 0, 0, 3, 171, 86, 74, 84, 178, 50, 172, 5, 0, 175, 172, 27, 86, 7, 0, 0, 0];

fn answer(encoding: &str, body: &[u8]) -> Vec<u8> {
    let head =
        format!("HTTP/1.1 200 OK\r\ncontent-encoding: {encoding}\r\ncontent-length: {}\r\n\r\n", body.len());
    [head.as_bytes(), body].concat()
}

#[tokio::test]
async fn gzip_is_not_asked_for_and_undone_all_the_same() {
    for (encoding, body) in [("gzip", ZIPPED), ("X-GZIP", ZIPPED), ("gzip", &[ZIPPED, ZIPPED].concat())] {
        for (kind, transport) in each(&TransportOptions::default()) {
            let (address, task) = serve(answer(encoding, body)).await;
            let answer = transport.unwrap().send(get(format!("http://{address}/"))).await.unwrap();
            assert_eq!(answer.body(), &br#"{"a":1}"#.repeat(body.len() / ZIPPED.len()), "{kind}");
            assert!(!answer.headers().contains_key(CONTENT_ENCODING));
            assert!(!answer.headers().contains_key(CONTENT_LENGTH));
            assert!(!task.await.unwrap().to_lowercase().contains("accept-encoding"));
        }
    }
}

#[tokio::test]
async fn other_encodings_are_left_to_the_caller() {
    for encoding in ["br", "gzip, br", "identity"] {
        for (kind, transport) in each(&TransportOptions::default()) {
            let (address, _task) = serve(answer(encoding, b"as it is")).await;
            let answer = transport.unwrap().send(get(format!("http://{address}/"))).await.unwrap();
            assert_eq!((answer.headers()[CONTENT_ENCODING].to_str().unwrap(), kind), (encoding, kind));
            assert_eq!(answer.body(), "as it is");
        }
    }
}

#[tokio::test]
async fn damaged_gzip_is_a_broken_answer() {
    let mut wrong_sum = ZIPPED.to_vec();
    wrong_sum[19] ^= 1;
    for body in [&ZIPPED[..20], &wrong_sum, b"plain text", &[ZIPPED, b"junk".as_slice()].concat()] {
        for (kind, transport) in each(&TransportOptions::default()) {
            let (address, _task) = serve(answer("gzip", body)).await;
            let error = transport.unwrap().send(get(format!("http://{address}/"))).await.unwrap_err();
            assert_eq!((error.kind(), kind), (TransportErrorKind::BrokenAnswer, kind));
        }
    }
}

#[tokio::test]
async fn the_body_limit_counts_what_comes_out() {
    for (limit, fits) in [(ZIPPED.len() - 1, false), (ZIPPED.len(), true)] {
        // Zipped, seven bytes are longer than themselves: the limit holds for both.
        for (kind, transport) in each(&TransportOptions::default().body_limit(limit)) {
            let (address, _task) = serve(answer("gzip", ZIPPED)).await;
            let outcome = transport.unwrap().send(get(format!("http://{address}/"))).await;
            assert_eq!((outcome.is_ok(), kind), (fits, kind));
        }
    }
}
