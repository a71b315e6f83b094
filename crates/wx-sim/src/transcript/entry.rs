use crate::{Mode, Verdict, delivery::ACCOUNT};
use std::fmt;

/// One line of the transcript: something that went over the wire or was decided, in the order in which it ended.
///
/// It prints as one line without the time, so that a test can compare whole transcripts. No token, secret or key
/// is ever part of it: a token shows as its name, such as `<stable 2>` for the second one that `stable_token` gave.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entry {
    /// 1 for the first entry of this simulator, and so on.
    pub number: u64,
    /// When it ended, by the simulator's clock.
    pub time: i64,
    /// What happened.
    pub kind: EntryKind,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum EntryKind {
    /// A call to the platform.
    #[non_exhaustive]
    Call {
        /// The HTTP method.
        method: String,
        /// The path alone.
        path: String,
        /// The query, decoded, without secrets; cut after 1000 characters.
        query: String,
        /// The body, without secrets and line ends; cut after 1000 characters.
        body: String,
        /// The HTTP status of the answer; 0 when a [`Fault`](crate::Fault) let none go out.
        status: u16,
        /// What the platform decided: the `errcode` (全局返回码), 0 when the call was granted. `None` when a fault
        /// struck before the platform looked at the call.
        errcode: Option<i32>,
        /// What was granted or why it was refused.
        note: String,
        /// The fault that struck this call.
        fault: Option<String>,
        /// The true answer, without secrets; cut after 1000 characters, empty for a picture.
        answer: String,
    },
    /// One delivery of a push.
    #[non_exhaustive]
    Delivery {
        /// The number of the push.
        push: u64,
        /// `subscribe`, `SCAN`, `unsubscribe`, `text` or another event or type of message.
        kind: String,
        /// The `EventKey`, empty where there is none.
        event_key: String,
        /// Whom it is about.
        openid: String,
        /// To which server it went: `account`, `second`, `component` or `component events`.
        receiver: &'static str,
        /// The mode it travelled in.
        mode: Mode,
        /// The how manieth delivery of this push it was, from 1; a redelivery counts from 1 again.
        attempt: usize,
        /// How the platform took the answer.
        verdict: Verdict,
    },
    /// The verification of the callback address.
    #[non_exhaustive]
    Check {
        /// Whether the answer was exactly the `echostr`.
        passed: bool,
    },
    /// Something that the operator or the platform decided: the clock was moved, tokens were revoked, pushes stop.
    #[non_exhaustive]
    Decision {
        /// What was decided.
        note: String,
    },
}

impl Entry {
    /// About how many bytes it takes.
    pub(super) fn size(&self) -> usize {
        let text = match &self.kind {
            EntryKind::Call { path, query, body, note, answer, .. } => {
                path.len() + query.len() + body.len() + note.len() + answer.len()
            }
            EntryKind::Delivery { kind, event_key, openid, .. } => {
                kind.len() + event_key.len() + openid.len()
            }
            EntryKind::Check { .. } => 0,
            EntryKind::Decision { note } => note.len(),
        };
        size_of::<Self>() + text
    }
}

impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ", self.number)?;
        match &self.kind {
            EntryKind::Call { method, path, query, body, status, errcode, note, fault, .. } => {
                let (question, blank) = (mark("?", query), mark(" ", body));
                write!(f, "call {method} {path}{question}{query}{blank}{body}: ")?;
                outcome(f, *status, *errcode, note, fault.as_deref())
            }
            EntryKind::Delivery { push, kind, event_key, openid, receiver, mode, attempt, verdict } => {
                let [key, openid] = [event_key, openid].map(|text| if text.is_empty() { "-" } else { text });
                write!(f, "push {push} {kind} {key} {openid} {mode}")?;
                if *receiver != ACCOUNT {
                    write!(f, " to {receiver}")?;
                }
                write!(f, ", delivery {attempt}: {verdict}")
            }
            EntryKind::Check { passed } => {
                write!(f, "callback check: {}", if *passed { "passed" } else { "failed" })
            }
            EntryKind::Decision { note } => f.write_str(note),
        }
    }
}

fn mark<'a>(mark: &'a str, text: &str) -> &'a str {
    if text.is_empty() { "" } else { mark }
}

fn outcome(
    f: &mut fmt::Formatter<'_>,
    status: u16,
    errcode: Option<i32>,
    note: &str,
    fault: Option<&str>,
) -> fmt::Result {
    match (errcode, fault) {
        (Some(code), None) => write!(f, "{status} errcode {code}, {note}"),
        (Some(code), Some(fault)) => write!(f, "errcode {code}, {note}; fault: {fault}"),
        (None, fault) => write!(f, "fault: {}", fault.unwrap_or("none")),
    }
}
