use crate::{BaseUrl, Error, answer, call::Call, redactor::Redactor};
use bytes::Bytes;
use http::Response;
use std::{fmt, sync::Arc};
use wx_model::{AccessToken, AppSecret, TokenResponse};
use wx_transport::Transport;

/// How an answer is read: path of the call, answer, what must not be shown.
pub(crate) type Read<T> = fn(&str, &Response<Bytes>, Redactor<'_>) -> Result<T, Error>;

/// Sends calls and reads their answers, whatever comes back.
#[derive(Clone)]
pub(crate) struct Exchange {
    pub(crate) transport: Arc<dyn Transport>,
    /// Only to take it out of what the other side writes.
    pub(crate) secret: AppSecret,
}

impl Exchange {
    /// A call with the token, its answer read as `read` does it.
    pub(crate) async fn authenticated<T>(
        &self,
        base: &BaseUrl,
        call: &Call<'_>,
        token: &AccessToken,
        read: Read<T>,
    ) -> Result<T, Error> {
        let answer = self.send(base, call, Some(token)).await?;
        read(call.path(), &answer, self.redactor(Some(token)))
    }

    /// The call that fetches a token. Its answer is never quoted.
    pub(crate) async fn token(&self, base: &BaseUrl, call: &Call<'_>) -> Result<TokenResponse, Error> {
        let answer = self.send(base, call, None).await.map_err(Error::while_asking_for_token)?;
        answer::json(call.path(), &answer, Redactor { hides_bodies: true, ..self.redactor(None) })
            .map_err(Error::while_asking_for_token)
    }

    /// A call without token, answered with a file.
    pub(crate) async fn public_bytes(&self, base: &BaseUrl, call: &Call<'_>) -> Result<Bytes, Error> {
        let answer = self.send(base, call, None).await?;
        answer::bytes(call.path(), &answer, self.redactor(None))
    }

    async fn send(
        &self,
        base: &BaseUrl,
        call: &Call<'_>,
        token: Option<&AccessToken>,
    ) -> Result<Response<Bytes>, Error> {
        let request = call.request(base, token)?;
        let answer = self.transport.send(request).await;
        let answer = answer.map_err(|error| Error::transport(call.path(), error))?;
        tracing::debug!(path = call.path(), status = answer.status().as_u16(), "answered");
        Ok(answer)
    }

    fn redactor<'a>(&'a self, token: Option<&'a AccessToken>) -> Redactor<'a> {
        Redactor { secret: &self.secret, token, hides_bodies: false }
    }
}

impl fmt::Debug for Exchange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Exchange").field("transport", &self.transport).finish_non_exhaustive()
    }
}
