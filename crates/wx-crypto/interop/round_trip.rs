//! The other side of `round_trip.py`: answers each line of stdin with a line on stdout. Fields stand between tabs, bytes
//! in hex.
//!
//! ```text
//! seal  KEY  APPID  RANDOM  MESSAGE   the text of the Encrypt element
//! open  KEY  APPID  ENCRYPT           the message, or `refused`
//! sign  PART  PART  PART  [PART]      the signature
//! ```

use std::io::{self, BufRead, BufWriter, Write};
use wx_crypto::{open, seal, signature};

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let mut out = BufWriter::new(io::stdout().lock());
    for line in io::stdin().lock().lines() {
        let line = line?;
        let fields: Vec<_> = line.split('\t').collect();
        writeln!(out, "{}", answer(&fields)?)?;
    }
    Ok(out.flush()?)
}

fn answer(fields: &[&str]) -> Result<String, Failure> {
    Ok(match *fields {
        ["seal", key, app_id, random, message] => {
            let random = from_hex(random)?.try_into().map_err(|_| "the random bytes are not 16")?;
            seal(&key.parse()?, app_id, random, &from_hex(message)?)
        }
        ["open", key, app_id, encrypt] => open(&key.parse()?, app_id, encrypt)
            .map_or_else(|_| "refused".to_owned(), |message| to_hex(&message)),
        ["sign", a, b, c] => signature([a, b, c]),
        ["sign", a, b, c, d] => signature([a, b, c, d]),
        _ => return Err("no such question".into()),
    })
}

fn from_hex(text: &str) -> Result<Vec<u8>, Failure> {
    let pairs = text.as_bytes().chunks(2).map(|pair| Ok(u8::from_str_radix(std::str::from_utf8(pair)?, 16)?));
    pairs.collect()
}

fn to_hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|digit| char::from_digit(digit.into(), 16))
        .collect()
}
