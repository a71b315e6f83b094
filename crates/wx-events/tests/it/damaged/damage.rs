use super::{
    dice::Dice,
    envelope::Envelope,
    reference::{Reference, encoded},
};
use crate::samples::APP_ID;
use wx_crypto::OpenFailure::{self, AppId, Base64, Length, Padding};

/// What is done to an envelope before it arrives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Damage {
    BitsAnywhere,
    BitsInTheLastBlock,
    Letter,
    Cut,
    CutBytes,
    CutBlocks,
    SwappedBlocks,
    RepeatedBlocks,
    ForeignPrefix,
    ForeignSuffix,
    Pad0,
    Pad33,
    Pad255,
    OtherPad,
    UnevenPad,
    PaddedTo16,
    LengthByOne,
    LengthOfGigabytes,
    OtherLength,
    OtherAppId,
    OtherKey,
    Whitespace,
    OtherAlphabet,
    Nothing,
}

use Damage::*;

pub(crate) const ALL: [Damage; 24] = [
    BitsAnywhere,
    BitsInTheLastBlock,
    Letter,
    Cut,
    CutBytes,
    CutBlocks,
    SwappedBlocks,
    RepeatedBlocks,
    ForeignPrefix,
    ForeignSuffix,
    Pad0,
    Pad33,
    Pad255,
    OtherPad,
    UnevenPad,
    PaddedTo16,
    LengthByOne,
    LengthOfGigabytes,
    OtherLength,
    OtherAppId,
    OtherKey,
    Whitespace,
    OtherAlphabet,
    Nothing,
];

impl Damage {
    /// The `Encrypt` text of `good` with this damage. `other` is another good one under the same key.
    pub(crate) fn done_to(self, good: &Envelope, other: &Envelope, keys: &Keys, dice: &mut Dice) -> String {
        match self {
            BitsAnywhere => flipped(good, 0, dice),
            BitsInTheLastBlock => flipped(good, good.bytes.len() - BLOCK, dice),
            Letter => letter(&good.text, dice),
            Cut => cut(&good.text, dice),
            CutBytes => cut_bytes(&good.bytes, dice),
            CutBlocks => without_blocks(&good.bytes, dice),
            SwappedBlocks => swapped(&good.bytes, dice),
            RepeatedBlocks => repeated(&good.bytes, dice),
            ForeignPrefix => spliced(&other.bytes, &good.bytes, dice),
            ForeignSuffix => spliced(&good.bytes, &other.bytes, dice),
            Pad0 => keys.own.sealed(&good.padded_with(0, dice)),
            Pad33 => keys.own.sealed(&good.padded_with(33, dice)),
            Pad255 => keys.own.sealed(&good.padded_with(255, dice)),
            OtherPad => keys.own.sealed(&good.padded_with(dice.one_of(&[34, 48, 64, 127, 128, 254]), dice)),
            UnevenPad => keys.own.sealed(&good.padded_unevenly(dice)),
            PaddedTo16 => keys.own.sealed(&good.padded_to_16(dice)),
            LengthByOne => {
                let by = dice.one_of(&[1, u32::MAX]);
                keys.own.sealed(&good.with_length(|length| length.wrapping_add(by)))
            }
            LengthOfGigabytes => {
                let length = dice.one_of(&[1 << 31, (1 << 31) - 1, u32::MAX]);
                keys.own.sealed(&good.with_length(|_| length))
            }
            OtherLength => {
                let by = u32::try_from(dice.between(1, 200)).unwrap();
                let by = dice.one_of(&[by, by.wrapping_neg()]);
                keys.own.sealed(&good.with_length(|length| length.wrapping_add(by)))
            }
            OtherAppId => keys.own.sealed(&good.for_app_id(&other_app_id(dice))),
            OtherKey => keys.other.sealed(&good.clear()),
            Whitespace => inserted(&good.text, dice.one_of(&[" ", "\n", "\r", "\t", "\r\n", "  "]), dice),
            OtherAlphabet => inserted(
                &good.text,
                dice.one_of(&["-", "_", "%2B", "%", ".", "=", "==", "é", "\u{200b}", "\u{feff}"]),
                dice,
            ),
            Nothing => String::new(),
        }
    }

