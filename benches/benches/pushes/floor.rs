//! The work that nobody can avoid, without anything around it.
#![expect(clippy::unwrap_used, reason = "a benchmark stops at the first surprise")]

use aes::{
    Aes256Dec, Aes256Enc,
    cipher::{Array, BlockModeDecrypt, BlockModeEncrypt, InnerIvInit, KeyInit},
};
use base64::{Engine, alphabet::STANDARD, engine::GeneralPurpose, engine::GeneralPurposeConfig};
use quick_xml::{Reader, events::Event};
use sha1::{Digest, Sha1};
use std::hint::black_box;

const BASE64: GeneralPurpose = GeneralPurpose::new(&STANDARD, GeneralPurposeConfig::new());

/// Base64 and AES-CBC alone, with the key schedule made beforehand.
pub(crate) struct Floor {
    encrypt: Aes256Enc,
    decrypt: Aes256Dec,
    iv: [u8; 16],
}

impl Floor {
    pub(crate) fn new(key: &str) -> Self {
        let lenient = GeneralPurposeConfig::new().with_decode_allow_trailing_bits(true);
        let bytes = GeneralPurpose::new(&STANDARD, lenient).decode(format!("{key}=")).unwrap();
        let key = Array::try_from(bytes.as_slice()).unwrap();
        Self {
            encrypt: Aes256Enc::new(&key),
            decrypt: Aes256Dec::new(&key),
            iv: bytes[..16].try_into().unwrap(),
        }
    }

    /// Gives the message without the 20 bytes before and the appid behind it.
    pub(crate) fn decrypt(&self, text: &str) -> Vec<u8> {
        let mut bytes = BASE64.decode(text).unwrap();
        let mut cipher = cbc::Decryptor::inner_iv_init(self.decrypt.clone(), &self.iv.into());
        cipher.decrypt_blocks(Array::slice_as_chunks_mut(&mut bytes).0);
        let length = u32::from_be_bytes(bytes[16..20].try_into().unwrap());
        bytes.truncate(20 + usize::try_from(length).unwrap());
        bytes.drain(..20);
        bytes
    }

    pub(crate) fn encrypt(&self, message: &[u8], app_id: &str) -> String {
        let mut bytes = [&[7; 20], message, app_id.as_bytes()].concat();
        bytes.resize(bytes.len().next_multiple_of(32), 7);
        let mut cipher = cbc::Encryptor::inner_iv_init(self.encrypt.clone(), &self.iv.into());
        cipher.encrypt_blocks(Array::slice_as_chunks_mut(&mut bytes).0);
        BASE64.encode(bytes)
    }
}

pub(crate) fn sha1(mut parts: [&str; 4]) -> [u8; 20] {
    parts.sort_unstable();
    let mut sha1 = Sha1::new();
    for part in parts {
        sha1.update(part);
    }
    sha1.finalize().into()
}

/// A bare borrowed pass of quick-xml: the floor of every reading.
pub(crate) fn pass(text: &str) -> usize {
    let mut reader = Reader::from_str(black_box(text));
    let mut events = 0;
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => return events,
            event => {
                black_box(&event);
                events += 1;
            }
        }
    }
}
