//! The envelope of protocol §6.4 once more, in the plainest way: one block of AES at a time.

use aes::{
    Aes256Dec, Aes256Enc,
    cipher::{Array, BlockCipherDecrypt, BlockCipherEncrypt, KeyInit},
};
use base64::{
    Engine, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};

pub(crate) struct Reference {
    encrypt: Aes256Enc,
    decrypt: Aes256Dec,
    iv: [u8; 16],
}

impl Reference {
    pub(crate) fn new(encoding_aes_key: &str) -> Self {
        let key = BASE64.decode(encoding_aes_key).unwrap();
        let schedule = Array::try_from(key.as_slice()).unwrap();
        Self {
            encrypt: Aes256Enc::new(&schedule),
            decrypt: Aes256Dec::new(&schedule),
            iv: key[..16].try_into().unwrap(),
        }
    }

    /// Encrypts whole blocks, whatever they say.
    pub(crate) fn encrypt(&self, clear: &[u8]) -> Vec<u8> {
        let mut last = self.iv;
        let mut all = Vec::new();
        for block in clear.as_chunks().0 {
            let mut mixed = Array::from(xor(block, &last));
            self.encrypt.encrypt_block(&mut mixed);
            last = mixed.into();
            all.extend(last);
        }
        assert_eq!(all.len(), clear.len(), "whole blocks");
        all
    }

    fn decrypt(&self, encrypted: &[u8]) -> Vec<u8> {
        let mut last = &self.iv;
        let mut all = Vec::new();
        for block in encrypted.as_chunks().0 {
            let mut mixed = Array::from(*block);
            self.decrypt.decrypt_block(&mut mixed);
            all.extend(xor(&mixed.into(), last));
            last = block;
        }
        all
    }

    /// The message, if padding, length and appid are right.
    pub(crate) fn open(&self, app_id: &str, text: &str) -> Option<Vec<u8>> {
        let encrypted = BASE64.decode(text).ok().filter(|bytes| bytes.len() % 32 == 0)?;
        let mut clear = self.decrypt(&encrypted);
        let pad = *clear.last()?;
        if !(1..=32).contains(&pad) {
            return None;
        }
        for _ in 0..pad {
            clear.pop().filter(|byte| *byte == pad)?;
        }
        let (header, rest) = clear.split_at_checked(20)?;
        let length = u32::from_be_bytes(header[16..].try_into().unwrap());
        let (message, behind) = rest.split_at_checked(usize::try_from(length).unwrap())?;
        (behind == app_id.as_bytes()).then(|| message.to_vec())
    }
}

fn xor(a: &[u8; 16], b: &[u8; 16]) -> [u8; 16] {
    std::array::from_fn(|place| a[place] ^ b[place])
}

/// The engine without wide registers; it takes texts without `=` at the end, such as keys.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

pub(crate) fn encoded(bytes: &[u8]) -> String {
    BASE64.encode(bytes)
}
