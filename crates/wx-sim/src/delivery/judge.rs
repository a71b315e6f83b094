//! What the platform makes of an answer (protocol §6.3, §6.4, §8, §9).

use super::{Answer, Attempt, Receiver, Verdict, content::check_content};
use crate::{Mode, Push, xml::Element};
use wx_crypto::{open, verify};

pub(super) fn judge(receiver: &Receiver, push: &Push, mut answer: Answer) -> Attempt {
    let verdict = if answer.status != 200 {
        Verdict::Refused("the status is not 200")
    } else if answer.body == "success" || (answer.body.is_empty() && !receiver.is_for_notices) {
        Verdict::Acknowledged
    } else if receiver.is_for_notices {
        Verdict::Refused("the body is not `success`")
    } else {
        match read_reply(receiver, push, &answer.body) {
            Ok(reply) => {
                answer.reply = Some(reply);
                Verdict::Replied
            }
            Err(reason) => Verdict::Refused(reason),
        }
    };
    Attempt { verdict, answer: Some(answer) }
}

pub(super) type Reason = &'static str;

fn read_reply(receiver: &Receiver, push: &Push, body: &[u8]) -> Result<String, Reason> {
    let text = str::from_utf8(body).map_err(|_| NO_REPLY)?;
    let root = Element::read(text).filter(|root| root.name == "xml").ok_or(NO_REPLY)?;
    let is_encrypted = root.child("Encrypt").is_some();
    match (receiver.callback.mode, is_encrypted) {
        (Mode::Plain, true) => Err("the reply is encrypted, and the mode is plain"),
        (Mode::Safe, false) => Err("the reply is clear, and the mode is safe"),
        (_, false) => check_reply(receiver, push, &root).map(|()| text.to_owned()),
        (_, true) => {
            let clear = open_reply(receiver, &root)?;
            let inner = Element::read(&clear).filter(|root| root.name == "xml");
            check_reply(receiver, push, &inner.ok_or("what the reply encrypts is no XML")?)?;
            Ok(clear)
        }
    }
}

const NO_REPLY: Reason = "the body is neither `success`, nor empty, nor the XML of a reply";

fn open_reply(receiver: &Receiver, root: &Element<'_>) -> Result<String, Reason> {
    let [encrypt, claimed] = ["Encrypt", "MsgSignature"].map(|name| root.text_of(name));
    let [timestamp, nonce] = ["TimeStamp", "Nonce"].map(|name| root.text_of(name));
    if !is_number(timestamp) || nonce.is_empty() {
        return Err("the encrypted reply needs TimeStamp and Nonce");
    }
    if !verify(claimed, [&receiver.callback.token, timestamp, nonce, encrypt]) {
        return Err("the MsgSignature of the reply does not hold");
    }
    let clear = open(&receiver.callback.aes_key, &receiver.app_id, encrypt);
    let clear = clear.map_err(|_| "the envelope of the reply cannot be opened")?;
    String::from_utf8(clear).map_err(|_| "what the reply encrypts is no XML")
}

fn check_reply(receiver: &Receiver, push: &Push, reply: &Element<'_>) -> Result<(), Reason> {
    if reply.text_of("ToUserName") != push.openid {
        return Err("the ToUserName of the reply is not the follower");
    }
    if reply.text_of("FromUserName") != receiver.account {
        return Err("the FromUserName of the reply is not the account");
    }
    if !is_number(reply.text_of("CreateTime")) {
        return Err("the CreateTime of the reply is no number");
    }
    check_content(push, reply)
}

pub(super) fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
