use crate::{edge::Stopwatch, print};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde::Serialize;
use std::io::{self, IsTerminal, Write};

/// How far a step of the batch is: a bar on a terminal, else a line of JSON on stderr for each hundredth.
pub(super) struct Progress {
    step: &'static str,
    total: u64,
    each: u64,
    told: u64,
    watch: Stopwatch,
    bar: Option<ProgressBar>,
}

#[derive(Serialize)]
struct Line {
    step: &'static str,
    done: u64,
    total: u64,
    per_second: u64,
    seconds_left: Option<u64>,
}

impl Progress {
    pub(super) fn start(step: &'static str, total: u64) -> Self {
        let bar = io::stderr().is_terminal().then(|| {
            let bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::stderr());
            let style = "{msg:>8} [{bar:40}] {human_pos}/{human_len}  {per_sec}  {eta} left";
            if let Ok(style) = ProgressStyle::with_template(style) {
                bar.set_style(style);
            }
            bar.set_message(step);
            bar
        });
        let mut progress =
            Self { step, total, each: (total / 100).max(1), told: 0, watch: Stopwatch::start(), bar };
        progress.tell(0);
        progress
    }

    /// Says something while it is shown.
    pub(super) fn speaker(&self) -> impl Fn(&str) + Send + use<> {
        let bar = self.bar.clone();
        move |text| match &bar {
            Some(bar) => bar.suspend(|| print::note(text)),
            None => print::note(text),
        }
    }

    pub(super) fn at(&mut self, done: u64) {
        if let Some(bar) = &self.bar {
            bar.set_position(done);
        } else if done / self.each > self.told / self.each {
            self.tell(done);
        }
    }

    /// The last word; a bar goes away.
    pub(super) fn end(mut self, done: u64) {
        match &self.bar {
            Some(bar) => bar.finish_and_clear(),
            None if done != self.told => self.tell(done),
            None => {}
        }
    }

    fn tell(&mut self, done: u64) {
        if self.bar.is_some() {
            return;
        }
        self.told = done;
        let millis = u64::try_from(self.watch.elapsed().as_millis()).unwrap_or(u64::MAX).max(1);
        let per_second = done.saturating_mul(1000) / millis;
        let left = self.total.saturating_sub(done);
        let line = Line {
            step: self.step,
            done,
            total: self.total,
            per_second,
            seconds_left: (done > 0).then(|| left.saturating_mul(millis) / done / 1000),
        };
        // Nobody may listen any more.
        let text = serde_json::to_string(&line).unwrap_or_default();
        let _ = writeln!(io::stderr().lock(), "{text}");
    }
}
