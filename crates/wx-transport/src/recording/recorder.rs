use super::{Recording, RecordingError, Seen};
use crate::{Redaction, Transport, TransportError, secrets::Secrets};
use async_trait::async_trait;
use bytes::Bytes;
use http::{Request, Response};
use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// A [`Transport`] that passes requests on and remembers them with their answers.
///
/// Clones record into the same place. What is remembered stays in memory, whole, until
/// [`recording`](Self::recording) makes something of it that may be kept.
#[derive(Clone)]
pub struct RecordingTransport<T> {
    inner: T,
    redaction: Redaction,
    tape: Arc<Mutex<Tape>>,
}

#[derive(Default)]
struct Tape {
    /// In the order in which the requests were sent; empty as long as there is no outcome.
    seen: Vec<Option<Seen>>,
    secrets: Vec<String>,
}

impl<T> RecordingTransport<T> {
    /// Records what goes through this transport.
    pub fn new(inner: T) -> Self {
        Self { inner, redaction: Redaction::default(), tape: Arc::default() }
    }

    /// With another rule about which fields hold credentials.
    pub fn redaction(mut self, redaction: Redaction) -> Self {
        self.redaction = redaction;
        self
    }

    /// Keeps this text out of the recording wherever it stands, in any usual encoding. Give each secret that you know:
    /// those in fields without a telling name are found by nothing else. It must have six bytes or more.
    pub fn hide_value(&self, secret: impl Into<String>) {
        self.tape().secrets.push(secret.into());
    }

    /// What was recorded until now, without credentials: those in telling fields, and the same texts wherever else
    /// they stand, also percent-encoded, in hexadecimal or in base64. Requests without an outcome yet are left out.
    ///
    /// # Errors
    ///
    /// [`RecordingError`] if something is compressed, so that credentials may hide in it.
    pub fn recording(&self) -> Result<Recording, RecordingError> {
        let tape = self.tape();
        let mut secrets = Secrets::new(self.redaction.clone());
        tape.secrets.iter().for_each(|secret| secrets.learn(secret));
        tape.seen.iter().flatten().for_each(|seen| seen.teach(&mut secrets));
        let seen = tape.seen.iter().flatten();
        if let Some((_, number)) = seen.clone().zip(1..).find(|(seen, _)| seen.is_compressed()) {
            return Err(RecordingError::compressed(number));
        }
        let exchanges = seen.map(|seen| seen.clean(&secrets)).collect();
        Ok(Recording::new(self.redaction.clone(), exchanges))
    }

    fn tape(&self) -> MutexGuard<'_, Tape> {
        self.tape.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl<T: Transport> Transport for RecordingTransport<T> {
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        let place = {
            let mut tape = self.tape();
            tape.seen.push(None);
            tape.seen.len() - 1
        };
        let outcome = self.inner.send(request.clone()).await;
        let seen =
            Seen { request, outcome: outcome.as_ref().map(Response::clone).map_err(TransportError::kind) };
        self.tape().seen[place] = Some(seen);
        outcome
    }
}

impl<T: fmt::Debug> fmt::Debug for RecordingTransport<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let requests = self.tape().seen.len();
        f.debug_struct("RecordingTransport")
            .field("inner", &self.inner)
            .field("requests", &requests)
            .finish_non_exhaustive()
    }
}
