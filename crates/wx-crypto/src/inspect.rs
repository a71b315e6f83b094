use crate::{
    EncodingAesKey, OpenFailure,
    envelope::{HEADER, decrypt},
};

/// Looks into the text of an `Encrypt` element without asking whom it is for, and past wrong padding.
///
/// For the operator's own diagnosis only: it says whether the key fits, and which appid stands inside where
/// [`open`](crate::open) refuses. A service must never tell a sender what it says.
///
/// # Errors
///
/// The [`OpenFailure`] that stands in the way: no base64, no whole AES blocks, or no message, which almost always
/// means another EncodingAESKey.
pub fn inspect(key: &EncodingAesKey, encrypt: &str) -> Result<Inside, OpenFailure> {
    let buffer = decrypt(key, encrypt, AES_BLOCK)?;
    let (padding, clear) = Padding::of(&buffer);
    let otherwise = if padding == Padding::Wrong { OpenFailure::Padding } else { OpenFailure::Length };
    let (message, app_id) = split(&buffer[..clear]).ok_or(otherwise)?;
    let app_id = String::from_utf8_lossy(app_id);
    Ok(Inside {
        message: message.to_vec(),
        app_id: app_id.trim_end_matches(char::is_control).to_owned(),
        padding,
    })
}

/// What stands in an envelope, right or not.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Inside {
    /// The message, as long as the length before it says.
    pub message: Vec<u8>,
    /// The text behind the message: the appid that the sender encrypted for. Bytes that are no UTF-8 are replaced.
    pub app_id: String,
    /// How the end is filled up.
    pub padding: Padding,
}

/// How the end of a decrypted envelope is filled up (protocol §6.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Padding {
    /// To a multiple of 32 bytes, as the platform does it.
    To32,
    /// To a multiple of 16 bytes, which AES libraries do on their own; the platform and [`open`](crate::open) refuse it.
    To16,
    /// Not at all, or with bytes that are no padding.
    Wrong,
}

impl Padding {
    /// The padding of a buffer and the length without it.
    fn of(buffer: &[u8]) -> (Self, usize) {
        let pad = usize::from(buffer.last().copied().unwrap_or_default());
        let clear = buffer.len().saturating_sub(pad);
        let is_even = (1..=2 * AES_BLOCK).contains(&pad)
            && pad <= buffer.len()
            && buffer[clear..].iter().all(|byte| usize::from(*byte) == pad);
        match buffer.len() % (2 * AES_BLOCK) {
            0 if is_even => (Self::To32, clear),
            AES_BLOCK if is_even && pad <= AES_BLOCK => (Self::To16, clear),
            _ => (Self::Wrong, buffer.len()),
        }
    }
}

const AES_BLOCK: usize = 16;

/// The message and what follows it.
fn split(clear: &[u8]) -> Option<(&[u8], &[u8])> {
    let (header, rest) = clear.split_at_checked(HEADER)?;
    let length: [u8; 4] = header[16..].try_into().ok()?;
    rest.split_at_checked(usize::try_from(u32::from_be_bytes(length)).ok()?)
}
