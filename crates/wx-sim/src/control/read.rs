use super::answers::Refused;
use axum::{body::to_bytes, extract::Request};
use serde::de::DeserializeOwned;
use std::time::Duration;

const LONGEST_BODY: usize = 16 * 1024;
const BODY_LIMIT: Duration = Duration::from_secs(10);

/// Reads a JSON body, whatever its label says.
pub(super) async fn read<T: DeserializeOwned>(request: Request) -> Result<T, Refused> {
    let body = tokio::time::timeout(BODY_LIMIT, to_bytes(request.into_body(), LONGEST_BODY)).await;
    let body = body.map_err(|_| Refused::slow())?.map_err(|_| Refused::long(LONGEST_BODY))?;
    serde_json::from_slice(&body).map_err(|error| Refused::body(&error))
}

/// A number in the query; `otherwise` where it is left out.
pub(super) fn number(request: &Request, name: &str, otherwise: u64) -> Result<u64, Refused> {
    let query = request.uri().query().unwrap_or_default();
    match form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == name) {
        None => Ok(otherwise),
        Some((_, value)) => {
            value.parse().map_err(|_| Refused::invalid(format!("`{name}` of the query is no whole number")))
        }
    }
}
