use super::courier::Answer;
use crate::{
    failure::{Failure, Outcome, sentence},
    print,
};
use serde::Serialize;
use std::time::Duration;
use wx_events::{AcceptedAnswer, Callback, SignedPush};
use wx_model::Reply;
use wx_transport::{TransportError, TransportErrorKind};

/// One delivery and what the platform makes of the answer.
#[derive(Debug, Serialize)]
pub(crate) struct Delivery {
    pub(crate) verdict: Verdict,
    /// Why the platform is not content; absent if it is.
    pub(crate) reason: Option<String>,
    pub(crate) status: Option<u16>,
    pub(crate) milliseconds: u64,
    /// The body of the answer as it came.
    answer: Option<String>,
    /// Whether the reply was encrypted; absent if there is none.
    encrypted: Option<bool>,
    /// The clear text of the reply.
    reply: Option<String>,
    #[serde(skip)]
    told: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Verdict {
    /// The person is shown the reply.
    Shown,
    /// There is nothing to show, and all is well.
    Accepted,
    /// The answer is none that the platform takes.
    Refused,
    /// The answer came after 5 s, or not at all in the time that was given.
    Late,
    /// There was a connection, but no whole answer.
    Broken,
    /// There was no connection.
    Unreachable,
}

impl Delivery {
    /// How long the platform waits (protocol §8).
    pub(crate) const LIMIT: Duration = Duration::from_secs(5);

    pub(crate) fn judge(callback: &Callback, signed: &SignedPush, answer: Answer) -> Self {
        let milliseconds = u64::try_from(answer.time.as_millis()).unwrap_or(u64::MAX);
        let blank = Self {
            verdict: Verdict::Refused,
            reason: None,
            status: None,
            milliseconds,
            answer: None,
            encrypted: None,
            reply: None,
            told: String::new(),
        };
        let (status, body) = match answer.arrived {
            Ok(arrived) => arrived,
            Err(error) => {
                let verdict = Verdict::of(&error);
                return Self { verdict, reason: Some(reason(&error, answer.limit)), ..blank };
            }
        };
        let text = Some(String::from_utf8_lossy(&body).into_owned());
        let read = match status {
            200 => callback.read_answer(signed, &body).map_err(|refused| refused.to_string()),
            status => Err(reason_of_status(status)),
        };
        let arrived = Self { status: Some(status), answer: text, ..blank };
        match read {
            Err(reason) => Self { reason: Some(reason), ..arrived },
            Ok(read) if answer.time > Self::LIMIT => {
                let reason = "the answer came after 5 s, when the platform has hung up and delivers again";
                Self { verdict: Verdict::Late, reason: Some(reason.to_owned()), ..arrived.with(&read) }
            }
            Ok(read) => arrived.with(&read),
        }
    }

    fn with(self, read: &AcceptedAnswer) -> Self {
        let verdict = if read.clear.is_empty() { Verdict::Accepted } else { Verdict::Shown };
        let reply = Some(read.clear.clone()).filter(|clear| !clear.is_empty());
        let encrypted = reply.is_some().then_some(read.encrypted);
        Self { verdict, encrypted, reply, told: told(&read.reply), ..self }
    }

    /// For a delivery that is one of several.
    pub(crate) fn in_one_line(&self) -> String {
        let verdict = self.verdict_in_words();
        format!("{}: {verdict}", self.answer_in_words())
    }

    pub(crate) fn print_for_people(&self) {
        print::line(&format!("answer   {}", self.answer_in_words()));
        print::line(&format!("verdict  {}", self.verdict_in_words()));
        if !self.verdict.is_content() {
            print::line(&format!("         {FAILURE_TEXT}"));
        }
        if let Some(reply) = &self.reply {
            let origin = if self.encrypted == Some(true) { "reply (decrypted)" } else { "reply" };
            print::line(&format!("\n{origin}\n{}", print::harmless(reply)));
        }
        if let Some(answer) = self.answer.as_ref().filter(|answer| self.is_worth_showing(answer)) {
            print::line(&format!("\nraw answer\n{}", print::harmless(answer)));
        }
    }

    fn answer_in_words(&self) -> String {
        let (bytes, time) = (self.answer.as_ref().map_or(0, String::len), self.milliseconds);
        match self.status {
            Some(status) => format!("status {status} after {time} ms, {bytes} bytes"),
            None => format!("none after {time} ms"),
        }
    }

    fn is_worth_showing(&self, answer: &str) -> bool {
        !answer.is_empty() && answer != "success" && self.reply.as_deref() != Some(answer)
    }

