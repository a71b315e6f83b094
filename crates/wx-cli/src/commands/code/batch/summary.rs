use super::plan::PlanRow;
use crate::{
    failure::{Failure, Outcome, sentence},
    print,
};
use serde::Serialize;
use std::path::{Path, PathBuf};
use wx_channel::{CodeState, LedgerEntry, Places};
use wx_model::ErrCode;
use wx_qrcode::{BatchEnd, BatchReport};

/// So many scenes are named.
const NAMED: usize = 20;

/// What came of a batch.
#[derive(Debug, Serialize)]
pub(super) struct Summary {
    rows: u64,
    created: u64,
    known: u64,
    failed: u64,
    /// Rows that are still to be created.
    left: u64,
    unknown: u64,
    /// The first of them.
    unknown_scenes: Vec<String>,
    /// Temporary codes of the run that goes on which do not work any more.
    expired: u64,
    without_picture: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_picture_problem: Option<String>,
    /// `done`, `stopped`, `stop_mark`, `quota`, `full`, `lost` or `failed`.
    ended: &'static str,
    /// From when on the platform takes further calls, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    resume_at: Option<i64>,
    manifest: Option<PathBuf>,
    zip: Option<PathBuf>,
    sheet: Option<PathBuf>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pages: Option<usize>,
    #[serde(skip)]
    end: BatchEnd,
}

impl Summary {
    pub(super) fn new(rows: u64, report: BatchReport, now: i64) -> Self {
        let counts = report.counts;
        let begun = counts.created + counts.known + counts.failed + counts.unknown + counts.lost;
        let code = match &report.end {
            BatchEnd::Failed(error) => error.errcode(),
            _ => None,
        };
        Self {
            rows,
            created: counts.created,
            known: counts.known,
            failed: counts.failed,
            left: rows.saturating_sub(begun),
            unknown: counts.unknown + counts.lost,
            unknown_scenes: Vec::new(),
            expired: 0,
            without_picture: 0,
            first_picture_problem: None,
            ended: match (&report.end, code) {
                (BatchEnd::Done, _) => "done",
                (BatchEnd::Stopped, _) => "stopped",
                (BatchEnd::StopMark { .. }, _) => "stop_mark",
                (BatchEnd::Lost(_), _) => "lost",
                (_, Some(ErrCode::DAILY_QUOTA_REACHED)) => "quota",
                (_, Some(ErrCode::QRCODE_COUNT_LIMIT)) => "full",
                _ => "failed",
            },
            resume_at: (code == Some(ErrCode::DAILY_QUOTA_REACHED)).then(|| beijing_midnight_after(now)),
            manifest: None,
            zip: None,
            sheet: None,
            pages: None,
            end: report.end,
        }
    }

    pub(super) fn end(&self) -> &BatchEnd {
        &self.end
    }

    pub(super) fn stop(&mut self) {
        (self.end, self.ended) = (BatchEnd::Stopped, "stopped");
    }

    pub(super) fn see(&mut self, row: &PlanRow, entry: Option<&LedgerEntry>, now: i64) {
        let state = entry.map(|entry| entry.state(now));
        self.expired += u64::from(state == Some(CodeState::Expired));
        if state == Some(CodeState::Unknown) && self.unknown_scenes.len() < NAMED {
            self.unknown_scenes.push(row.request.scene_value().as_str().to_owned());
        }
    }

    pub(super) fn without_picture(&mut self, reason: &str) {
        self.without_picture += 1;
        self.first_picture_problem.get_or_insert_with(|| reason.to_owned());
    }

    pub(super) fn manifest(&mut self, path: &Path) {
        self.manifest = Some(path.to_owned());
    }

    pub(super) fn zip(&mut self, path: &Path) {
        self.zip = Some(path.to_owned());
    }

    pub(super) fn sheet(&mut self, path: &Path, pages: usize) {
        (self.sheet, self.pages) = (Some(path.to_owned()), Some(pages));
    }

    pub(super) fn print(&self) {
        let codes = if self.rows == 1 { "code" } else { "codes" };
        print::line(&format!(
            "{} {codes}: {} created, {} known already",
            self.rows, self.created, self.known
        ));
        for (count, what) in [
            (self.failed, "refused by the platform; the manifest says why"),
            (self.left, "not created yet"),
            (self.unknown, "unknown: the answer was lost"),
            (self.expired, "expired, so without a picture"),
            (self.without_picture, "without a picture; the manifest says why"),
        ] {
            if count > 0 {
                print::line(&format!("{count} {what}"));
            }
        }
        for (what, path) in [("manifest", &self.manifest), ("sheet", &self.sheet), ("zip", &self.zip)] {
            if let Some(path) = path {
                print::line(&format!("{what}  {}", path.display()));
            }
        }
    }

