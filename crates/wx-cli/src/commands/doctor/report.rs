use super::{
    check::Check,
    finding::{Finding, Verdict},
};
use crate::print;
use serde_json::{Value, json};
use std::io::{self, IsTerminal};
use unicode_width::UnicodeWidthStr;

/// The findings so far. For people each is printed as soon as it is known.
pub(super) struct Report {
    is_for_script: bool,
    findings: Vec<Finding>,
    /// Why what was not looked at was not.
    obstacle: Option<String>,
}

impl Report {
    pub(super) fn new(is_for_script: bool) -> Self {
        Self { is_for_script, findings: Vec::new(), obstacle: None }
    }

    pub(super) fn add(&mut self, finding: Finding) {
        if !self.is_for_script {
            print_finding(&finding);
        }
        self.findings.push(finding);
    }

    /// Nothing more is looked at, because of this.
    pub(super) fn stop(&mut self, obstacle: &str) {
        self.obstacle.get_or_insert_with(|| obstacle.to_owned());
    }

    /// What only the platform can tell and is not known yet, is not because of this.
    pub(super) fn because(&mut self, obstacle: &str) {
        self.stop(obstacle);
        let is_of_calls = |check: &Check| (Check::TokenStore..=Check::CallbackNetwork).contains(check);
        self.skip(|check| is_of_calls(&check));
    }

    /// Every check has a line.
    pub(super) fn skip_rest(&mut self) {
        self.skip(|_| true);
    }

    fn skip(&mut self, concerns: impl Fn(Check) -> bool) {
        let why = self.obstacle.clone().unwrap_or_default();
        let is_open = |check: &Check| !self.findings.iter().any(|finding| finding.check == *check);
        let open: Vec<_> = Check::ALL.into_iter().filter(is_open).filter(|check| concerns(*check)).collect();
        for check in open {
            self.add(Finding::skipped(check, why.as_str()));
        }
    }

    pub(super) fn count(&self, verdict: Verdict) -> usize {
        self.findings.iter().filter(|finding| finding.verdict == verdict).count()
    }

    pub(super) fn json(&self) -> Value {
        let checks: Vec<_> = self.findings.iter().map(Finding::json).collect();
        json!({
            "healthy": self.count(Verdict::Failed) == 0,
            "ok": self.count(Verdict::Ok),
            "warnings": self.count(Verdict::Warning),
            "failed": self.count(Verdict::Failed),
            "skipped": self.count(Verdict::Skipped),
            "checks": checks,
        })
    }

    pub(super) fn print_summary(&self) {
        let [ok, warnings, failed, skipped] =
            [Verdict::Ok, Verdict::Warning, Verdict::Failed, Verdict::Skipped]
                .map(|verdict| self.count(verdict));
        print::line("");
        print::line(&format!(
            "{ok} ok 正常, {warnings} warning 警告, {failed} failed 失败, {skipped} skipped 跳过"
        ));
    }
}

fn print_finding(finding: &Finding) {
    let [english, chinese] = finding.check.title();
    let title = format!("{english} {chinese}");
    let blanks = " ".repeat(WIDEST_TITLE.saturating_sub(title.width()));
    let verdict = format!("{:<8}", finding.verdict.name());
    let verdict = if io::stdout().is_terminal() {
        format!("\x1b[{}m{verdict}\x1b[0m", colour(finding.verdict))
    } else {
        verdict
    };
    print::line(&format!("{verdict} {title}{blanks}  {}", print::harmless_line(&finding.text)));
    if let Some([english, chinese]) = &finding.remedy {
        print::line(&format!("         do    {}", print::harmless_line(english)));
        print::line(&format!("         处理  {}", print::harmless_line(chinese)));
    }
}

const WIDEST_TITLE: usize = 29;

fn colour(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Ok => "32",
        Verdict::Warning => "33",
        Verdict::Failed => "1;31",
        Verdict::Skipped => "2",
    }
}
