use crate::{Error, redactor::Redactor};
use bytes::Bytes;
use http::{Response, StatusCode};
use memchr::{memchr, memmem};
use serde::de::DeserializeOwned;
use wx_model::ApiStatus;

/// Reads an answer as a success of this type, whatever its content type says (protocol §1.6).
pub(crate) fn json<R: DeserializeOwned>(
    path: &str,
    answer: &Response<Bytes>,
    redactor: Redactor<'_>,
) -> Result<R, Error> {
    let body = answer.body();
    if answer.status().is_success()
        && has_no_status(body)
        && let Ok(success) = serde_json::from_slice(body)
    {
        return Ok(success);
    }
    let status = serde_json::from_slice::<ApiStatus>(body);
    if let Ok(status) = &status {
        accepted(path, status, redactor)?;
    }
    successful(path, answer, redactor)?;
    status.and_then(|_| serde_json::from_slice(body)).map_err(|error| {
        Error::decode(path, format!("{}{}", reason(&error, body, redactor), quoted(body, redactor)))
    })
}

/// Whether it is an object in which no `errcode` and no `errmsg` can be found, so that there is one reading less to do.
/// An escape might hide one.
fn has_no_status(body: &[u8]) -> bool {
    body.starts_with(b"{") && memmem::find(body, b"\"err").is_none() && memchr(b'\\', body).is_none()
}

/// The bytes of a file, unless they are a refusal.
pub(crate) fn bytes(path: &str, answer: &Response<Bytes>, redactor: Redactor<'_>) -> Result<Bytes, Error> {
    if answer.body().trim_ascii_start().starts_with(b"{")
        && let Ok(status) = serde_json::from_slice::<ApiStatus>(answer.body())
    {
        accepted(path, &status, redactor)?;
    }
    successful(path, answer, redactor)?;
    Ok(answer.body().clone())
}

/// An absent errcode is a success; gateways may send a refusal with any HTTP status.
fn accepted(path: &str, status: &ApiStatus, redactor: Redactor<'_>) -> Result<(), Error> {
    if status.errcode.is_ok() {
        return Ok(());
    }
    let rid = status.rid().map(str::to_owned);
    Err(Error::api(path, status.errcode, redactor.clean(&status.errmsg), rid))
}

fn successful(path: &str, answer: &Response<Bytes>, redactor: Redactor<'_>) -> Result<(), Error> {
    let status = answer.status();
    if status.is_success() {
        return Ok(());
    }
    Err(Error::status(path, status, format!("{}{}", advice(status), quoted(answer.body(), redactor))))
}

fn advice(status: StatusCode) -> &'static str {
    match status.as_u16() {
        300..=399 => "redirects are not followed, check the base address",
        404 => "there is nothing at this address, check the path and the base address",
        429 => "too many requests, wait before repeating",
        500.. => "the server or a gateway before it is ill, try again later",
        _ => "this is not how the platform answers, check the base address and gateways on the way",
    }
}

/// What is wrong with a body, without its words if it may hold a secret: serde quotes values.
fn reason(error: &serde_json::Error, body: &[u8], redactor: Redactor<'_>) -> String {
    match body.trim_ascii_start().first() {
        None => "it is empty".to_owned(),
        Some(b'<') => "it is a page of HTML or XML, not JSON".to_owned(),
        Some(first) if *first != b'{' => "it is not a JSON object".to_owned(),
        _ if error.is_eof() => format!("its JSON is cut off after {} bytes", body.len()),
        _ if redactor.excerpt(body).is_some() => redactor.clean(&error.to_string()),
        _ => format!("something is wrong at line {} column {}", error.line(), error.column()),
    }
}

fn quoted(body: &[u8], redactor: Redactor<'_>) -> String {
    match redactor.excerpt(body) {
        Some(text) if text.is_empty() => String::new(),
        Some(text) => format!("; it begins with \"{text}\""),
        None => "; it is not shown here because it may hold a token".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;
    use wx_model::ErrCode;

    fn read(body: &'static str) -> Result<Value, Error> {
        let redactor = Redactor { secrets: &[], hides_bodies: false };
        json("/x", &Response::new(Bytes::from_static(body.as_bytes())), redactor)
    }

    #[test]
    fn an_errcode_is_found_however_it_is_written() {
        for body in [
            r#"{"errcode":40013,"errmsg":"invalid appid"}"#,
            r#" {"ticket":"t", "errcode" : 40013}"#,
            r#"{"err\u0063ode":40013}"#,
            r#"{"\u0065rrcode":40013}"#,
        ] {
            assert_eq!(read(body).unwrap_err().errcode(), Some(ErrCode::new(40013)), "{body}");
        }
    }

    #[test]
    fn an_answer_without_one_is_a_success() {
        for body in [r#"{"ticket":"t"}"#, r#"{"url":"http:\/\/a.test"}"#, r#"{"errcode":0,"a":"\"err"}"#] {
            assert!(read(body).is_ok(), "{body}");
        }
        assert!(read(r#"{"errmsg":5}"#).is_err());
    }
}
