use crate::{document::Malformed, failure::Failure};
use std::fmt;
use wx_crypto::OpenFailure;

/// At which step a request failed, and why: for the operator of the account only, never for the sender.
///
/// It tells apart what an attacker must not be able to tell apart (see
/// [`Callback::diagnose`](crate::Callback::diagnose)). `Display` gives a sentence that says what is probably wrong
/// and what to do.
#[derive(Debug)]
pub struct Diagnosis(pub(crate) Failure);

/// The steps in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Step {
    /// The size of the body.
    Size,
    /// Finding the `Encrypt` element, in compatible and safe mode.
    FindEncrypt,
    /// The signature.
    Signature,
    /// The time window, if there is one.
    Window,
    /// Base64 of the `Encrypt` text.
    Base64,
    /// AES and padding.
    Decrypt,
    /// The length inside the decrypted text.
    Length,
    /// The appid at the end of the decrypted text.
    AppId,
    /// Reading the XML or JSON.
    Read,
    /// The fields that every push has.
    Push,
    /// The account in `ToUserName`, if one is expected.
    Account,
    /// The nonce memory, if there is one.
    Nonce,
}

impl Step {
    /// The name in lower case with underscores, for programs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Size => "size",
            Self::FindEncrypt => "find_encrypt",
            Self::Signature => "signature",
            Self::Window => "window",
            Self::Base64 => "base64",
            Self::Decrypt => "decrypt",
            Self::Length => "length",
            Self::AppId => "app_id",
            Self::Read => "read",
            Self::Push => "push",
            Self::Account => "account",
            Self::Nonce => "nonce",
        }
    }
}

impl Diagnosis {
    /// The step that failed.
    pub fn step(&self) -> Step {
        match &self.0 {
            Failure::MissingParameter(_) | Failure::Signature(_) => Step::Signature,
            Failure::NotEncrypted | Failure::UnannouncedEncrypt => Step::FindEncrypt,
            Failure::Stale { .. } => Step::Window,
            Failure::Envelope(OpenFailure::Base64) => Step::Base64,
            Failure::Envelope(OpenFailure::Length) => Step::Length,
            Failure::Envelope(OpenFailure::AppId) => Step::AppId,
            Failure::Envelope(_) => Step::Decrypt,
            Failure::Account => Step::Account,
            Failure::NonceReused => Step::Nonce,
            Failure::Document(Malformed::Bytes { .. }) => Step::Size,
            Failure::Push(_) | Failure::StillEncrypted => Step::Push,
            _ => Step::Read,
        }
    }

    /// The number that the platform's own library gives for this failure (protocol §6.5), where it has one:
    /// -40001 signature, -40002 XML, -40004 EncodingAESKey, -40005 appid, -40007 decryption, -40008 lengths after
    /// decryption, -40010 base64.
    pub fn code(&self) -> Option<i32> {
        match (&self.0, self.step()) {
            (Failure::StillEncrypted, _) => Some(-40004),
            (_, Step::Signature) => Some(-40001),
            (_, Step::FindEncrypt | Step::Read | Step::Push) => Some(-40002),
            (_, Step::AppId) => Some(-40005),
            (_, Step::Decrypt) => Some(-40007),
            (_, Step::Length) => Some(-40008),
            (_, Step::Base64) => Some(-40010),
            _ => None,
        }
    }
}

impl fmt::Display for Diagnosis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Failure::MissingParameter(name) => write!(
                f,
                "the query has no {name}; pass the query string on unchanged, through every proxy, and check the message mode"
            ),
            Failure::Signature(name) => write!(
                f,
                "the {name} is wrong; compare the Token with the console, letter by letter, and take query and body of the same request"
            ),
            Failure::NotEncrypted => f.write_str(
                "the body has no Encrypt element; set the console to this callback's mode, or the callback to the console's",
            ),
            Failure::UnannouncedEncrypt => f.write_str(
                "the body has an Encrypt element but the query says it is clear; look for a proxy that drops encrypt_type and msg_signature",
            ),
            Failure::Stale { seconds } => write!(
                f,
                "the timestamp is {seconds} s away from the clock here; set the clock, or widen the time window if this is an old request"
            ),
            Failure::Envelope(failure) => f.write_str(envelope_sentence(*failure)),
            Failure::Account => f.write_str(
                "the push is for another account; compare ToUserName with the original id (原始 ID) in the configuration",
            ),
            Failure::NonceReused => f.write_str(
                "another message came under this timestamp and nonce before; somebody has the query of a request and sends bodies of their own with it: use safe mode",
            ),
            Failure::StillEncrypted => f.write_str(
                "the body is encrypted only; configure safe mode with the EncodingAESKey, or choose plain mode in the console",
            ),
            Failure::Document(malformed) => write!(f, "{malformed}; look for a proxy that changes or cuts bodies"),
            Failure::Push(invalid) => write!(f, "{invalid}; is this a push at all?"),
            Failure::NoEcho | Failure::Reply(_) | Failure::Random(_) => f.write_str("this is no failure of a push"),
        }
    }
}

fn envelope_sentence(failure: OpenFailure) -> &'static str {
    match failure {
        OpenFailure::Base64 => {
            "the Encrypt text is no base64; look for a proxy that changes bodies, such as + into a blank"
        }
        OpenFailure::Length => {
            "the lengths in the envelope do not fit; the EncodingAESKey is probably another one, or the text was cut"
        }
        OpenFailure::AppId => {
            "the push was encrypted for another appid; compare the AppID with the console (third-party platform: component_appid)"
        }
        _ => {
            "the padding is wrong after decryption; the EncodingAESKey is probably another one: copy it again from the console"
        }
    }
}

impl std::error::Error for Diagnosis {}
