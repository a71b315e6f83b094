use super::{Answer, Matcher, SentRequest};
use std::{collections::VecDeque, sync::Arc, thread};

/// The answers that are left, and what has happened.
#[derive(Default)]
pub(super) struct Script {
    answers: VecDeque<(Matcher, Make)>,
    otherwise: Option<Otherwise>,
    pub(super) requests: Vec<SentRequest>,
    unexpected: Vec<String>,
}

pub(super) type Make = Box<dyn FnOnce(&SentRequest) -> Answer + Send>;
pub(super) type Otherwise = Arc<dyn Fn(&SentRequest) -> Answer + Send + Sync>;

impl Script {
    pub(super) fn push(&mut self, matcher: Matcher, make: Make) {
        self.answers.push_back((matcher, make));
    }

    pub(super) fn otherwise(&mut self, otherwise: Otherwise) {
        self.otherwise = Some(otherwise);
    }

    /// Remembers the request and gives what makes its answer, or says why there is none.
    pub(super) fn take(&mut self, request: &SentRequest) -> Result<Make, String> {
        self.requests.push(request.clone());
        let place = self.answers.iter().position(|(matcher, _)| matcher.mismatch(request).is_none());
        if let Some((_, make)) = place.and_then(|place| self.answers.remove(place)) {
            return Ok(make);
        }
        if let Some(otherwise) = self.otherwise.clone() {
            return Ok(Box::new(move |request| otherwise(request)));
        }
        let complaint = self.refuse(request);
        self.unexpected.push(complaint.clone());
        Err(complaint)
    }

    fn refuse(&self, request: &SentRequest) -> String {
        let request_line = request.redacted_line();
        if self.answers.is_empty() {
            return format!("the mock has no answer left for {request_line}; script one more");
        }
        let expected = self.answers.iter().map(|(matcher, _)| {
            let reason = matcher.mismatch(request).unwrap_or_default();
            format!("{matcher} ({reason})")
        });
        let expected: Vec<_> = expected.collect();
        format!("the mock does not expect {request_line}; it still expects {}", expected.join(" or "))
    }

    pub(super) fn unused(&self) -> usize {
        self.answers.len()
    }

    pub(super) fn complaint(&self) -> Option<String> {
        if !self.unexpected.is_empty() {
            return Some(self.unexpected.join("\n"));
        }
        let left: Vec<_> = self.answers.iter().map(|(matcher, _)| matcher.to_string()).collect();
        let count = left.len();
        (count > 0)
            .then(|| format!("{count} answer(s) of the mock were never asked for: {}", left.join(", ")))
    }

    pub(super) fn forget_rest(&mut self) {
        self.answers.clear();
        self.unexpected.clear();
    }
}

impl Drop for Script {
    fn drop(&mut self) {
        // A second panic would end the process and hide the first.
        if !thread::panicking()
            && let Some(complaint) = self.complaint()
        {
            panic!("{complaint}");
        }
    }
}
