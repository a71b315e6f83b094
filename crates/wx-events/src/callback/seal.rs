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
        let (random, nonce) = self.draw()?;
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

    /// The 16 bytes before the message and a nonce, in one draw because each may be a call of the system.
    fn draw(&self) -> Result<([u8; 16], String), Failure> {
        let mut bytes = [0; 20];
        self.random.fill(&mut bytes)?;
        let [random @ .., a, b, c, d] = bytes;
        Ok((random, u32::from_be_bytes([a, b, c, d]).to_string()))
    }
}