    fn verdict_in_words(&self) -> String {
        let reason = self.reason.as_deref().unwrap_or_default();
        match self.verdict {
            Verdict::Shown => format!("shown 用户可见: {}", self.told),
            Verdict::Accepted => "accepted 平台接受: nothing to show, and no further delivery".to_owned(),
            Verdict::Refused => format!("refused 平台不接受: {reason}"),
            Verdict::Late => format!("too late 超时: {reason}"),
            Verdict::Broken => format!("broken 回复中断: {reason}"),
            Verdict::Unreachable => format!("unreachable 无法连接: {reason}"),
        }
    }
}

/// Protocol §8 has two wordings; this is the one that people see.
const FAILURE_TEXT: &str =
    "after three such deliveries the person is shown 该公众号提供的服务出现故障，请稍后再试";

impl Verdict {
    fn of(error: &TransportError) -> Self {
        match error.kind() {
            TransportErrorKind::Timeout => Self::Late,
            _ if error.is_connect() => Self::Unreachable,
            _ => Self::Broken,
        }
    }

    pub(crate) fn is_content(self) -> bool {
        matches!(self, Self::Shown | Self::Accepted)
    }

    /// Everything was said already.
    pub(crate) fn outcome(self) -> Outcome {
        match self {
            Self::Shown | Self::Accepted => Ok(()),
            Self::Unreachable => Err(Failure::silent_try_later()),
            Self::Refused | Self::Late | Self::Broken => Err(Failure::silent()),
        }
    }
}

/// Why no answer is there.
pub(crate) fn reason(error: &TransportError, limit: Duration) -> String {
    match error.kind() {
        TransportErrorKind::Timeout => {
            format!("no whole answer within {} s; the platform waits 5 s", limit.as_secs())
        }
        TransportErrorKind::NoAnswer => "the connection ended without an answer".to_owned(),
        TransportErrorKind::BrokenAnswer => "the answer is cut off or is no HTTP".to_owned(),
        TransportErrorKind::TooLarge => "the answer is larger than a mebibyte, which no reply is".to_owned(),
        _ if error.is_connect() => format!("no connection: {}", innermost(error)),
        _ => sentence(error),
    }
}

/// The cause of causes, in the words of the system.
fn innermost(error: &dyn std::error::Error) -> String {
    std::iter::successors(Some(error), |error| error.source())
        .last()
        .map(ToString::to_string)
        .unwrap_or_default()
}

/// Why that status is none of an answer.
pub(crate) fn reason_of_status(status: u16) -> String {
    let hint = match status {
        300..=399 => "; the platform follows no redirect: configure the address that it leads to",
        401 | 403 => {
            "; the service does not accept the push: do Token, EncodingAESKey, AppID, mode and account agree?"
        }
        404 => "; nothing is at this path",
        405 => "; the path does not take this method: the check comes as GET, pushes come as POST",
        413 => "; the service takes no body of this size",
        500..=599 => "; look into the log of the service",
        _ => "",
    };
    format!("the status is {status}, not 200{hint}")
}

/// What the person is shown.
fn told(reply: &Reply) -> String {
    print::harmless_line(&match reply {
        Reply::Text { content } => format!("a text “{content}”"),
        Reply::Image { media_id } => format!("the picture {media_id}"),
        Reply::Voice { media_id } => format!("the voice message {media_id}"),
        Reply::Video { media_id, .. } => format!("the video {media_id}"),
        Reply::Music { title, .. } => format!("music {}", title.as_deref().unwrap_or_default()),
        Reply::News { articles } => {
            let titles: Vec<_> = articles.iter().map(|article| article.title.as_str()).collect();
            format!("articles: {}", titles.join("; "))
        }
        Reply::TransferCustomerService { .. } => "nothing yet: customer service (客服) takes over".to_owned(),
        Reply::TransferBizAiIvr => "nothing yet: the platform's dialogue takes over".to_owned(),
        _ => "a reply".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use bytes::Bytes;

    fn judged(seconds: u64, status: u16, body: &'static [u8]) -> Delivery {
        let callback = Callback::plain("t".into());
        let push = b"<xml><ToUserName>g</ToUserName><FromUserName>o</FromUserName><CreateTime>1</CreateTime>\
            <MsgType>text</MsgType><Content>a</Content></xml>";
        let signed = callback.sign(push, 1).unwrap();
        let arrived = Ok((status, Bytes::from_static(body)));
        let answer = Answer { arrived, time: Duration::from_secs(seconds), limit: Duration::from_secs(15) };
        Delivery::judge(&callback, &signed, answer)
    }

    #[test]
    fn what_comes_after_5_s_is_late_however_good_it_is() {
        assert_eq!(judged(5, 200, b"success").verdict, Verdict::Accepted);
        assert_eq!(judged(6, 200, b"success").verdict, Verdict::Late);
        assert_eq!(judged(6, 500, b"success").verdict, Verdict::Refused);
    }

    #[test]
    fn an_answer_of_any_bytes_is_told() {
        let delivery = judged(0, 200, b"\xff\x1b[31m");
        assert_eq!(delivery.verdict, Verdict::Refused);
        assert_eq!(delivery.answer.as_deref(), Some("\u{fffd}\u{1b}[31m"));
    }
}
