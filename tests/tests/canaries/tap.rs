use async_trait::async_trait;
use bytes::Bytes;
use http::{Request, Response};
use serde_json::Value;
use std::{
    collections::BTreeSet,
    fmt,
    sync::{Arc, Mutex},
};
use wx_transport::{Transport, TransportError};

/// Remembers the secrets that go over the wire in both directions, by the names of their fields.
#[derive(Clone, Default)]
pub(crate) struct Tap(Arc<Mutex<BTreeSet<(String, String)>>>);

const NAMES: [&str; 7] = [
    "access_token",
    "component_access_token",
    "authorizer_access_token",
    "authorizer_refresh_token",
    "component_verify_ticket",
    "authorization_code",
    "pre_auth_code",
];

impl Tap {
    pub(crate) fn on<T>(&self, transport: T) -> Tapped<T> {
        Tapped { transport, tap: self.clone() }
    }

    /// Each with the name of its field.
    pub(crate) fn secrets(&self) -> Vec<(String, String)> {
        self.0.lock().unwrap().iter().cloned().collect()
    }

    fn hear(&self, body: &[u8]) {
        self.look(&serde_json::from_slice(body).unwrap_or_default());
    }

    fn look(&self, value: &Value) {
        for (name, value) in value.as_object().into_iter().flatten() {
            match value.as_str() {
                // Shorter ones are made up by tests.
                Some(secret) if NAMES.contains(&name.as_str()) && secret.len() >= 30 => {
                    self.0.lock().unwrap().insert((name.clone(), secret.to_owned()));
                }
                _ => self.look(value),
            }
        }
    }
}

pub(crate) struct Tapped<T> {
    transport: T,
    tap: Tap,
}

/// It holds what it has heard, so it shows nothing.
impl<T> fmt::Debug for Tapped<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Tapped")
    }
}

#[async_trait]
impl<T: Transport> Transport for Tapped<T> {
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        self.tap.hear(request.body());
        let answer = self.transport.send(request).await;
        if let Ok(answer) = &answer {
            self.tap.hear(answer.body());
        }
        answer
    }
}
