use jiff::{
    Timestamp,
    tz::{self, TimeZone},
};
use serde::Serialize;
use std::{
    io::{self, IsTerminal, Write},
    sync::atomic::{AtomicBool, Ordering},
};
use unicode_width::UnicodeWidthStr;

/// Writes a line of data to stdout. A reader that went away (`wx … | head`) is no error; a full disk is one, and then
/// the line goes to stderr, because it may hold the only copy of a ticket.
pub(crate) fn line(text: &str) {
    let mut stdout = io::stdout().lock();
    match writeln!(stdout, "{text}").and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            STDOUT_FAILED.store(true, Ordering::Relaxed);
            note(&format!("cannot write to stdout ({error}), so here it is:\n{text}"));
        }
        _ => {}
    }
}

/// Writes a part of a line of data to stdout, as [`line()`] does.
pub(crate) fn text(text: &str) {
    if let Err(error) = io::stdout().lock().write_all(text.as_bytes())
        && error.kind() != io::ErrorKind::BrokenPipe
    {
        STDOUT_FAILED.store(true, Ordering::Relaxed);
    }
}

/// Whether some data did not reach stdout.
pub(crate) fn stdout_failed() -> bool {
    STDOUT_FAILED.load(Ordering::Relaxed)
}

static STDOUT_FAILED: AtomicBool = AtomicBool::new(false);

/// Writes a value as JSON on one line.
pub(crate) fn json(value: &impl Serialize) {
    line(&serde_json::to_string(value).expect("our own values have string keys and no failing serializer"));
}

/// Says something about the work on stderr, apart from the data.
pub(crate) fn note(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// Says why the command failed.
pub(crate) fn error(text: &str) {
    let (on, off) = if io::stderr().is_terminal() { ("\x1b[1;31m", "\x1b[0m") } else { ("", "") };
    note(&format!("{on}error{off}: {text}"));
}

/// A text from outside without what would control the terminal; line ends and tabs stay.
pub(crate) fn harmless(text: &str) -> String {
    let is_harmless = |c: &char| !c.is_control() || matches!(c, '\n' | '\t');
    text.chars().map(|c| if is_harmless(&c) { c } else { char::REPLACEMENT_CHARACTER }).collect()
}

/// The same for a text that takes one line.
pub(crate) fn harmless_line(text: &str) -> String {
    harmless(text).replace(['\n', '\t'], " ")
}

/// A time in seconds since 1970 as a person in China reads it; the number itself if no calendar has it.
pub(crate) fn beijing_time(seconds: i64) -> String {
    let beijing = TimeZone::fixed(tz::offset(8));
    match Timestamp::from_second(seconds) {
        Ok(time) => format!("{} Beijing time", time.to_zoned(beijing).strftime("%Y-%m-%d %H:%M:%S")),
        Err(_) => seconds.to_string(),
    }
}

/// A length of time in seconds, in its two largest units: `1 h 58 min`.
pub(crate) fn duration(seconds: u64) -> String {
    match (seconds / 86_400, seconds / 3600 % 24, seconds / 60 % 60, seconds % 60) {
        (0, 0, 0, seconds) => format!("{seconds} s"),
        (0, 0, minutes, 0) => format!("{minutes} min"),
        (0, 0, minutes, seconds) => format!("{minutes} min {seconds} s"),
        (0, hours, 0, _) => format!("{hours} h"),
        (0, hours, minutes, _) => format!("{hours} h {minutes} min"),
        (days, 0, ..) => format!("{days} d"),
        (days, hours, ..) => format!("{days} d {hours} h"),
    }
}

/// Columns of text: numbers to the right, everything else to the left. Chinese characters take two places.
pub(crate) fn table(head: &[&str], rows: &[Vec<String>]) -> String {
    let head: Vec<String> = head.iter().map(ToString::to_string).collect();
    let is_number = |cell: &str| cell.bytes().all(|byte| byte.is_ascii_digit() || b"+-".contains(&byte));
    let columns = (0..head.len()).map(|column| {
        let cells = || rows.iter().map(move |row| row[column].as_str());
        let width = cells().chain([head[column].as_str()]).map(UnicodeWidthStr::width).max().unwrap_or(0);
        (width, column > 0 && cells().all(is_number))
    });
    let columns: Vec<(usize, bool)> = columns.collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&columns).map(|(cell, (width, is_right))| {
            let blanks = " ".repeat(width - cell.width());
            if *is_right { format!("{blanks}{cell}") } else { format!("{cell}{blanks}") }
        });
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    std::iter::once(&head).chain(rows).map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_those_of_beijing() {
        assert_eq!(beijing_time(1_767_229_200), "2026-01-01 09:00:00 Beijing time");
        assert_eq!(beijing_time(i64::MAX), "9223372036854775807");
    }

    #[test]
    fn lengths_of_time_have_two_units() {
        let lengths = [0, 59, 60, 61, 3600, 7199, 86_400, 90_000].map(duration);
        assert_eq!(lengths, ["0 s", "59 s", "1 min", "1 min 1 s", "1 h", "1 h 59 min", "1 d", "1 d 1 h"]);
    }

    #[test]
    fn nothing_from_outside_controls_the_terminal() {
        assert_eq!(
            harmless("a\u{1b}[31m\u{9b}\r\n渠道\t\0"),
            "a\u{fffd}[31m\u{fffd}\u{fffd}\n渠道\t\u{fffd}"
        );
        assert_eq!(harmless_line("a\n\tb"), "a  b");
    }

    #[test]
    fn columns_line_up_with_chinese_names() {
        let rows = [vec!["门店 a".to_owned(), "7".to_owned()], vec!["x".to_owned(), "1234".to_owned()]];
        assert_eq!(table(&["channel", "n"], &rows), "channel     n\n门店 a      7\nx        1234");
    }
}
