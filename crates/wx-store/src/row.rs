use rusqlite::{Row, types::Type};
use std::{error::Error, str::FromStr};
use wx_channel::{AccountId, Channel, Code, Day, DayRow, DedupeKey, ReportRow, ScanEvent, Source};
use wx_model::{OpenId, SceneValue, Ticket};

/// Reads a row of `SCAN_EVENTS`.
pub(crate) fn event(row: &Row<'_>) -> rusqlite::Result<ScanEvent> {
    Ok(ScanEvent {
        account: AccountId::new(row.get::<_, String>("account")?),
        dedupe: DedupeKey::from_bytes(row.get("dedupe")?),
        created: row.get("created")?,
        received: row.get("received")?,
        class: parsed(row, "class")?,
        scene: row.get::<_, Option<String>>("scene")?.map(SceneValue::from),
        openid: OpenId::new(row.get::<_, String>("openid")?),
        ticket: row.get::<_, Option<String>>("ticket")?.map(Ticket::from),
        raw: row.get("raw")?,
    })
}

/// Reads a row of `CODES`.
pub(crate) fn code(row: &Row<'_>) -> rusqlite::Result<Code> {
    Ok(Code {
        account: AccountId::new(row.get::<_, String>("account")?),
        action_name: parsed(row, "action_name")?,
        scene: SceneValue::from(row.get::<_, String>("scene")?),
        ticket: Ticket::new(row.get::<_, String>("ticket")?),
        url: row.get("url")?,
        created: row.get("created")?,
        expires: row.get("expires")?,
        channel: row.get::<_, Option<String>>("channel")?.map(|name| parse(&name)).transpose()?,
    })
}

/// Reads a row of `CHANNELS` or `CHANNEL_OF`.
pub(crate) fn channel(row: &Row<'_>) -> rusqlite::Result<Channel> {
    Ok(Channel {
        name: parsed(row, "name")?,
        welcome: row.get("welcome")?,
        welcome_back: row.get("welcome_back")?,
    })
}

/// Reads a row of `REPORT`.
pub(crate) fn report_row(row: &Row<'_>) -> rusqlite::Result<ReportRow> {
    let source = match (row.get::<_, i64>(0)?, row.get::<_, Option<String>>(1)?) {
        (_, Some(name)) => Source::Channel(parse(&name)?),
        (1, None) => Source::UnassignedCode,
        (_, None) => Source::NoCode,
    };
    Ok(ReportRow {
        source,
        scans: count(row, 2)?,
        people: count(row, 3)?,
        new_followers: count(row, 4)?,
        returning: count(row, 5)?,
        lost: count(row, 6)?,
    })
}

/// Reads a row of `DAILY`.
pub(crate) fn day_row(row: &Row<'_>) -> rusqlite::Result<DayRow> {
    Ok(DayRow {
        day: Day::from_number(row.get(0)?),
        scans: count(row, 1)?,
        new_followers: count(row, 2)?,
        returning: count(row, 3)?,
        lost: count(row, 4)?,
    })
}

/// A number that cannot be negative.
pub(crate) fn count(row: &Row<'_>, column: usize) -> rusqlite::Result<u64> {
    row.get::<_, i64>(column).map(i64::cast_unsigned)
}

/// Reads a text that one of our types has checked before it was written.
fn parsed<T>(row: &Row<'_>, column: &str) -> rusqlite::Result<T>
where
    T: FromStr<Err: Error + Send + Sync + 'static>,
{
    parse(row.get_ref(column)?.as_str()?)
}

fn parse<T>(text: &str) -> rusqlite::Result<T>
where
    T: FromStr<Err: Error + Send + Sync + 'static>,
{
    text.parse().map_err(|error| rusqlite::Error::FromSqlConversionFailure(0, Type::Text, Box::new(error)))
}
