use super::{Error, ErrorKind, step::Step};
use std::{fmt, time::Duration};
use wx_model::ErrCode;

/// How the sentence begins when the call was not sent.
pub(super) const NO_TOKEN: &str = "no access_token: ";

/// The calls that are refused with 40001 when the AppSecret is wrong.
const SEND_SECRET: [&str; 4] =
    ["/cgi-bin/token", "/cgi-bin/stable_token", "/cgi-bin/component/api_component_token", super::OF_OTHERS];

/// What is wrong and what to do, in one sentence.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (path, text) = (&self.0.path, &self.0.text);
        if self.0.step == Step::Token && self.0.kind != ErrorKind::Interrupted {
            f.write_str(NO_TOKEN)?;
        }
        match self.0.kind {
            ErrorKind::Api(code) => self.refusal(code, f),
            ErrorKind::Transport => self.unknown(format_args!("{path} gave no answer"), f),
            ErrorKind::Decode => {
                self.unknown(format_args!("{path} gave an answer that makes no sense: {text}"), f)
            }
            ErrorKind::Status(status) => {
                self.unknown(format_args!("{path} answered with status {status}: {text}"), f)
            }
            ErrorKind::Pace => write!(f, "{path} was not called: {text}"),
            ErrorKind::Request => write!(f, "{path} cannot be called: {text}"),
            ErrorKind::Config | ErrorKind::Interrupted | ErrorKind::TokenSource => f.write_str(text),
        }
    }
}

impl Error {
    /// No answer is not the same as nothing done.
    fn unknown(&self, what: fmt::Arguments<'_>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_fmt(what)?;
        if self.is_outcome_unknown() {
            return f.write_str("; the platform may have done it all the same: look before you repeat it");
        }
        Ok(())
    }

    fn refusal(&self, code: ErrCode, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let earlier = if self.is_held_back() { " is held back: an earlier call" } else { "" };
        write!(f, "{}{earlier} was refused with {code}", self.0.path)?;
        match code.info() {
            Some(info) => write!(f, " {}: {}", info.name, self.cause(info.meaning_en))?,
            None => write!(f, ", a code that is not known here")?,
        }
        write!(f, "; the platform says \"{}\"", self.0.text)?;
        match self.refused_ip() {
            Some(ip) => {
                write!(
                    f,
                    "; add {ip} to the IP allow-list (IP白名单) of the account, and wait some minutes"
                )?;
            }
            None => write!(f, "; {}", self.remedy(code))?,
        }
        match (self.is_held_back(), self.0.held_for) {
            (true, Some(left)) => write!(f, "; nothing was sent, nor will be for {}", Span(left)),
            (true, None) => f.write_str("; nothing was sent, nor will be until this process starts anew"),
            _ => Ok(()),
        }
    }

    /// The table has to speak about both meanings of 40001; here it is known which one it is.
    pub(super) fn cause(&self, meaning: &'static str) -> &'static str {
        match self.0.step {
            Step::Token if self.is_wrong_secret() => "the AppSecret is wrong",
            _ if self.is_token_rejected() => "the access_token is wrong, ended, or no longer the newest",
            _ => meaning,
        }
    }

    pub(super) fn remedy(&self, code: ErrCode) -> &'static str {
        if self.is_wrong_secret() {
            "take the present AppSecret of this AppID from the console; until then repeating does not help"
        } else if self.is_token_rejected() {
            "the token has been replaced as often as is allowed now; check that AppID and AppSecret are those of this \
             account, and that no other program renews its token by force or with the classic call"
        } else {
            code.remedy_en()
        }
    }

    pub(super) fn is_wrong_secret(&self) -> bool {
        let sends_secret = SEND_SECRET.contains(&self.0.path.as_str());
        self.0.step == Step::Token && sends_secret && self.errcode() == Some(ErrCode::INVALID_CREDENTIAL)
    }
}

/// A time to wait, for people.
struct Span(Duration);

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let minutes = self.0.as_secs().div_ceil(60);
        match minutes {
            ..60 => write!(f, "{minutes} min"),
            60.. => write!(f, "{} h {} min", minutes / 60, minutes % 60),
        }
    }
}
