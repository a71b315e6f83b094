use crate::{BaseUrl, Error, answer, call::Call, call::Target, hosts::Hosts, redactor::Redactor};
use bytes::Bytes;
use http::Response;
use serde::de::DeserializeOwned;
use std::{fmt, sync::Arc};
use wx_model::{AccessToken, AppSecret};
use wx_transport::{Transport, TransportError};

/// How an answer is read: path of the call, answer, what must not be shown.
pub(crate) type Read<T> = fn(&str, &Response<Bytes>, Redactor<'_>) -> Result<T, Error>;

/// Sends calls and reads their answers, whatever comes back.
#[derive(Clone)]
pub(crate) struct Exchange {
    pub(crate) transport: Arc<dyn Transport>,
    /// Only to take it out of what the other side writes. `None` where the token comes from elsewhere.
    pub(crate) secret: Option<AppSecret>,
    pub(crate) hosts: Arc<Hosts>,
    pub(crate) images: BaseUrl,
}

impl Exchange {
    /// A call, with this token if it needs one, its answer read as `read` does it.
    pub(crate) async fn once<T>(
        &self,
        call: &Call<'_>,
        token: Option<&AccessToken>,
        read: Read<T>,
    ) -> Result<T, Error> {
        let answer = self.send(call, token).await?;
        let secrets = [self.secret(), token.map_or("", AccessToken::expose)];
        read(call.path(), &answer, Redactor { secrets: &secrets, hides_bodies: false })
    }

    /// A call whose answer holds a token, and is therefore never quoted. `sent` are the secrets in it beside our own.
    pub(crate) async fn credential<R: DeserializeOwned>(
        &self,
        call: &Call<'_>,
        sent: &[&str],
    ) -> Result<R, Error> {
        let answer = self.send(call, None).await.map_err(Error::while_asking_for_token)?;
        let secrets = [&[self.secret()], sent].concat();
        let redactor = Redactor { secrets: &secrets, hides_bodies: true };
        answer::json(call.path(), &answer, redactor).map_err(Error::while_asking_for_token)
    }

    /// To one host after the other, as long as there is no connection.
    async fn send(&self, call: &Call<'_>, token: Option<&AccessToken>) -> Result<Response<Bytes>, Error> {
        if call.target == Target::Images {
            return self.deliver(&self.images, call, token).await?.map_err(|error| lost(call, error));
        }
        let first = self.hosts.current();
        let mut host = first;
        loop {
            match self.deliver(self.hosts.base(host), call, token).await? {
                Err(error) if error.is_connect() => match self.hosts.instead_of(host, first) {
                    Some(next) => host = next,
                    None => return Err(lost(call, error)),
                },
                answer => return answer.map_err(|error| lost(call, error)),
            }
        }
    }

    async fn deliver(
        &self,
        base: &BaseUrl,
        call: &Call<'_>,
        token: Option<&AccessToken>,
    ) -> Result<Result<Response<Bytes>, TransportError>, Error> {
        let answer = self.transport.send(call.request(base, token)?).await;
        match &answer {
            Ok(answer) => tracing::debug!(path = call.path(), status = answer.status().as_u16(), "answered"),
            Err(error) => tracing::debug!(path = call.path(), kind = error.kind().name(), "no answer"),
        }
        Ok(answer)
    }

    fn secret(&self) -> &str {
        self.secret.as_ref().map_or("", AppSecret::expose)
    }
}

fn lost(call: &Call<'_>, error: TransportError) -> Error {
    Error::transport(call.path(), error)
}

impl fmt::Debug for Exchange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Exchange").field("transport", &self.transport).finish_non_exhaustive()
    }
}
