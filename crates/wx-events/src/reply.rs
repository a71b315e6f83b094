//! Replies as XML or JSON.

mod admissible;
mod content;
mod invalid_reply;
mod json;
mod read;
mod writer;
mod xml;

use crate::received_push::Form;
pub use invalid_reply::InvalidReply;
pub(crate) use json::JsonWriter;
pub(crate) use read::{InvalidContent, read};
pub(crate) use writer::Writer;
use wx_model::{Push, Reply};
pub(crate) use xml::XmlWriter;

/// The clear body that answers `push` with something, addressed back to its sender (protocol §9).
pub(crate) fn write(form: Form, push: &Push, reply: &Reply, now: i64) -> Result<String, InvalidReply> {
    admissible::check(push, reply)?;
    match form {
        Form::Xml => write_with(XmlWriter::with_capacity(USUAL_BYTES), push, reply, now),
        Form::Json => write_with(JsonWriter::with_capacity(USUAL_BYTES), push, reply, now),
    }
}

fn write_with<W: Writer>(
    mut writer: W,
    push: &Push,
    reply: &Reply,
    now: i64,
) -> Result<String, InvalidReply> {
    writer.text("ToUserName", push.from_user.as_str());
    writer.text("FromUserName", push.to_user.as_str());
    writer.number("CreateTime", now);
    content::write(reply, &mut writer)?;
    Ok(writer.finish())
}

/// Room for a reply of some sentences.
const USUAL_BYTES: usize = 768;
