use crate::Error;
use std::{error::Error as _, time::Duration};
use wx_model::{CreateRequest, ErrClass, ErrCode};

/// What a failure means for the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// The platform may have created a permanent code.
    Lost,
    /// It refused this row; others may do.
    OfRow,
    /// Every other row would meet the same.
    OfAll,
}

impl Verdict {
    pub(super) fn of(request: &CreateRequest, error: &Error) -> Self {
        if request.action_name().is_permanent() && error.may_have_been_done() {
            return Self::Lost;
        }
        match error.errcode().and_then(ErrCode::info) {
            Some(info) if info.class == ErrClass::Param => Self::OfRow,
            _ => Self::OfAll,
        }
    }
}

/// What the platform closes a call for after 45011.
const MINUTE: Duration = Duration::from_mins(1);

impl Error {
    /// How long to wait before the same call is made again, if it is only too early for it: nothing was done.
    pub(super) fn pause(&self) -> Option<Duration> {
        let is_minute = self.errcode() == Some(ErrCode::MINUTE_QUOTA_REACHED) && !self.may_have_been_done();
        self.held_for().filter(|left| *left <= super::caller::LONGEST_PAUSE).or(is_minute.then_some(MINUTE))
    }

    /// The error and its causes on one line.
    pub(super) fn sentence(&self) -> String {
        let mut text = self.to_string();
        let mut source = self.source();
        while let Some(cause) = source {
            let cause_text = cause.to_string();
            if !text.contains(&cause_text) {
                text = format!("{text}: {cause_text}");
            }
            source = cause.source();
        }
        text
    }
}
