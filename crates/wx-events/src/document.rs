//! Bodies as documents: XML or JSON, read under limits into fields.

mod bounded;
mod encrypt;
mod json;
mod malformed;
mod xml;

use crate::{Limits, failure::Failure, received_push::Form};
use bounded::Bounded;
pub(crate) use bounded::is_forbidden;
use encrypt::EncryptText;
pub(crate) use malformed::Malformed;
use memchr::memchr;
use std::borrow::Cow;
use wx_model::{Fields, FieldsBuilder, Push};

/// A body that fits the size limit and is UTF-8 without NUL. Nothing else was looked at.
pub(crate) struct Document<'a> {
    text: &'a str,
    limits: &'a Limits,
    pub(crate) form: Form,
}

impl<'a> Document<'a> {
    pub(crate) fn new(body: &'a [u8], limits: &'a Limits) -> Result<Self, Malformed> {
        Self::check_size(body, limits)?;
        let text = std::str::from_utf8(body).map_err(|_| Malformed::NotUtf8)?;
        if memchr(0, body).is_some() {
            return Err(Malformed::Nul);
        }
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let form = if text.trim_start().starts_with('{') { Form::Json } else { Form::Xml };
        Ok(Self { text, limits, form })
    }

    pub(crate) fn check_size(body: &[u8], limits: &Limits) -> Result<(), Malformed> {
        if body.len() > limits.bytes { Err(Malformed::Bytes { limit: limits.bytes }) } else { Ok(()) }
    }

    /// The `Encrypt` text of an envelope, if it has one. Everything else in it is read past, not kept.
    pub(crate) fn encrypt(&self) -> Result<Option<Cow<'a, str>>, Malformed> {
        match self.form {
            Form::Json => json::encrypt(self.text),
            Form::Xml => {
                let limits = Limits { text: usize::MAX, ..*self.limits };
                let mut sink = Bounded::new(EncryptText::new(self.text), &limits);
                xml::read(self.text, &mut sink)?;
                Ok(sink.into_inner().into_text())
            }
        }
    }

    /// Every leaf of the document.
    pub(crate) fn fields(&self) -> Result<Fields, Malformed> {
        let elements = (self.text.len() / USUAL_BYTES_PER_ELEMENT).min(self.limits.elements);
        let mut sink = Bounded::new(FieldsBuilder::over(self.text, elements), self.limits);
        match self.form {
            Form::Xml => xml::read(self.text, &mut sink)?,
            Form::Json => json::read(self.text, &mut sink)?,
        }
        Ok(sink.into_inner().finish())
    }
}

/// Types the fields of a document that should be a push.
pub(crate) fn into_push(fields: Fields) -> Result<Push, Failure> {
    if fields.get("MsgType").is_none() && fields.get("Encrypt").is_some() {
        return Err(Failure::StillEncrypted);
    }
    Push::from_fields(fields).map_err(Failure::Push)
}

/// A guess that makes room enough for the pushes of protocol §7 at once.
const USUAL_BYTES_PER_ELEMENT: usize = 32;
