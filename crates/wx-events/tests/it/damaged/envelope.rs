use super::{
    dice::Dice,
    reference::{Reference, encoded},
};
use crate::samples::APP_ID;

/// An envelope as the platform makes it, with all that stands in it.
pub(crate) struct Envelope {
    random: [u8; 16],
    pub(crate) message: String,
    /// What is encrypted.
    pub(crate) bytes: Vec<u8>,
    pub(crate) text: String,
}

impl Envelope {
    /// Around a text push of any length, and so with any padding.
    pub(crate) fn thrown(key: &Reference, dice: &mut Dice) -> Self {
        let (random, message) = (dice.bytes(), message(dice.below(160)));
        let bytes = key.encrypt(&filled(clear(random, &message, APP_ID)));
        Self { random, text: encoded(&bytes), message, bytes }
    }

    pub(crate) fn clear(&self) -> Vec<u8> {
        filled(clear(self.random, &self.message, APP_ID))
    }

    pub(crate) fn for_app_id(&self, app_id: &str) -> Vec<u8> {
        filled(clear(self.random, &self.message, app_id))
    }

    pub(crate) fn with_length(&self, change: impl FnOnce(u32) -> u32) -> Vec<u8> {
        let mut bytes = self.clear();
        let length = change(u32::try_from(self.message.len()).unwrap());
        bytes[16..20].copy_from_slice(&length.to_be_bytes());
        bytes
    }

    /// Filled up with bytes of this value: as many as it says, or as many as would have been right.
    pub(crate) fn padded_with(&self, pad: u8, dice: &mut Dice) -> Vec<u8> {
        let right = dice.between(1, 33);
        let count = dice.one_of(&[right, usize::from(pad).max(1)]);
        let mut bytes = self.clear_before(count, 0);
        bytes.resize(bytes.len() + count, pad);
        bytes
    }

    /// Filled up rightly, but for one byte before the last.
    pub(crate) fn padded_unevenly(&self, dice: &mut Dice) -> Vec<u8> {
        let count = dice.between(2, 33);
        let mut bytes = filled(self.clear_before(count, 0));
        let place = bytes.len() - dice.between(2, count + 1);
        bytes[place] ^= 1 << dice.below(8);
        bytes
    }

    /// To a multiple of 16 that is none of 32, as AES libraries do on their own.
    pub(crate) fn padded_to_16(&self, dice: &mut Dice) -> Vec<u8> {
        let count = dice.between(1, 17);
        let mut bytes = self.clear_before(count, 16);
        bytes.resize(bytes.len() + count, u8::try_from(count).unwrap());
        bytes
    }

    /// With a message of such a length that with `count` more bytes `rest` are left over a multiple of 32.
    fn clear_before(&self, count: usize, rest: usize) -> Vec<u8> {
        let bare = clear(self.random, &message(0), APP_ID).len() + count;
        clear(self.random, &message((rest + 32 - bare % 32) % 32), APP_ID)
    }
}

fn message(content: usize) -> String {
    format!(
        "<xml><FromUserName>o</FromUserName><CreateTime>1</CreateTime><MsgType>text</MsgType><Content>{}</Content></xml>",
        "x".repeat(content)
    )
}

fn clear(random: [u8; 16], message: &str, app_id: &str) -> Vec<u8> {
    let length = u32::try_from(message.len()).unwrap().to_be_bytes();
    [&random, length.as_slice(), message.as_bytes(), app_id.as_bytes()].concat()
}

/// With the padding that protocol §6.4 asks for.
fn filled(mut bytes: Vec<u8>) -> Vec<u8> {
    let pad = 32 - bytes.len() % 32;
    bytes.resize(bytes.len() + pad, u8::try_from(pad).unwrap());
    bytes
}
