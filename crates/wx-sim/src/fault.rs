mod armed;
mod dress;
mod pieces;

pub(crate) use armed::Armed;
pub(crate) use dress::{Broken, Reply};

use crate::Error;
use std::{fmt, time::Duration};

/// Something that goes wrong with the next calls, on demand: [`Simulator::inject`](crate::Simulator::inject).
///
/// It strikes once, at any path, unless told otherwise. Most faults strike *before the effect*: the platform does
/// nothing (it makes no code, spends no limit, looks at no token). [`after_effect`](Self::after_effect) lets it do
/// everything and then spoils the answer, which is how an answer gets lost. Faults that spoil the true answer
/// ([`cut_json`](Self::cut_json), [`cut_body`](Self::cut_body), [`drip`](Self::drip), [`huge`](Self::huge),
/// [`delay`](Self::delay), [`errcode_as_text`](Self::errcode_as_text) of 0) always strike after it.
///
/// ```
/// use wx_sim::Fault;
///
/// let busy = Fault::errcode(-1).times(3);
/// let lost = Fault::timeout().after_effect().on("/cgi-bin/qrcode/create").skipping(2);
/// assert_eq!(busy.to_string(), "errcode -1");
/// assert_eq!(lost.to_string(), "no answer");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "a fault strikes once the simulator is told to inject it"]
pub struct Fault {
    kind: Kind,
    path: Option<String>,
    skip: u32,
    /// `None`: for ever.
    times: Option<u32>,
    after_effect: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    Errcode(i32),
    ErrcodeText(i32),
    Status(u16),
    Timeout,
    Reset,
    CutJson,
    CutBody,
    Html,
    Empty,
    Drip,
    Huge,
    Redirect(String),
    Delay(Duration),
}

impl Fault {
    /// The call is refused with this `errcode` (全局返回码), whatever it asked for.
    pub fn errcode(code: i32) -> Self {
        Self::new(Kind::Errcode(code))
    }

    /// As [`errcode`](Self::errcode), with the code as a text: `"errcode":"45009"`, as odd proxies make it (protocol §14
    /// no. 3). With 0, the call is done and its true answer holds `"errcode":"0"`.
    pub fn errcode_as_text(code: i32) -> Self {
        Self::new(Kind::ErrcodeText(code))
    }

    /// An HTTP status with an HTML page, as a gateway answers: 200 to 599.
    pub fn status(status: u16) -> Self {
        Self::new(Kind::Status(status))
    }

    /// No answer ever comes; the connection stays open for ten minutes or until the caller gives up.
    pub fn timeout() -> Self {
        Self::new(Kind::Timeout)
    }

    /// The connection is reset (TCP RST) in place of an answer.
    pub fn reset() -> Self {
        Self::new(Kind::Reset)
    }

    /// The first half of the true answer, as if it were the whole.
    pub fn cut_json() -> Self {
        Self::new(Kind::CutJson)
    }

    /// The first half of the true answer under the `Content-Length` of the whole; then the connection ends.
    pub fn cut_body() -> Self {
        Self::new(Kind::CutBody)
    }

    /// Status 200 with an HTML page.
    pub fn html() -> Self {
        Self::new(Kind::Html)
    }

    /// Status 200 with no body.
    pub fn empty() -> Self {
        Self::new(Kind::Empty)
    }

    /// The true answer, one byte each second.
    pub fn drip() -> Self {
        Self::new(Kind::Drip)
    }

    /// The true answer behind ten million blanks, which JSON allows.
    pub fn huge() -> Self {
        Self::new(Kind::Huge)
    }

    /// 302 to this address. A caller that follows it hands out its access token.
    pub fn redirect(location: impl Into<String>) -> Self {
        Self::new(Kind::Redirect(location.into()))
    }

    /// The call is done at once, and its answer comes so much later: answers in another order than calls.
    pub fn delay(duration: Duration) -> Self {
        Self::new(Kind::Delay(duration))
    }

