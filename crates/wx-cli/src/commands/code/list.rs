mod rows;

use super::{filters::LedgerFilters, ledger};
use crate::{
    commands::Context,
    config::{AccountArgs, DatabaseArgs, account},
    edge,
    failure::{Failure, Outcome},
    print,
};
use clap::ValueEnum;
use rows::Output;
pub(super) use rows::{EntryRow, expiry};
use wx_channel::{CodeLedger, CodeState, Places};
use wx_model::{InvalidLifetime, Lifetime};

/// Lists the ledger of codes
///
/// Everything that was created, planned or asked for through this program, page by page. The platform itself lists nobody's
/// codes.
#[derive(Debug, clap::Args)]
pub(crate) struct List {
    /// Temporary codes that work now and expire within this time: 7d, 12h
    #[arg(long, value_name = "TIME", value_parser = within)]
    expiring: Option<Lifetime>,

    #[command(flatten)]
    filters: LedgerFilters,

    /// How they are written
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,

    #[command(flatten)]
    account: AccountArgs,

    #[command(flatten)]
    database: DatabaseArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    Table,
    Json,
    Csv,
}

const PAGE: u32 = 500;

impl List {
    pub(crate) async fn run(self, context: &Context) -> Outcome {
        let format = if context.json { Format::Json } else { self.format };
        let account = account(&self.account.app_id(&context.settings)?);
        let now = edge::now();
        let mut query = self.filters.query(account.clone(), now)?;
        if let Some(time) = self.expiring {
            if query.state.is_some_and(|state| state != CodeState::Created) {
                return Err(Failure::invalid("what expires soon works now; leave --state out"));
            }
            query = query.state(CodeState::Created).expires_until(now + i64::from(time.seconds()));
        }
        let ledger = ledger::open(self.database.path(&context.settings))?;
        let places = ledger.places(&account).await?;
        let mut output = Output::begin(format);
        let mut after = None;
        loop {
            let page = ledger.entries(&query, after.as_ref(), PAGE).await?;
            output.page(&page.entries.iter().map(|entry| EntryRow::new(entry, now)).collect::<Vec<_>>());
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        output.end(places);
        if format == Format::Table {
            print::note(&format!(
                "{} of {} places of permanent codes are taken, {} of them unknown",
                places.taken(),
                Places::ALL,
                places.unknown
            ));
        }
        Ok(())
    }
}

/// New codes, as the list would print them.
pub(super) fn print_rows(context: &Context, rows: &[EntryRow]) {
    if context.json {
        print::json(&serde_json::json!({ "codes": rows }));
    } else if !rows.is_empty() {
        Output::begin(Format::Table).page(rows);
    }
}

/// Reads how soon a code expires; none lives longer than the longest lifetime.
pub(super) fn within(text: &str) -> Result<Lifetime, InvalidLifetime> {
    match text.parse() {
        Err(InvalidLifetime::Range { seconds: 1.. }) => Ok(Lifetime::MAX),
        other => other,
    }
}
