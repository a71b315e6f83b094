use super::{
    courier::{Answer, Courier},
    delivery::{Delivery, reason, reason_of_status},
};
use crate::{
    commands::{Context, push::StampArgs},
    failure::{Failure, Outcome},
    print,
};
use serde::Serialize;
use wx_events::Callback;

/// What `--check --json` prints.
#[derive(Serialize)]
pub(crate) struct Checked {
    verdict: &'static str,
    /// What is wrong; absent if the answer is exact.
    pub(crate) reason: Option<String>,
    pub(crate) status: Option<u16>,
    milliseconds: u64,
    echo: String,
    answer: Option<String>,
}

/// Sends the check of the address and compares the answer byte by byte.
pub(crate) async fn run(
    courier: &Courier,
    callback: &Callback,
    echo: Option<&str>,
    stamp: &StampArgs,
    context: &Context,
) -> Outcome {
    let echo = match echo {
        Some(echo) => echo.to_owned(),
        // As many digits as the platform's usually are.
        None => format!("5577{:010}{:05}", stamp.number()?, stamp.number()? % 100_000),
    };
    let query = callback.sign_echo(&echo, stamp.now()).map_err(|error| Failure::failed(error.to_string()))?;
    let answer = courier.get(&query).await?;
    let is_unreachable = answer.arrived.as_ref().is_err_and(wx_transport::TransportError::is_connect);
    let checked = Checked::new(echo, answer);
    if context.json {
        print::json(&checked);
    } else {
        checked.print_for_people();
    }
    match checked.reason {
        None => Ok(()),
        Some(_) if is_unreachable => Err(Failure::silent_try_later()),
        Some(_) => Err(Failure::silent()),
    }
}

impl Checked {
    pub(crate) fn new(echo: String, answer: Answer) -> Self {
        let limit = answer.limit;
        let (reason, status, body) = match answer.arrived {
            Err(error) => (Some(reason(&error, limit)), None, None),
            Ok((200, body)) if answer.time <= Delivery::LIMIT => {
                (difference(&echo, &body), Some(200), Some(body))
            }
            Ok((200, body)) => {
                (Some("the answer came after 5 s, too late".to_owned()), Some(200), Some(body))
            }
            Ok((status, body)) => (Some(reason_of_status(status)), Some(status), Some(body)),
        };
        Self {
            verdict: if reason.is_none() { "passed" } else { "failed" },
            reason,
            status,
            milliseconds: u64::try_from(answer.time.as_millis()).unwrap_or(u64::MAX),
            echo,
            answer: body.map(|body| String::from_utf8_lossy(&body).into_owned()),
        }
    }

    fn print_for_people(&self) {
        print::line(&format!("check    echostr {}", self.echo));
        let time = self.milliseconds;
        print::line(&match (self.status, &self.answer) {
            (Some(status), Some(answer)) => {
                let shown: String = answer.chars().take(200).collect();
                format!("answer   status {status} after {time} ms: {shown:?}")
            }
            _ => format!("answer   none after {time} ms"),
        });
        print::line(&match &self.reason {
            None => "verdict  passed 验证通过: exactly the echostr".to_owned(),
            Some(reason) => format!("verdict  failed 验证失败: {reason}"),
        });
    }
}

/// What is wrong with an echo that is not exact.
fn difference(echo: &str, body: &[u8]) -> Option<String> {
    if body == echo.as_bytes() {
        return None;
    }
    let text = String::from_utf8_lossy(body);
    let text = text.as_ref();
    let why = match text {
        "" => "the body is empty",
        _ if text.starts_with('\u{feff}') => {
            "a byte order mark stands before the echostr; save the source without it"
        }
        _ if text.trim() == echo => "blanks or a line end stand around the echostr",
        _ if text.trim().trim_matches(['"', '\'']) == echo => {
            "the echostr stands in quotation marks, as JSON has it; answer plain text"
        }
        _ if text.contains(echo) => "other text stands around the echostr",
        _ if text.trim_start().starts_with('<') => "the answer is a web page or XML",
        _ if echo.replace('+', " ") == text => "a + became a blank; decode the query once, and not as a form",
        _ => "the answer is another text",
    };
    Some(format!("{why}; the body must be exactly the echostr"))
}