    /// Where it may be noticed. What is not refused is a changed message; only where that is said can it happen.
    pub(crate) fn noticed(self) -> (&'static [OpenFailure], Changes) {
        match self {
            BitsAnywhere | SwappedBlocks | ForeignPrefix | ForeignSuffix => {
                (&[Padding, Length, AppId], Changes::Message)
            }
            Letter => (&[Base64, Length, Padding, AppId], Changes::Message),
            Cut => (&[Base64, Length, Padding, AppId], Changes::Nothing),
            BitsInTheLastBlock | CutBlocks | RepeatedBlocks | OtherKey => {
                (&[Padding, Length, AppId], Changes::Nothing)
            }
            Pad0 | Pad33 | Pad255 | OtherPad | UnevenPad => (&[Padding], Changes::Nothing),
            LengthByOne | OtherLength => (&[Length, AppId], Changes::Nothing),
            CutBytes | PaddedTo16 | LengthOfGigabytes | Nothing => (&[Length], Changes::Nothing),
            OtherAppId => (&[AppId], Changes::Nothing),
            Whitespace | OtherAlphabet => (&[Base64], Changes::Nothing),
        }
    }
}

/// What a damage may leave whole: the envelope around a message that is not the sender's. No envelope without a
/// signature shows that (protocol §6.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Changes {
    Nothing,
    Message,
}

pub(crate) struct Keys {
    pub(crate) own: Reference,
    pub(crate) other: Reference,
}

impl Reference {
    fn sealed(&self, clear: &[u8]) -> String {
        encoded(&self.encrypt(clear))
    }
}

/// One of AES; padding goes by two of them.
const BLOCK: usize = 16;

fn flipped(good: &Envelope, start: usize, dice: &mut Dice) -> String {
    let mut bytes = good.bytes.clone();
    for _ in 0..dice.one_of(&[1, 1, 1, 2, 8]) {
        let place = dice.between(start, bytes.len());
        bytes[place] ^= 1 << dice.below(8);
    }
    // An even number of flips of one bit is none.
    if bytes == good.bytes {
        bytes[start] ^= 1;
    }
    encoded(&bytes)
}

fn letter(text: &str, dice: &mut Dice) -> String {
    let place = dice.below(text.trim_end_matches('=').len());
    let mut letters = text.as_bytes().to_vec();
    let old = letters[place];
    let all: Vec<u8> = (b'!'..=b'~').filter(|letter| *letter != old).collect();
    letters[place] = dice.one_of(&all);
    String::from_utf8(letters).unwrap()
}

fn cut(text: &str, dice: &mut Dice) -> String {
    let letters = text.trim_end_matches('=');
    let (start, whole) = (dice.below(letters.len()), letters.len());
    let start = dice.one_of(&[0, start]);
    let end = dice.between(start, whole) + 1;
    let end = dice.one_of(&[whole, end]);
    format!("{}{}", &text[..start], &text[end..])
}

fn cut_bytes(bytes: &[u8], dice: &mut Dice) -> String {
    let length = dice.below(bytes.len());
    let length = if length.is_multiple_of(2 * BLOCK) { length + 1 } else { length };
    encoded(&bytes[..length])
}

fn without_blocks(bytes: &[u8], dice: &mut Dice) -> String {
    let pairs = bytes.len() / (2 * BLOCK);
    let start = dice.below(pairs);
    let end = dice.between(start, pairs) + 1;
    encoded(&[&bytes[..start * 2 * BLOCK], &bytes[end * 2 * BLOCK..]].concat())
}

fn swapped(bytes: &[u8], dice: &mut Dice) -> String {
    let mut blocks: Vec<_> = bytes.chunks(BLOCK).collect();
    let first = dice.below(blocks.len() - 1);
    let second = dice.between(first + 1, blocks.len());
    blocks.swap(first, second);
    encoded(&blocks.concat())
}

fn repeated(bytes: &[u8], dice: &mut Dice) -> String {
    let mut blocks: Vec<_> = bytes.chunks(2 * BLOCK).collect();
    let block = dice.one_of(&blocks);
    blocks.insert(dice.below(blocks.len() + 1), block);
    encoded(&blocks.concat())
}

/// The beginning of one and the end of the other.
fn spliced(first: &[u8], second: &[u8], dice: &mut Dice) -> String {
    let blocks = first.len().min(second.len()) / BLOCK;
    let place = dice.between(1, blocks) * BLOCK;
    encoded(&[&first[..place], &second[place..]].concat())
}

/// Not at its ends, where a sender may indent.
fn inserted(text: &str, what: &str, dice: &mut Dice) -> String {
    let letters = text.trim_end_matches('=').len();
    let (before, after) = text.split_at(dice.between(1, letters));
    format!("{before}{what}{after}")
}

fn other_app_id(dice: &mut Dice) -> String {
    let place = dice.below(APP_ID.len());
    let mut changed = APP_ID.as_bytes().to_vec();
    changed[place] ^= 1 << dice.below(7);
    let changed = String::from_utf8(changed).unwrap();
    let longer = format!("{APP_ID}0");
    dice.one_of(&[&changed, &longer, &APP_ID[..place], &APP_ID.to_uppercase(), "wx0000000000000000", ""])
        .to_owned()
}
