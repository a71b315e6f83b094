use super::Callback;
use crate::{
    InvalidReply, ReceivedPush,
    failure::Failure,
    received_push::Form,
    reply::{JsonWriter, Writer, XmlWriter, write},
};
use wx_crypto::{EncodingAesKey, push_sealed, sealed_length, signature};
use wx_model::Reply;

impl Callback {
    pub(super) fn answer(&self, received: &ReceivedPush, reply: &Reply, now: i64) -> Result<String, Failure> {
        match reply {
            Reply::None => return Ok("success".to_owned()),
            Reply::Empty => return Ok(String::new()),
            _ => {}
        }
        let clear = write(received.form, received, reply, now)?;
        if !received.is_encrypted() {
            return Ok(clear);
        }
        let secrets = self.secrets_of(received).ok_or(InvalidReply::NoKey)?;
        let (salt, nonce) = self.draw()?;
        Ok(match received.form {
            Form::Xml => secrets.envelope::<XmlWriter>(&clear, salt, &nonce, now),
            Form::Json => secrets.envelope::<JsonWriter>(&clear, salt, &nonce, now),
        })
    }

    /// The 16 bytes before the message and a nonce, in one draw because each may be a call of the system.
    pub(super) fn draw(&self) -> Result<([u8; 16], String), Failure> {
        let [salt @ .., a, b, c, d] = self.random.draw()?;
        Ok((salt, u32::from_be_bytes([a, b, c, d]).to_string()))
    }

    /// The secrets that the push came under, so that whoever sent it can open the reply.
    fn secrets_of(&self, received: &ReceivedPush) -> Option<Secrets<'_>> {
        let envelope = self.envelope.as_ref()?;
        Some(Secrets {
            token: self.token.get(received.token)?.expose(),
            key: envelope.key.get(received.key?)?,
            app_id: envelope.app_id.as_str(),
        })
    }
}

struct Secrets<'a> {
    token: &'a str,
    key: &'a EncodingAesKey,
    app_id: &'a str,
}

impl Secrets<'_> {
    /// The envelope around a clear reply (protocol §6.4).
    fn envelope<W: Writer>(&self, clear: &str, salt: [u8; 16], nonce: &str, now: i64) -> String {
        let mut timestamp = itoa::Buffer::new();
        let timestamp = timestamp.format(now);
        let mut signed = String::new();
        let mut writer = W::with_capacity(sealed_length(self.app_id, clear.len()) + FRAME);
        writer.plain("Encrypt", |body| {
            let start = body.len();
            push_sealed(body, self.key, self.app_id, salt, clear.as_bytes());
            signed = signature([self.token, timestamp, nonce, &body[start..]]);
        });
        writer.plain("MsgSignature", |body| body.push_str(&signed));
        writer.number("TimeStamp", now);
        writer.plain("Nonce", |body| body.push_str(nonce));
        writer.finish()
    }
}

/// Room for all of an envelope but the `Encrypt` text.
const FRAME: usize = 256;
