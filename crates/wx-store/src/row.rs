use rusqlite::{Row, types::Type};
use std::{error::Error, str::FromStr};
use wx_channel::{
    AccountId, BatchId, BookedOrder, Channel, Code, CodeOrder, Day, DayRow, DedupeKey, LedgerEntry,
    OrderStage, ReportRow, ScanEvent, Source,
};
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

/// Reads a row of `CODES` or `CODE_OF_ORDER`.
pub(crate) fn code(row: &Row<'_>) -> rusqlite::Result<Code> {
    code_since(row, "created")
}

fn code_since(row: &Row<'_>, created: &str) -> rusqlite::Result<Code> {
    Ok(Code {
        account: AccountId::new(row.get::<_, String>("account")?),
        action_name: parsed(row, "action_name")?,
        scene: SceneValue::from(row.get::<_, String>("scene")?),
        ticket: Ticket::new(row.get::<_, String>("ticket")?),
        url: row.get("url")?,
        created: row.get(created)?,
        expires: row.get("expires")?,
        channel: row.get::<_, Option<String>>("channel")?.map(|name| parse(&name)).transpose()?,
        batch: batch(row)?,
        retired: row.get("retired")?,
    })
}

/// Reads a row of `BOOKED_ORDER`, or one of `ENTRIES` that has a stage.
pub(crate) fn booked_order(row: &Row<'_>) -> rusqlite::Result<BookedOrder> {
    let stage = row.get_ref("stage")?.as_str()?;
    Ok(BookedOrder {
        order: CodeOrder {
            account: AccountId::new(row.get::<_, String>("account")?),
            action_name: parsed(row, "action_name")?,
            scene: SceneValue::from(row.get::<_, String>("scene")?),
            batch: batch(row)?,
            channel: row.get::<_, Option<String>>("channel")?.map(|name| parse(&name)).transpose()?,
        },
        stage: OrderStage::from_word(stage)
            .ok_or_else(|| unreadable(format!("no stage of an order: {stage}").into()))?,
        planned: row.get("since")?,
        reason: row.get("reason")?,
    })
}

/// Reads a row of `ENTRIES`.
pub(crate) fn ledger_entry(row: &Row<'_>) -> rusqlite::Result<LedgerEntry> {
    match row.get::<_, Option<String>>("stage")? {
        Some(_) => booked_order(row).map(LedgerEntry::Order),
        None => code_since(row, "since").map(LedgerEntry::Code),
    }
}

/// A batch as its column holds it.
pub(crate) fn batch_text(batch: Option<&BatchId>) -> &str {
    batch.map_or("", BatchId::as_str)
}

fn batch(row: &Row<'_>) -> rusqlite::Result<Option<BatchId>> {
    let text: String = row.get("batch")?;
    Ok(Some(text).filter(|text| !text.is_empty()).map(BatchId::new))
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
    text.parse().map_err(|error: T::Err| unreadable(Box::new(error)))
}

fn unreadable(error: Box<dyn Error + Send + Sync>) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(0, Type::Text, error)
}
