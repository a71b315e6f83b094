use sha1::{Digest, Sha1};
use subtle::ConstantTimeEq;

/// The signature (签名) of a callback: lower-case hex of SHA-1 over the parts, sorted by bytes and joined.
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
    let Some(claimed) = parse_hex(claimed) else { return false };
    digest(parts).ct_eq(&claimed).into()
}

const HEX: &[u8; 16] = b"0123456789abcdef";

fn digest<const N: usize>(mut parts: [&str; N]) -> [u8; 20] {
    parts.sort_unstable();
    let mut sha1 = Sha1::new();
    for part in parts {
        sha1.update(part.as_bytes());
    }
    sha1.finalize().into()
}

fn parse_hex(text: &str) -> Option<[u8; 20]> {
    let digits: &[u8; 40] = text.as_bytes().try_into().ok()?;
    let mut bytes = [0; 20];
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        let high = char::from(pair[0]).to_digit(16)?;
        let low = char::from(pair[1]).to_digit(16)?;
        *byte = u8::try_from(high << 4 | low).ok()?;
    }
    Some(bytes)
}

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
}
