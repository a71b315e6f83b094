use crate::EncodingAesKey;
use aes::cipher::{BlockModeDecrypt, BlockModeEncrypt, InnerIvInit, block_padding::NoPadding};
use base64::{
    Engine, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
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
    let length = u32::try_from(message.len()).expect("a message fits in 4 GiB");
    let clear = HEADER + message.len() + app_id.len();
    let pad = PAD_BLOCK - clear % PAD_BLOCK;
    let mut buffer = Vec::with_capacity(clear + pad);
    buffer.extend_from_slice(&random);
    buffer.extend_from_slice(&length.to_be_bytes());
    buffer.extend_from_slice(message);
    buffer.extend_from_slice(app_id.as_bytes());
    buffer.resize(clear + pad, u8::try_from(pad).expect("pad is 1..=32"));
    let cipher = cbc::Encryptor::inner_iv_init(key.encrypt.clone(), &key.iv.into());
    let whole = buffer.len();
    cipher.encrypt_padded::<NoPadding>(&mut buffer, whole).expect("the length is a multiple of the block");
    BASE64.encode(buffer)
}

/// Decrypts the text of an `Encrypt` element and returns the message inside.
///
/// Call [`verify`](crate::verify) first. Every length is checked before use; the work and the memory are
/// proportional to the text.
///
/// # Errors
///
/// [`OpenError`], which reads the same whatever was wrong, so that it may be shown to a stranger;
/// [`OpenError::failure`] tells the operator more.
pub fn open(key: &EncodingAesKey, app_id: &str, encrypt: &str) -> Result<Vec<u8>, OpenError> {
    let mut buffer = BASE64.decode(encrypt).map_err(|_| OpenError(OpenFailure::Base64))?;
    if buffer.is_empty() || buffer.len() % PAD_BLOCK != 0 {
        return Err(OpenError(OpenFailure::Length));
    }
    let cipher = cbc::Decryptor::inner_iv_init(key.decrypt.clone(), &key.iv.into());
    cipher.decrypt_padded::<NoPadding>(&mut buffer).map_err(|_| OpenError(OpenFailure::Length))?;
    let clear = unpadded_length(&buffer).ok_or(OpenError(OpenFailure::Padding))?;
    let end = message_end(&buffer[..clear]).ok_or(OpenError(OpenFailure::Length))?;
    if !bool::from(buffer[end..clear].ct_eq(app_id.as_bytes())) {
        return Err(OpenError(OpenFailure::AppId));
    }
    buffer.truncate(end);
    buffer.drain(..HEADER);
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
const HEADER: usize = 20;

const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

fn unpadded_length(buffer: &[u8]) -> Option<usize> {
    let pad = usize::from(*buffer.last()?);
    let clear = buffer.len().checked_sub(pad)?;
    let even = buffer[clear..].iter().all(|byte| usize::from(*byte) == pad);
    ((1..=PAD_BLOCK).contains(&pad) && even).then_some(clear)
}

fn message_end(clear: &[u8]) -> Option<usize> {
    let length: [u8; 4] = clear.get(16..HEADER)?.try_into().ok()?;
    let end = HEADER.checked_add(usize::try_from(u32::from_be_bytes(length)).ok()?)?;
    (end <= clear.len()).then_some(end)
}