    /// What is to be done, and the exit code.
    pub(super) fn outcome(&self) -> Outcome {
        let again = "run the same command with --resume";
        match &self.end {
            BatchEnd::Stopped => {
                return Err(Failure::try_later(format!("stopped as you said; to go on, {again}")));
            }
            BatchEnd::StopMark { taken } => {
                return Err(Failure::failed(format!(
                    "stopped at the mark: {taken} of {} places of permanent codes are taken for ever. Retire none for a place, \
                     it stays taken; use temporary codes, reuse retired scenes, or set a higher --stop-mark and {again}",
                    Places::ALL
                )));
            }
            BatchEnd::Lost(error) => {
                let told = format!("too many answers were lost, so it stopped ({})", sentence(error));
                return Err(Failure::failed(format!("{told}. {}", self.about_unknown())));
            }
            BatchEnd::Failed(error) => return Err(self.failure(error, again)),
            _ => {}
        }
        if self.unknown > 0 {
            return Err(Failure::failed(self.about_unknown()));
        }
        if self.failed > 0 {
            return Err(Failure::refused(format!(
                "{} refused by the platform; mend the rows, and {again}",
                codes(self.failed, "was", "were")
            )));
        }
        if self.expired > 0 {
            return Err(Failure::failed(format!(
                "{} expired since this run was begun; to make new ones, run the same command without --resume",
                codes(self.expired, "has", "have")
            )));
        }
        match &self.first_picture_problem {
            Some(problem) => Err(Failure::failed(format!(
                "{} no picture ({problem}); {again}",
                codes(self.without_picture, "has", "have")
            ))),
            None => Ok(()),
        }
    }

    fn failure(&self, error: &wx_qrcode::Error, again: &str) -> Failure {
        let text = sentence(error);
        match (error.errcode(), self.resume_at) {
            (_, Some(time)) => Failure::try_later(format!(
                "the calls of today are used up (45009), {} left; it may go on at {}: {again}",
                codes(self.left, "is", "are"),
                print::beijing_time(time)
            )),
            (Some(ErrCode::QRCODE_COUNT_LIMIT), _) => Failure::refused(format!(
                "all permanent codes of the account are used up for ever (45029), {} not created; use temporary \
                 codes (lifetime 30d) that you renew, give retired codes (`wx code list --state retired`) a new meaning, or \
                 take another account",
                codes(self.left, "is", "are")
            )),
            _ if error.is_retryable() => Failure::try_later(format!("{text}; to go on later, {again}")),
            (Some(_), _) => {
                Failure::refused(format!("{text}; {} left. Then {again}", codes(self.left, "is", "are")))
            }
            (None, _) => Failure::failed(format!("{text}; to go on, {again}")),
        }
    }

    fn about_unknown(&self) -> String {
        let scenes = self.unknown_scenes.join(", ");
        let more = if self.unknown > self.unknown_scenes.len() as u64 { ", …" } else { "" };
        format!(
            "{} unknown: the platform was asked and its answer was lost, so each may exist and take a place for ever \
             ({scenes}{more}). They are not asked for again by themselves. Choose: `--resume --retry-unknown` asks once more \
             and may take a second place each, `wx code retire` with --scene-str or --scene-id gives one up",
            codes(self.unknown, "is", "are")
        )
    }
}

/// As a sentence begins.
fn codes(count: u64, one: &str, many: &str) -> String {
    if count == 1 { format!("1 code {one}") } else { format!("{count} codes {many}") }
}

/// When the platform's next day begins, in seconds since 1970.
fn beijing_midnight_after(now: i64) -> i64 {
    const DAY: i64 = 86_400;
    const BEIJING: i64 = 8 * 3_600;
    (now + BEIJING).div_euclid(DAY) * DAY + DAY - BEIJING
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_of_the_platform_ends_at_midnight_in_beijing() {
        // 2026-01-01 09:00 in Beijing.
        assert_eq!(
            print::beijing_time(beijing_midnight_after(1_767_229_200)),
            "2026-01-02 00:00:00 Beijing time"
        );
        assert_eq!(beijing_midnight_after(1_767_283_199), 1_767_283_200);
        assert_eq!(beijing_midnight_after(1_767_283_200), 1_767_283_200 + 86_400);
    }
}
