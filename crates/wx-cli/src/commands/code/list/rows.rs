use super::Format;
use crate::print;
use serde::Serialize;
use wx_channel::{Code, CodeState, LedgerEntry, Places};

/// An entry of the ledger as it is printed.
#[derive(Debug, Serialize)]
pub(crate) struct EntryRow {
    pub(crate) action_name: &'static str,
    pub(crate) scene: String,
    pub(crate) channel: Option<String>,
    pub(crate) state: CodeState,
    pub(crate) ticket: Option<String>,
    pub(crate) url: Option<String>,
    /// Seconds since 1970.
    pub(crate) created: Option<i64>,
    /// Seconds since 1970; nothing if it never expires.
    pub(crate) expires: Option<i64>,
    /// The same for a person.
    pub(crate) expires_in: Option<String>,
    pub(crate) reason: Option<String>,
}

impl EntryRow {
    pub(crate) fn new(entry: &LedgerEntry, now: i64) -> Self {
        let code = entry.code();
        let reason = match entry {
            LedgerEntry::Order(booked) => booked.reason.clone(),
            LedgerEntry::Code(_) => None,
        };
        Self {
            action_name: entry.action_name().as_str(),
            scene: entry.scene().as_str().to_owned(),
            channel: entry.channel().map(ToString::to_string),
            state: entry.state(now),
            ticket: code.map(|code| code.ticket.as_str().to_owned()),
            url: code.and_then(|code| code.url.clone()),
            created: code.map(|code| code.created),
            expires: code.and_then(|code| code.expires),
            expires_in: code.map(|code| expiry(code, now)),
            reason,
        }
    }

    fn cells(&self) -> Vec<String> {
        let text = |cell: &Option<String>| cell.clone().unwrap_or_default();
        let time = |second: Option<i64>| second.map(print::beijing_time).unwrap_or_default();
        vec![
            self.scene.clone(),
            self.action_name.to_owned(),
            text(&self.channel),
            self.state.to_string(),
            text(&self.expires_in),
            time(self.expires),
            time(self.created),
            text(&self.ticket),
            text(&self.url),
            text(&self.reason),
        ]
    }
}

/// When a code stops to work, in words.
pub(crate) fn expiry(code: &Code, now: i64) -> String {
    let Some(expires) = code.expires else { return "never".to_owned() };
    let (seconds, is_over) = (expires.saturating_sub(now), expires <= now);
    let (count, unit) = match seconds.unsigned_abs() {
        less @ 0..120 => (less, "second"),
        less @ 120..7_200 => (less / 60, "minute"),
        less @ 7_200..172_800 => (less / 3_600, "hour"),
        more => (more / 86_400, "day"),
    };
    let plural = if count == 1 { "" } else { "s" };
    if is_over { format!("{count} {unit}{plural} ago") } else { format!("in {count} {unit}{plural}") }
}

const HEAD: [&str; 10] =
    ["scene", "kind", "channel", "state", "expires", "at", "created", "ticket", "url", "reason"];
/// A table has no room for what only programs read.
const IN_TABLE: usize = 6;

/// Pages, written as they come.
pub(super) struct Output {
    format: Format,
    is_begun: bool,
}

impl Output {
    pub(super) fn begin(format: Format) -> Self {
        match format {
            Format::Json => print::text("{\"codes\":["),
            Format::Csv => print::line(&csv_line(HEAD.map(str::to_owned).to_vec())),
            Format::Table => {}
        }
        Self { format, is_begun: false }
    }

    pub(super) fn page(&mut self, rows: &[EntryRow]) {
        if rows.is_empty() && (self.is_begun || self.format != Format::Table) {
            return;
        }
        match self.format {
            Format::Table => {
                let cells = |row: &EntryRow| {
                    let cells = row.cells();
                    cells[..IN_TABLE].iter().map(|cell| print::harmless_line(cell)).collect()
                };
                print::line(&print::table(&HEAD[..IN_TABLE], &rows.iter().map(cells).collect::<Vec<_>>()));
            }
            Format::Csv => {
                let lines: Vec<_> = rows.iter().map(|row| csv_line(row.cells())).collect();
                print::line(&lines.join("\n"));
            }
            Format::Json => {
                let object = |row: &EntryRow| serde_json::to_string(row).unwrap_or_default();
                let objects: Vec<_> = rows.iter().map(object).collect();
                let comma = if self.is_begun { "," } else { "" };
                print::text(&format!("{comma}{}", objects.join(",")));
            }
        }
        self.is_begun = true;
    }

    pub(super) fn end(&self, places: Places) {
        if self.format == Format::Json {
            let places = serde_json::to_string(&places).unwrap_or_default();
            print::line(&format!("],\"places\":{places}}}"));
        }
    }
}

/// No cell is taken for a formula.
fn csv_line(cells: Vec<String>) -> String {
    let harmless = |cell: String| {
        if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell }
    };
    let mut table = csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer(Vec::new());
    // Into memory nothing fails.
    let _ = table.write_record(cells.into_iter().map(harmless));
    let line = table.into_inner().unwrap_or_default();
    String::from_utf8_lossy(&line).trim_end_matches('\n').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use wx_channel::AccountId;
    use wx_model::{CreateRequest, CreateResponse, Lifetime, Scene};

    #[test]
    fn an_expiry_is_said_in_words() {
        let request = CreateRequest::temporary(Scene::id(1).unwrap(), Lifetime::days(7).unwrap());
        let code = Code::new(AccountId::from("wx1"), &request, &CreateResponse::new("t"), 0);
        let said = [0, 604_800 - 7_200, 604_800 - 60, 604_799, 604_800, 604_801, 10_000_000]
            .map(|now| expiry(&code, now));
        assert_eq!(
            said,
            [
                "in 7 days",
                "in 2 hours",
                "in 60 seconds",
                "in 1 second",
                "0 seconds ago",
                "1 second ago",
                "108 days ago"
            ]
        );
        assert_eq!(expiry(&Code { expires: None, ..code }, 0), "never");
    }
}
