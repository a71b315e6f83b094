use rusqlite::{Connection, TransactionBehavior};

/// The schema as numbered steps; a step that was released is never edited.
///
/// The number of the last step stands in the header of the file (`user_version`) and changes in the transaction of the
/// steps. A history table would have to be read before it can be trusted, and a damaged one must not stop the process.
const MIGRATIONS: [&str; 4] = [
    include_str!("../migrations/V1__records.sql"),
    include_str!("../migrations/V2__tokens.sql"),
    include_str!("../migrations/V3__ledger.sql"),
    include_str!("../migrations/V4__codes_in_order.sql"),
];

/// `wxqr`: says that a file is ours.
const APPLICATION_ID: i32 = 0x7778_7172;

/// The schema that this version writes.
pub(crate) const VERSION: usize = MIGRATIONS.len();

/// Whose database a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Owner {
    /// Nothing stands in it yet.
    Nobody,
    /// Ours, with that schema.
    Us(usize),
    /// Of another program.
    SomebodyElse,
}

/// Reads whose it is, and changes nothing.
pub(crate) fn owner(connection: &Connection) -> rusqlite::Result<Owner> {
    // One statement, so that no other process can migrate between two looks.
    let sql = "SELECT (SELECT application_id FROM pragma_application_id), \
               (SELECT user_version FROM pragma_user_version), (SELECT COUNT(*) FROM sqlite_schema)";
    connection.query_row(sql, [], |row| {
        Ok(match (row.get(0)?, row.get::<_, i64>(1)?, row.get(2)?) {
            (APPLICATION_ID, version, _) => usize::try_from(version).map_or(Owner::SomebodyElse, Owner::Us),
            (0, 0, 0) => Owner::Nobody,
            _ => Owner::SomebodyElse,
        })
    })
}

/// Brings the schema to [`VERSION`]: all steps or none, and one process at a time.
pub(crate) fn migrate(connection: &mut Connection) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let done: i64 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let done = usize::try_from(done).unwrap_or(0);
    for step in MIGRATIONS.iter().skip(done) {
        transaction.execute_batch(step)?;
    }
    if done < VERSION {
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        transaction.pragma_update(None, "user_version", i64::try_from(VERSION).unwrap_or(i64::MAX))?;
    }
    transaction.commit()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger;
    use wx_channel::{AccountId, Code, CodeOrder, LedgerEntry, Places};
    use wx_model::{CreateRequest, CreateResponse, PermanentScene};

    /// Whoever has codes from before has them in the ledger.
    #[test]
    fn codes_of_the_second_schema_stand_in_the_ledger() {
        let mut connection = Connection::open_in_memory().unwrap();
        for step in &MIGRATIONS[..2] {
            connection.execute_batch(step).unwrap();
        }
        connection.pragma_update(None, "user_version", 2).unwrap();
        let row = "INSERT INTO code (account, ticket, action_name, scene, created) \
                   VALUES ('wx1', 't1', 'QR_LIMIT_STR_SCENE', 'shop', 7)";
        connection.execute_batch(row).unwrap();
        migrate(&mut connection).unwrap();
        let account = AccountId::from("wx1");
        let request = CreateRequest::permanent(PermanentScene::str("shop").unwrap());
        let code = Code::new(account.clone(), &request, &CreateResponse::new("t1"), 7);
        let found = ledger::find(&connection, &CodeOrder::new(account.clone(), &request)).unwrap();
        assert_eq!(found, Some(LedgerEntry::Code(code)));
        assert_eq!(ledger::places(&connection, &account).unwrap(), Places::new(1, 0));
    }

    /// Nothing of a code is lost when the codes are put in another order.
    #[test]
    fn codes_of_the_third_schema_stay_whole() {
        let mut connection = Connection::open_in_memory().unwrap();
        for step in &MIGRATIONS[..3] {
            connection.execute_batch(step).unwrap();
        }
        connection.pragma_update(None, "user_version", 3).unwrap();
        let rows = "INSERT INTO channel (account, name) VALUES ('wx1', 'hall'); \
                    INSERT INTO code (account, ticket, action_name, scene, url, created, expires, channel, batch, retired) VALUES \
                    ('wx1', 't2', 'QR_STR_SCENE', 'b', 'u2', 9, 99, 'hall', 'b1', 50), \
                    ('wx1', 't1', 'QR_LIMIT_SCENE', '7', NULL, 8, NULL, NULL, '', NULL)";
        connection.execute_batch(rows).unwrap();
        let all = |connection: &Connection| {
            let sql = "SELECT account || ticket || action_name || scene || ifnull(url, '-') || created || ifnull(expires, '-') || \
                       ifnull(channel, '-') || batch || ifnull(retired, '-') FROM code ORDER BY ticket";
            let mut statement = connection.prepare(sql).unwrap();
            statement.query_map([], |row| row.get(0)).unwrap().collect::<Result<Vec<String>, _>>().unwrap()
        };
        let before = all(&connection);
        migrate(&mut connection).unwrap();
        assert_eq!((before.len(), all(&connection)), (2, before));
    }
}
