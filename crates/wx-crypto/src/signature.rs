use sha1::{Digest, Sha1};
use subtle::ConstantTimeEq;

/// The signature (签名) of a callback: lower-case hex of the [`digest`] of the parts.
///
/// The parts are `[token, timestamp, nonce]` for `signature`, and `[token, timestamp, nonce, encrypt]` for
/// `msg_signature`, where `encrypt` is the base64 text exactly as it stands in the body
/// (protocol §6.2, §6.3; platform page 消息推送 / 服务器配置).
pub fn signature<const N: usize>(parts: [&str; N]) -> String {
    let mut hex = String::with_capacity(40);
    for byte in digest(parts) {
        hex.push(char::from(HEX[usize::from(byte >> 4)]));
        hex.push(char::from(HEX[usize::from(byte & 15)]));
    }
    hex
}

/// Whether `claimed` is the [`signature`] of the parts, compared in constant time.
///
/// Hex digits of either case are accepted; any other text is refused.
pub fn verify<const N: usize>(claimed: &str, parts: [&str; N]) -> bool {
    parse_hex(claimed).is_some_and(|claimed| digest(parts).ct_eq(&claimed).into())
}

/// SHA-1 over the parts, sorted by bytes and joined without anything between them (protocol §6.2).
///
/// Because nothing stands between them, `["1", "23"]` and `["12", "3"]` have the same digest: what is signed is the
/// joined text, never where one part ends.
pub fn digest<T: AsRef<[u8]> + Ord, const N: usize>(mut parts: [T; N]) -> [u8; 20] {
    parts.sort_unstable();
    let mut sha1 = Sha1::new();
    for part in parts {
        sha1.update(part);
    }
    sha1.finalize().into()
}

const HEX: &[u8; 16] = b"0123456789abcdef";

fn parse_hex(text: &str) -> Option<[u8; 20]> {
    let (pairs, rest) = text.as_bytes().as_chunks();
    let pairs: &[[u8; 2]; 20] = pairs.try_into().ok().filter(|_| rest.is_empty())?;
    let mut bytes = [0; 20];
    let mut seen = 0;
    for (byte, [high, low]) in bytes.iter_mut().zip(pairs) {
        let (high, low) = (VALUE[usize::from(*high)], VALUE[usize::from(*low)]);
        seen |= high | low;
        *byte = high << 4 | low;
    }
    (seen != NO_DIGIT).then_some(bytes)
}

/// The values of hex digits by their bytes. What is no digit has all bits set, so that one look at the end tells.
const VALUE: [u8; 256] = {
    let mut values = [NO_DIGIT; 256];
    let mut value = 0;
    while value < 16 {
        let digit = HEX[value as usize];
        values[digit as usize] = value;
        values[digit.to_ascii_uppercase() as usize] = value;
        value += 1;
    }
    values
};
const NO_DIGIT: u8 = 0xff;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_what_is_no_signature() {
        let good = signature(["t", "1", "2"]);
        assert!(verify(&good.to_uppercase(), ["t", "1", "2"]));
        for bad in ["", "00", &good[1..], &format!("{good}0"), &"é".repeat(20), &"g".repeat(40)] {
            assert!(!verify(bad, ["t", "1", "2"]), "{bad:?}");
        }
        assert!(!verify(&good, ["t", "1", "3"]));
    }

    #[test]
    fn knows_exactly_the_hex_digits() {
        for byte in 0..=u8::MAX {
            let text = char::from(byte).to_string().repeat(40);
            let digit = char::from(byte).to_digit(16).filter(|_| byte.is_ascii());
            let expected = digit.map(|digit| [u8::try_from(digit * 17).unwrap(); 20]);
            assert_eq!(parse_hex(&text[..40]), expected, "{byte:#x}");
        }
        assert_eq!(parse_hex(&format!("{}g", "0".repeat(39))), None);
        assert_eq!(parse_hex(&format!("f{}", "0".repeat(39))).unwrap()[0], 0xf0);
    }

    #[test]
    fn parts_have_no_borders() {
        assert_eq!(digest(["1", "23"]), digest(["12", "3"]));
        assert_ne!(digest(["1", "2"]), digest(["2", "1", "1"]));
        assert_eq!(signature(["abc"]), "a9993e364706816aba3e25717850c26c9cd0d89d");
    }
}
