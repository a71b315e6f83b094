use super::{Error, ErrorKind, step::Step};
use std::fmt;
use wx_model::ErrCode;

/// What is wrong and what to do, in one sentence.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (path, text) = (&self.0.path, &self.0.text);
        if self.0.step == Step::Token && !path.is_empty() {
            f.write_str("no access_token: ")?;
        }
        match self.0.kind {
            ErrorKind::Api(code) => self.refusal(code, f),
            ErrorKind::Transport => write!(f, "{path} gave no answer"),
            ErrorKind::Decode => write!(f, "{path} gave an answer that makes no sense: {text}"),
            ErrorKind::Status(status) => write!(f, "{path} answered with status {status}: {text}"),
            ErrorKind::Request => write!(f, "{path} cannot be called: {text}"),
            ErrorKind::Config | ErrorKind::Interrupted => f.write_str(text),
        }
    }
}

impl Error {
    fn refusal(&self, code: ErrCode, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} was refused with {code}", self.0.path)?;
        match code.info() {
            Some(info) => write!(f, " {}: {}", info.name, self.cause(info.meaning_en))?,
            None => write!(f, ", a code that is not known here")?,
        }
        write!(f, "; the platform says \"{}\"", self.0.text)?;
        match self.refused_ip() {
            Some(ip) => {
                write!(f, "; add {ip} to the IP allow-list (IP白名单) of the account, and wait some minutes")
            }
            None => write!(f, "; {}", self.remedy(code)),
        }
    }

    /// The table has to speak about both meanings of 40001; here it is known which one it is.
    fn cause(&self, meaning: &'static str) -> &'static str {
        match self.0.step {
            Step::Token if self.is_wrong_secret() => "the AppSecret is wrong",
            _ if self.is_token_rejected() => "the access_token is wrong, ended, or no longer the newest",
            _ => meaning,
        }
    }

    fn remedy(&self, code: ErrCode) -> &'static str {
        if self.is_wrong_secret() {
            "take the present AppSecret of this AppID from the console; until then repeating does not help"
        } else if self.is_token_rejected() {
            "the token has been replaced as often as is allowed now; check that AppID and AppSecret are those of this \
             account, and that no other program renews its token by force or with the classic call"
        } else {
            code.remedy_en()
        }
    }

    fn is_wrong_secret(&self) -> bool {
        self.0.step == Step::Token && self.errcode() == Some(ErrCode::INVALID_CREDENTIAL)
    }
}
