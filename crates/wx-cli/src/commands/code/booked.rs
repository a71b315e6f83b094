use crate::{
    config::{AccountArgs, DatabaseArgs, Settings, account},
    edge,
    failure::{Failure, Outcome},
    print,
};
use wx_channel::{AccountId, Code, CodeLedger, LedgerEntry, LedgerQuery};
use wx_store::SqliteStore;

/// The ledger that is asked which code a picture shows; there may be none.
pub(super) struct Booked(Option<(SqliteStore, AccountId)>);

impl Booked {
    /// None if there is no database, or no account is known.
    pub(super) fn open(
        account_args: &AccountArgs,
        database: &DatabaseArgs,
        settings: &Settings,
    ) -> Outcome<Self> {
        let asked = database.asked(settings);
        if asked.is_none() && !database.path(settings).is_file() {
            return Ok(Self(None));
        }
        let Ok(app_id) = account_args.app_id(settings) else {
            print::note(
                "note: there is a database but no AppID, so it is not asked which code this is; give --app-id",
            );
            return Ok(Self(None));
        };
        match SqliteStore::open_read_only(database.path(settings)) {
            // Nobody said that the file of that name is a database of ours.
            Err(_) if asked.is_none() => Ok(Self(None)),
            store => Ok(Self(Some((store?, account(&app_id))))),
        }
    }

    pub(super) fn is_there(&self) -> bool {
        self.0.is_some()
    }

    /// The newest code whose picture says this.
    pub(super) async fn code(&self, text: &str) -> Outcome<Option<Code>> {
        let Some((store, account)) = &self.0 else { return Ok(None) };
        newest_of(store, &LedgerQuery::new(account.clone(), edge::now()).url(text.to_owned())).await
    }
}

/// The newest booked code that the query finds, if it has a url.
pub(super) async fn newest(
    what: &str,
    query: impl FnOnce(LedgerQuery) -> LedgerQuery,
    account_args: &AccountArgs,
    database: &DatabaseArgs,
    settings: &Settings,
) -> Outcome<Code> {
    let store = SqliteStore::open_read_only(database.path(settings))?;
    let all = LedgerQuery::new(account(&account_args.app_id(settings)?), edge::now());
    let newest = newest_of(&store, &query(all)).await?.filter(|code| code.url.is_some());
    newest.ok_or_else(|| Failure::invalid(format!("no code with {what} and a url is booked in the database")))
}

async fn newest_of(store: &SqliteStore, query: &LedgerQuery) -> Outcome<Option<Code>> {
    let found = store.entries(query, None, u32::MAX).await?.entries;
    let codes = found.into_iter().filter_map(|entry| match entry {
        LedgerEntry::Code(code) => Some(code),
        LedgerEntry::Order(_) => None,
    });
    Ok(codes.max_by_key(|code| code.created))
}
