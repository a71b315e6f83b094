use super::{Finding, check::Check};
use crate::config::account;
use std::path::Path;
use wx_channel::CodeLedger;
use wx_model::AppId;
use wx_store::{OpenErrorKind, SqliteStore};

/// How many places of permanent codes are taken, by our own ledger: the platform tells nobody (protocol §2.6).
pub(super) async fn check(path: &Path, app_id: Option<AppId>, cap: u64) -> Finding {
    let skipped = |why: &str| Finding::skipped(Check::PermanentCodes, why);
    let Some(app_id) = app_id else { return skipped("the account is not known") };
    let places = match SqliteStore::open_read_only(path) {
        Ok(store) => store.places(&account(&app_id)).await.map_err(|error| crate::failure::sentence(&error)),
        Err(error) if matches!(error.kind(), OpenErrorKind::Missing | OpenErrorKind::Empty) => {
            return skipped("no codes are booked in the database yet");
        }
        Err(_) => return skipped("the database cannot be read"),
    };
    let taken = match places {
        Ok(places) => places.taken(),
        Err(why) => return skipped(&why),
    };
    let text = format!("{taken} of {cap} places are taken, by the codes booked here");
    if taken >= cap {
        return Finding::failed(Check::PermanentCodes, format!("used up for ever: {text}"), REMEDY);
    }
    if taken.saturating_mul(10) >= cap.saturating_mul(9) {
        return Finding::warning(Check::PermanentCodes, format!("nearly used up: {text}"), REMEDY);
    }
    Finding::ok(Check::PermanentCodes, text)
}

const REMEDY: [&str; 2] = [
    "nothing gives a place back: make temporary codes where nothing is printed, and reuse the codes of retired channels",
    "永久码名额无法恢复：不需印刷的场景请改用临时二维码，停用渠道的旧码请重复利用",
];
