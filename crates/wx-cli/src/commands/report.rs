use super::Context;
use crate::{
    config::{AccountArgs, DatabaseArgs, account},
    failure::{Failure, Outcome},
    print,
};
use clap::ValueEnum;
use wx_channel::{Day, DayRange, EventStore, Report as Figures, ReportQuery, ReportRow, Source};
use wx_store::SqliteStore;

/// Prints the figures of every channel
///
/// Scans, people, new and returning followers, lost ones and the net per channel (渠道). Days are days in Beijing time.
#[derive(Debug, clap::Args)]
pub(crate) struct Report {
    /// First day, such as 2026-01-01
    #[arg(long, value_name = "DAY")]
    from: Option<Day>,

    /// Last day
    #[arg(long, value_name = "DAY")]
    to: Option<Day>,

    /// How the figures are printed; --json is short for json
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,

    #[command(flatten)]
    account: AccountArgs,

    #[command(flatten)]
    database: DatabaseArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Table,
    Json,
}

impl Report {
    pub(crate) async fn run(self, context: &Context) -> Outcome {
        if self.from.zip(self.to).is_some_and(|(from, to)| from > to) {
            return Err(Failure::invalid("--from is a later day than --to"));
        }
        let account = account(&self.account.app_id(&context.settings)?);
        let store = SqliteStore::open_read_only(self.database.path(&context.settings))?;
        let figures =
            store.report(&ReportQuery::new(account).days(DayRange::new(self.from, self.to))).await?;
        if context.json || self.format == Format::Json {
            print::json(&figures);
        } else {
            print::line(&as_table(&figures));
        }
        Ok(())
    }
}

/// The figures as columns.
pub(crate) fn as_table(figures: &Figures) -> String {
    let head = [
        "channel 渠道",
        "scans 扫码",
        "people 人数",
        "new 新关注",
        "returning 回流",
        "lost 流失",
        "net 净增",
    ];
    let row = |row: &ReportRow| {
        let numbers = [row.scans, row.people, row.new_followers, row.returning, row.lost];
        let mut cells = vec![name(&row.source).to_owned()];
        cells.extend(numbers.iter().map(ToString::to_string));
        cells.push(format!("{:+}", row.net()));
        cells
    };
    print::table(&head, &figures.rows.iter().map(row).collect::<Vec<_>>())
}

fn name(source: &Source) -> &str {
    match source {
        Source::Channel(name) => name.as_str(),
        Source::UnassignedCode => "(codes without a channel 未分渠道)",
        Source::NoCode => "(without a code 非扫码)",
    }
}
