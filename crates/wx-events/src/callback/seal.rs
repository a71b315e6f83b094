use super::{Callback, EnvelopeKey};
use crate::{
    InvalidReply, ReceivedPush,
    failure::Failure,
    received_push::Form,
    reply::{Element, elements, write},
};
use wx_model::Reply;

impl Callback {
    pub(super) fn answer(&self, received: &ReceivedPush, reply: &Reply, now: i64) -> Result<String, Failure> {
        if *reply == Reply::None {
            return Ok("success".to_owned());
        }
        let clear = write(received.form, &elements(received, reply, now)?);
        match (received.encrypted, &self.envelope) {
            (false, _) => Ok(clear),
            (true, Some(envelope)) => self.encrypt(envelope, received.form, &clear, now),
            (true, None) => Err(InvalidReply::NoKey.into()),
        }
    }

    fn encrypt(&self, envelope: &EnvelopeKey, form: Form, clear: &str, now: i64) -> Result<String, Failure> {
        let mut random = [0; 16];
        self.random.fill(&mut random)?;
        let mut nonce = [0; 4];
        self.random.fill(&mut nonce)?;
        let nonce = u32::from_be_bytes(nonce).to_string();
        let encrypt = wx_crypto::seal(&envelope.key, envelope.app_id.as_str(), random, clear.as_bytes());
        let signature = wx_crypto::signature([self.token.expose(), &now.to_string(), &nonce, &encrypt]);
        Ok(write(
            form,
            &[
                Element::Text("Encrypt", &encrypt),
                Element::Text("MsgSignature", &signature),
                Element::Number("TimeStamp", now),
                Element::Text("Nonce", &nonce),
            ],
        ))
    }
}
