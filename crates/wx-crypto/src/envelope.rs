use crate::{
    EncodingAesKey,
    base64_text::{from_base64, push_base64},
};
use aes::cipher::{Array, BlockModeDecrypt, BlockModeEncrypt, InnerIvInit};
use std::fmt;
use subtle::ConstantTimeEq;

/// Encrypts a message for the account `app_id` and returns the base64 text of the `Encrypt` element.
///
/// `random` are the 16 bytes that stand before the message; take them from a secure source and never twice
/// (protocol §6.4). For a third-party platform (第三方平台) `app_id` is the component's appid.
///
/// # Panics
///
/// If the message is longer than 4 GiB.
pub fn seal(key: &EncodingAesKey, app_id: &str, random: [u8; 16], message: &[u8]) -> String {
    let mut text = String::with_capacity(sealed_length(app_id, message.len()));
    push_sealed(&mut text, key, app_id, random, message);
    text
}

/// Writes what [`seal`] returns at the end of `text`.
///
/// # Panics
///
/// If the message is longer than 4 GiB.
pub fn push_sealed(text: &mut String, key: &EncodingAesKey, app_id: &str, random: [u8; 16], message: &[u8]) {
    let length = u32::try_from(message.len()).expect("a message fits in 4 GiB");
    let clear = HEADER + message.len() + app_id.len();
    let pad = PAD_BLOCK - clear % PAD_BLOCK;
    let mut buffer = Vec::with_capacity(clear + pad);
    buffer.extend_from_slice(&random);
    buffer.extend_from_slice(&length.to_be_bytes());
    buffer.extend_from_slice(message);
    buffer.extend_from_slice(app_id.as_bytes());
    buffer.resize(clear + pad, u8::try_from(pad).expect("pad is 1..=32"));
    let mut cipher = cbc::Encryptor::inner_iv_init(&key.encrypt, &key.iv);
    cipher.encrypt_blocks(Array::slice_as_chunks_mut(&mut buffer).0);
    push_base64(text, &buffer);
}

/// How many characters [`seal`] makes of a message of `message` bytes.
pub fn sealed_length(app_id: &str, message: usize) -> usize {
    let clear = HEADER + message + app_id.len();
    let padded = clear + PAD_BLOCK - clear % PAD_BLOCK;
    padded.div_ceil(3) * 4
}

/// Decrypts the text of an `Encrypt` element and returns the message inside.
///
/// Call [`verify`](crate::verify) first: the envelope carries nothing that would tell a changed message from the
/// sender's own. Every length is checked before use; the work and the memory are proportional to the text.
///
/// # Errors
///
/// [`OpenError`], which reads the same whatever was wrong, so that it may be shown to a stranger;
/// [`OpenError::failure`] tells the operator more.
pub fn open(key: &EncodingAesKey, app_id: &str, encrypt: &str) -> Result<Vec<u8>, OpenError> {
    let mut buffer = decrypt(key, encrypt, PAD_BLOCK).map_err(OpenError)?;
    let clear = unpadded_length(&buffer).ok_or(OpenError(OpenFailure::Padding))?;
    let end = message_end(&buffer[..clear]).ok_or(OpenError(OpenFailure::Length))?;
    if !bool::from(buffer[end..clear].ct_eq(app_id.as_bytes())) {
        return Err(OpenError(OpenFailure::AppId));
    }
    buffer.truncate(end);
    buffer.drain(..HEADER);
    Ok(buffer)
}

/// All that stands in an envelope of whole blocks of `block` bytes, which are one or two of AES.
pub(crate) fn decrypt(key: &EncodingAesKey, encrypt: &str, block: usize) -> Result<Vec<u8>, OpenFailure> {
    let mut buffer = from_base64(encrypt).ok_or(OpenFailure::Base64)?;
    if buffer.is_empty() || buffer.len() % block != 0 {
        return Err(OpenFailure::Length);
    }
    let mut cipher = cbc::Decryptor::inner_iv_init(&key.decrypt, &key.iv);
    cipher.decrypt_blocks(Array::slice_as_chunks_mut(&mut buffer).0);
    Ok(buffer)
}

/// An envelope that was refused. All causes read the same: no hint for an attacker (no padding oracle).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenError(OpenFailure);

impl OpenError {
    /// What exactly was wrong. For the operator's own diagnosis only: never let it reach the sender.
    pub fn failure(&self) -> OpenFailure {
        self.0
    }
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the envelope was refused")
    }
}

impl std::error::Error for OpenError {}

/// The step at which an envelope was refused (protocol §6.5 gives the platform's own numbers).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum OpenFailure {
    /// The text is not base64.
    Base64,
    /// The cipher text is no multiple of 32 bytes, or the inner length points outside.
    Length,
    /// The padding is not 1..=32 equal bytes: usually another EncodingAESKey.
    Padding,
    /// The appid at the end is another one.
    AppId,
}

/// Padding goes by 32 bytes although an AES block has 16.
const PAD_BLOCK: usize = 32;
/// 16 random bytes and the length.
pub(crate) const HEADER: usize = 20;

/// The length without the padding, if that is 1..=32 equal bytes. Looks at 32 bytes whatever they are, so that the
/// time it takes says nothing about them.
fn unpadded_length(buffer: &[u8]) -> Option<usize> {
    let tail: &[u8; PAD_BLOCK] = buffer.last_chunk()?;
    let pad = tail[PAD_BLOCK - 1];
    let mut uneven = 0;
    for (place, byte) in (0..).zip(tail.iter().rev()) {
        let all_bits_if_inside = (place - i16::from(pad)) >> 15;
        uneven |= all_bits_if_inside & i16::from(byte ^ pad);
    }
    let is_even = (1..=PAD_BLOCK).contains(&usize::from(pad)) && uneven == 0;
    buffer.len().checked_sub(usize::from(pad)).filter(|_| is_even)
}

fn message_end(clear: &[u8]) -> Option<usize> {
    let length: [u8; 4] = clear.get(16..HEADER)?.try_into().ok()?;
    let end = HEADER.checked_add(usize::try_from(u32::from_be_bytes(length)).ok()?)?;
    (end <= clear.len()).then_some(end)
}
