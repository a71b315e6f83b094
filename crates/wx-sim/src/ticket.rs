//! The texts of a code: its `url` and its ticket, with the anatomy of protocol §2.3.

use crate::{Random, platform::Life, random::base62};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

/// `http://weixin.qq.com/q/` and an id of 22 characters that begins with `02`; ids of permanent codes hold `10000`.
pub(crate) fn url(life: Life, serial: u64, random: &Random) -> String {
    let serial = base62(serial, 5);
    match life {
        Life::Permanent => {
            format!("{PREFIX}02{}{serial}10000{}", random.letters(6), random.letters(4))
        }
        Life::Seconds(_) => format!("{PREFIX}02{}{serial}", random.letters(15)),
    }
}

/// 72 bytes in 96 characters of the URL-safe alphabet.
pub(crate) fn ticket(url: &str, life: Life, now: i64, random: &Random) -> String {
    let seconds = match life {
        Life::Permanent => 0,
        Life::Seconds(seconds) => seconds,
    };
    // The field has 32 bits on the platform too.
    let created = u32::try_from(now).unwrap_or_default();
    let mut payload = vec![1, u8::try_from(url.len() + 1).unwrap_or(u8::MAX)];
    payload.extend(url.bytes().chain([0]));
    payload.extend([2, 4].into_iter().chain(created.to_le_bytes()));
    payload.extend([3, 4].into_iter().chain(seconds.to_le_bytes()));
    let length = u32::try_from(payload.len()).unwrap_or_default();

    let mut record = vec![0x81, 0x01];
    record.extend(random.bytes::<2>());
    record.extend(length.to_le_bytes().into_iter().chain([0; 4]));
    record.extend(payload);
    URL_SAFE_NO_PAD.encode(record)
}

const PREFIX: &str = "http://weixin.qq.com/q/";
