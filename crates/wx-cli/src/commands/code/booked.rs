use crate::{
    config::{AccountArgs, DatabaseArgs, Settings, account},
    failure::{Failure, Outcome},
    print,
};
use wx_channel::{Code, CodeStore};
use wx_store::SqliteStore;

/// The codes that are booked in the database; none if there is no database or no account is known.
pub(super) async fn codes(
    account_args: &AccountArgs,
    database: &DatabaseArgs,
    settings: &Settings,
) -> Outcome<Vec<Code>> {
    let asked = database.asked(settings);
    if asked.is_none() && !database.path(settings).is_file() {
        return Ok(Vec::new());
    }
    let Ok(app_id) = account_args.app_id(settings) else {
        print::note(
            "note: there is a database but no AppID, so it is not asked which code this is; give --app-id",
        );
        return Ok(Vec::new());
    };
    match SqliteStore::open_read_only(database.path(settings)) {
        // Nobody said that the file of that name is a database of ours.
        Err(_) if asked.is_none() => Ok(Vec::new()),
        store => Ok(store?.codes(&account(&app_id)).await?),
    }
}

/// The url of the newest booked code that fits.
pub(super) async fn url(
    what: &str,
    is_it: impl Fn(&Code) -> bool,
    account_args: &AccountArgs,
    database: &DatabaseArgs,
    settings: &Settings,
) -> Outcome<String> {
    let store = SqliteStore::open_read_only(database.path(settings))?;
    let codes = store.codes(&account(&account_args.app_id(settings)?)).await?;
    let newest = codes.iter().rev().find(|code| is_it(code));
    let url = newest.and_then(|code| code.url.clone());
    url.ok_or_else(|| Failure::invalid(format!("no code with {what} and a url is booked in the database")))
}
