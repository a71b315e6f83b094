//! What people put into codes.

/// The text with that number: platform urls of all lengths, other urls, Chinese, digits.
pub(crate) fn payload(number: usize) -> String {
    let mut letters = Letters(number as u64 + 1);
    let length = number / 10;
    match number % 10 {
        0..=5 => format!("http://weixin.qq.com/q/02{}", letters.take(16 + length % 12)),
        6 => format!("https://example.com/{}?from={number}", letters.take(1 + length % 60)),
        7 => format!("门店 {number} 号，扫码关注{}", &"有礼谢谢惠顾".repeat(3)[..3 * (length % 18)]),
        8 => letters.take(8 + length % 40).bytes().map(|letter| char::from(b'0' + letter % 10)).collect(),
        _ => format!("HTTPS://EXAMPLE.COM/{}", letters.take(1 + length % 30).to_ascii_uppercase()),
    }
}

struct Letters(u64);

impl Letters {
    fn take(&mut self, count: usize) -> String {
        const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        let letter = |_| {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            char::from(LETTERS[usize::try_from(self.0 >> 58).unwrap()])
        };
        (0..count).map(letter).collect()
    }
}
