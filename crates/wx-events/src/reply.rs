//! Replies as elements, and elements as XML or JSON.

mod admissible;
mod element;
mod invalid_reply;
mod json;
mod xml;

use crate::received_push::Form;
pub(crate) use element::{Element, elements};
pub use invalid_reply::InvalidReply;

/// Writes the elements below the root.
pub(crate) fn write(form: Form, elements: &[Element<'_>]) -> String {
    match form {
        Form::Xml => xml::write(elements),
        Form::Json => json::write(elements),
    }
}
