use crate::{Fields, PublishedArticle, leaves::Leaves};

/// `MASSSENDJOBFINISH` (群发结束): a message to many was sent or refused.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct MassSendJobFinish {
    /// The number that the sending call answered (`MsgID`).
    pub msg_id: Option<u64>,
    /// How it ended.
    pub status: MassSendStatus,
    /// How many people it was meant for (`TotalCount`).
    pub total_count: Option<u64>,
    /// To how many of them it was to be sent (`FilterCount`): those who block messages or have their share are left
    /// out. The sum of the next two.
    pub filter_count: Option<u64>,
    /// To how many it was sent (`SentCount`).
    pub sent_count: Option<u64>,
    /// With how many it failed (`ErrorCount`).
    pub error_count: Option<u64>,
    /// The outcome of the check whether the articles are copies (原创校验, `CopyrightCheckResult.CheckState`), as the
    /// platform's number. What it says about single articles is in [`Push::field`](crate::Push::field).
    pub copyright_check_state: Option<u32>,
    /// Where the articles can be read (`ArticleUrlResult`).
    pub articles: Vec<PublishedArticle>,
}

/// How the sending of a message to many ended (`Status`).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MassSendStatus {
    /// `send success`. Some of the many may still have missed it, see the counts.
    Success,
    /// `send fail`.
    Fail,
    /// `err(10001)`: refused, and why.
    Refused(MassSendRefusal),
    /// Another status, as it came; empty if there was none.
    Other(String),
}

/// Why a message to many was refused: an open set of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MassSendRefusal(u32);

impl MassSendRefusal {
    /// Said to be advertising (涉嫌广告).
    pub const ADVERTISING: Self = Self(10001);
    /// Said to be political (涉嫌政治).
    pub const POLITICAL: Self = Self(20001);
    /// Said to be pornographic (涉嫌色情).
    pub const PORNOGRAPHY: Self = Self(20002);
    /// Said to harm society (涉嫌社会).
    pub const SOCIAL: Self = Self(20004);
    /// Said to be criminal (涉嫌违法犯罪).
    pub const CRIME: Self = Self(20006);
    /// Said to be fraud (涉嫌欺诈).
    pub const FRAUD: Self = Self(20008);
    /// Said to infringe copyright (涉嫌版权).
    pub const COPYRIGHT: Self = Self(20013);
    /// Anything else (涉嫌其他).
    pub const OTHER: Self = Self(21000);
    /// Said to be mutual promotion (涉嫌互推).
    pub const MUTUAL_PROMOTION: Self = Self(22000);
    /// The first of three about the check for copies (原创校验), 30001 to 30003.
    pub const ORIGINAL_CHECK_1: Self = Self(30001);
    /// The second of three about the check for copies.
    pub const ORIGINAL_CHECK_2: Self = Self(30002);
    /// The third of three about the check for copies.
    pub const ORIGINAL_CHECK_3: Self = Self(30003);
    /// The account's administrator refused it (管理员拒绝).
    pub const REFUSED_BY_ADMIN: Self = Self(40001);
    /// The account's administrator did not answer within 30 minutes (管理员超时).
    pub const ADMIN_TIMED_OUT: Self = Self(40002);

    /// The reason of that number, known or not.
    pub const fn new(number: u32) -> Self {
        Self(number)
    }

    /// The number.
    pub const fn get(self) -> u32 {
        self.0
    }
}

impl MassSendJobFinish {
    pub(super) fn read(fields: &Fields) -> Self {
        Self {
            msg_id: fields.number("MsgID"),
            status: fields.word("Status").unwrap_or_default().into(),
            total_count: fields.number("TotalCount"),
            filter_count: fields.number("FilterCount"),
            sent_count: fields.number("SentCount"),
            error_count: fields.number("ErrorCount"),
            copyright_check_state: fields.number("CopyrightCheckResult.CheckState"),
            articles: PublishedArticle::read_all(
                fields,
                "ArticleUrlResult.ResultList.item",
                ["ArticleIdx", "ArticleUrl"],
            ),
        }
    }
}

/// Reads a status of either letter case, with or without blanks in it.
impl From<&str> for MassSendStatus {
    fn from(status: &str) -> Self {
        let letters = status.split_whitespace().collect::<String>().to_ascii_lowercase();
        let number = letters.strip_prefix("err(").and_then(|rest| rest.strip_suffix(')'));
        match (&*letters, number.and_then(|number| number.parse().ok())) {
            ("sendsuccess", _) => Self::Success,
            ("sendfail", _) => Self::Fail,
            (_, Some(number)) => Self::Refused(MassSendRefusal(number)),
            _ => Self::Other(status.to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_is_its_number() {
        for (text, status) in [
            ("send success", MassSendStatus::Success),
            ("send fail", MassSendStatus::Fail),
            ("err(10001)", MassSendStatus::Refused(MassSendRefusal::ADVERTISING)),
            ("err( 40002 )", MassSendStatus::Refused(MassSendRefusal::ADMIN_TIMED_OUT)),
            ("ERR(7)", MassSendStatus::Refused(MassSendRefusal::new(7))),
        ] {
            assert_eq!(MassSendStatus::from(text), status, "{text}");
        }
        for text in ["", "err", "err()", "err(x)", "err(-1)", "err(99999999999)", "success"] {
            assert_eq!(MassSendStatus::from(text), MassSendStatus::Other(text.to_owned()));
        }
    }
}
