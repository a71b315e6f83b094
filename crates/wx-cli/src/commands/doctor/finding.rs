use super::check::Check;
use serde_json::{Value, json};

/// What came of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    Ok,
    Warning,
    Failed,
    Skipped,
}

impl Verdict {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Warning => "warning",
            Self::Failed => "failed",
            Self::Skipped => "skipped",
        }
    }
}

/// One line of the report.
#[derive(Debug)]
pub(super) struct Finding {
    pub(super) check: Check,
    pub(super) verdict: Verdict,
    /// What was found; for a skipped check, why.
    pub(super) text: String,
    /// What to do, in English and Chinese.
    pub(super) remedy: Option<[String; 2]>,
}

impl Finding {
    pub(super) fn ok(check: Check, text: impl Into<String>) -> Self {
        Self { check, verdict: Verdict::Ok, text: text.into(), remedy: None }
    }

    pub(super) fn skipped(check: Check, why: impl Into<String>) -> Self {
        Self { check, verdict: Verdict::Skipped, text: why.into(), remedy: None }
    }

    pub(super) fn warning(check: Check, text: impl Into<String>, remedy: [&str; 2]) -> Self {
        Self { verdict: Verdict::Warning, ..Self::failed(check, text, remedy) }
    }

    pub(super) fn failed(check: Check, text: impl Into<String>, remedy: [&str; 2]) -> Self {
        let remedy = Some(remedy.map(str::to_owned));
        Self { check, verdict: Verdict::Failed, text: text.into(), remedy }
    }

    /// A call that failed, with the remedy that its return code has.
    pub(super) fn of_error(check: Check, error: &wx_client::Error) -> Self {
        let remedy = [error.remedy_en(), error.remedy_zh()].map(Option::unwrap_or_default);
        let remedy = if remedy[0].is_empty() { TRY_AGAIN } else { remedy };
        Self::failed(check, reason(error), remedy)
    }

    pub(super) fn json(&self) -> Value {
        let [en, zh] = self.check.title();
        json!({
            "check": self.check.name(),
            "title": { "en": en, "zh": zh },
            "result": self.verdict.name(),
            "finding": self.text,
            "remedy": self.remedy.as_ref().map(|[en, zh]| json!({ "en": en, "zh": zh })),
        })
    }
}

const TRY_AGAIN: [&str; 2] = [
    "look at the network and at what stands between, then try again",
    "请检查网络及途中的代理或网关，然后重试",
];

/// What the platform said, short: code, cause and its own words; else the whole sentence.
pub(super) fn reason(error: &wx_client::Error) -> String {
    match (error.errcode(), error.cause_en()) {
        (Some(code), Some(cause)) => {
            format!("{code}, {cause}: \"{}\"", error.errmsg().unwrap_or_default())
        }
        _ => crate::failure::sentence(error),
    }
}