    /// Only calls of this path: `/cgi-bin/qrcode/create`, say.
    pub fn on(mut self, path: impl Into<String>) -> Self {
        self.path = Some(path.into());
        self
    }

    /// It strikes so many calls.
    pub fn times(mut self, calls: u32) -> Self {
        self.times = Some(calls);
        self
    }

    /// It strikes every call until [`clear_faults`](crate::Simulator::clear_faults).
    pub fn for_ever(mut self) -> Self {
        self.times = None;
        self
    }

    /// It lets so many calls pass before it strikes.
    pub fn skipping(mut self, calls: u32) -> Self {
        self.skip = calls;
        self
    }

    /// The platform does what it was asked for; only the answer is spoiled.
    pub fn after_effect(mut self) -> Self {
        self.after_effect = true;
        self
    }

    /// `errcode -1, 3 times, at /cgi-bin/qrcode/create`: what still waits.
    pub(crate) fn waiting_text(&self) -> String {
        let times = match self.times {
            None => "for ever".to_owned(),
            Some(1) => "once".to_owned(),
            Some(times) => format!("{times} times"),
        };
        let path = self.path.as_ref().map_or(String::new(), |path| format!(", at {path}"));
        let skip = if self.skip > 0 { format!(", after {} calls", self.skip) } else { String::new() };
        format!("{self}, {times}{path}{skip}")
    }

    fn new(kind: Kind) -> Self {
        Self { kind, path: None, skip: 0, times: Some(1), after_effect: false }
    }

    /// Whether the platform does what it was asked for.
    pub(crate) fn has_effect(&self) -> bool {
        self.after_effect || self.spoils_the_answer()
    }

    fn spoils_the_answer(&self) -> bool {
        let spoils = [Kind::CutJson, Kind::CutBody, Kind::Drip, Kind::Huge, Kind::ErrcodeText(0)];
        spoils.contains(&self.kind) || matches!(self.kind, Kind::Delay(_))
    }

    fn check(&self) -> Result<(), Error> {
        let refused = |reason| Err(Error::Fault { reason });
        match &self.kind {
            Kind::Errcode(0) => {
                refused("errcode 0 is no fault; use errcode_as_text for the true answer with a text")
            }
            Kind::Status(status) if !(200..600).contains(status) => {
                refused("the status of an answer is 200 to 599")
            }
            Kind::Redirect(to) if to.is_empty() || !to.bytes().all(|byte| byte.is_ascii_graphic()) => {
                refused("a redirect needs an address of visible ASCII characters")
            }
            Kind::Delay(duration) if *duration > LONGEST_DELAY => {
                refused("an answer may come an hour late at most")
            }
            _ if self.path.as_ref().is_some_and(|path| !path.starts_with('/') || path.contains('?')) => {
                refused("the path of a call begins with a slash and has no query")
            }
            _ if self.times == Some(0) => refused("a fault strikes at least once"),
            _ => Ok(()),
        }
    }
}

const LONGEST_DELAY: Duration = Duration::from_hours(1);

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            Kind::Errcode(code) => write!(f, "errcode {code}"),
            Kind::ErrcodeText(code) => write!(f, "errcode \"{code}\" as a text"),
            Kind::Status(status) => write!(f, "status {status}"),
            Kind::Timeout => f.write_str("no answer"),
            Kind::Reset => f.write_str("connection reset"),
            Kind::CutJson => f.write_str("half of the answer"),
            Kind::CutBody => f.write_str("connection ended in the middle of the answer"),
            Kind::Html => f.write_str("HTML with 200"),
            Kind::Empty => f.write_str("empty body"),
            Kind::Drip => f.write_str("one byte a second"),
            Kind::Huge => f.write_str("ten million blanks"),
            Kind::Redirect(to) => write!(f, "redirect to {to}"),
            Kind::Delay(duration) => write!(f, "answer {duration:?} late"),
        }
    }
}
