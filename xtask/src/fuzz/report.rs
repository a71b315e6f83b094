use super::cargo_fuzz::Replay;
use std::fmt;

/// What is to be said about one run: libFuzzer's own figures, what it found, and the slowest input.
#[derive(Debug)]
pub(super) struct Report {
    target: String,
    executions: Option<u64>,
    per_second: Option<u64>,
    peak_megabytes: Option<u64>,
    /// The files with inputs that broke a law.
    found: Vec<String>,
    ended_well: bool,
    slowest: String,
    is_fast: bool,
}

impl Report {
    pub(super) fn new(target: &str) -> Self {
        Self {
            target: target.to_owned(),
            executions: None,
            per_second: None,
            peak_megabytes: None,
            found: Vec::new(),
            ended_well: false,
            slowest: String::new(),
            is_fast: false,
        }
    }

    /// Takes a line of libFuzzer, such as `stat::peak_rss_mb:              33`.
    pub(super) fn read(&mut self, line: &str) {
        if let Some((_, file)) = line.split_once("Test unit written to ") {
            self.found.push(file.to_owned());
        }
        let Some((name, figure)) = line.strip_prefix("stat::").and_then(|stat| stat.split_once(':')) else {
            return;
        };
        let figure = figure.trim().parse().ok();
        match name {
            "number_of_executed_units" => self.executions = figure,
            "average_exec_per_sec" => self.per_second = figure,
            "peak_rss_mb" => self.peak_megabytes = figure,
            _ => {}
        }
    }

    pub(super) fn finish(&mut self, ended_well: bool, replay: &Replay) {
        self.ended_well = ended_well;
        self.is_fast = replay.passed;
        self.slowest = if replay.said.is_empty() { "not measured".to_owned() } else { replay.said.clone() };
    }

    pub(super) fn failed(&self) -> bool {
        !self.ended_well || !self.is_fast
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let figure = |figure: Option<u64>| figure.map_or("?".to_owned(), |figure| figure.to_string());
        let verdict = if self.failed() { "FAILED" } else { "passed" };
        let (executions, per_second) = (figure(self.executions), figure(self.per_second));
        writeln!(
            f,
            "{:<16} {verdict}: {executions} executions, {per_second}/s, peak {} MB; {}",
            self.target,
            figure(self.peak_megabytes),
            self.slowest
        )?;
        self.found.iter().try_for_each(|file| writeln!(f, "{:<16} found {file}", ""))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_and_findings_are_read_from_what_libfuzzer_says() {
        let mut report = Report::new("xml_fields");
        for line in [
            "#8192\tpulse  cov: 512",
            "artifact_prefix='a/'; Test unit written to a/crash-da39",
            "stat::number_of_executed_units: 865168",
            "stat::average_exec_per_sec:     41198",
            "stat::new_units_added:          7568",
            "stat::peak_rss_mb:              33",
        ] {
            report.read(line);
        }
        let replay = Replay { passed: true, said: "158 inputs, slowest 0.150 ms: a.xml".to_owned() };
        report.finish(false, &replay);
        assert!(report.failed());
        let lines = [
            "xml_fields       FAILED: 865168 executions, 41198/s, peak 33 MB; 158 inputs, slowest 0.150 ms: a.xml",
            "                 found a/crash-da39",
        ];
        assert_eq!(report.to_string().lines().collect::<Vec<_>>(), lines);
        report.finish(true, &replay);
        assert!(!report.failed());
        report.finish(true, &Replay { passed: false, ..replay });
        assert!(report.failed());
    }
}
