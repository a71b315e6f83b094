//! Every statement of this crate. Each `WHERE` begins with the account.

pub(crate) const INSERT_EVENT: &str = "\
    INSERT INTO scan_event (account, day, dedupe, created, received, class, scene, openid, ticket, raw) \
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) \
    ON CONFLICT (account, day, dedupe) DO NOTHING";

pub(crate) const COUNT_EVENTS: &str = "SELECT COUNT(*) FROM scan_event WHERE account = ?1";

/// Days grow with `created`, so the order is that of (created, dedupe), and the key leads to the right day.
pub(crate) const SCAN_EVENTS: &str = "\
    SELECT account, dedupe, created, received, class, scene, openid, ticket, raw FROM scan_event \
    WHERE account = ?1 AND day >= ?2 AND (created, dedupe) > (?3, ?4) \
    ORDER BY day, created, dedupe LIMIT ?5";

pub(crate) const REPORT: &str = concat!(include_str!("sql/stays.sql"), include_str!("sql/report.sql"));

pub(crate) const DAILY: &str = concat!(include_str!("sql/stays.sql"), include_str!("sql/daily.sql"));

pub(crate) const PUT_CHANNEL: &str = "\
    INSERT INTO channel (account, name, welcome, welcome_back) VALUES (?1, ?2, ?3, ?4) \
    ON CONFLICT (account, name) DO UPDATE SET welcome = excluded.welcome, welcome_back = excluded.welcome_back";

pub(crate) const ADD_CHANNEL: &str = "\
    INSERT INTO channel (account, name) VALUES (?1, ?2) ON CONFLICT (account, name) DO NOTHING";

pub(crate) const CHANNELS: &str =
    "SELECT name, welcome, welcome_back FROM channel WHERE account = ?1 ORDER BY name";

pub(crate) const PUT_CODE: &str = "\
    INSERT INTO code (account, ticket, action_name, scene, url, created, expires, channel, batch, retired) \
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) \
    ON CONFLICT (account, ticket) DO UPDATE SET action_name = excluded.action_name, scene = excluded.scene, \
    url = excluded.url, created = excluded.created, expires = excluded.expires, channel = excluded.channel, \
    batch = excluded.batch, retired = excluded.retired";

pub(crate) const CODES: &str = "\
    SELECT account, action_name, scene, ticket, url, created, expires, channel, batch, retired FROM code \
    WHERE account = ?1 ORDER BY created, ticket";

/// The newest of this kind, scene and batch.
pub(crate) const CODE_OF_ORDER: &str = "\
    SELECT account, action_name, scene, ticket, url, created, expires, channel, batch, retired \
    FROM code WHERE account = ?1 AND action_name = ?2 AND scene = ?3 AND batch = ?4 ORDER BY created DESC, ticket DESC LIMIT 1";

pub(crate) const BOOKED_ORDER: &str = "\
    SELECT account, action_name, scene, batch, planned AS since, channel, stage, reason FROM code_order \
    WHERE account = ?1 AND action_name = ?2 AND scene = ?3 AND batch = ?4";

/// `?8`: only if it has no code.
pub(crate) const PLAN_ORDER: &str = "\
    INSERT INTO code_order (account, action_name, scene, batch, stage, planned, channel) \
    SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7 WHERE NOT (?8 AND EXISTS \
    (SELECT 1 FROM code WHERE account = ?1 AND action_name = ?2 AND scene = ?3 AND batch = ?4)) \
    ON CONFLICT (account, action_name, scene, batch) DO NOTHING";

/// `?6`: only if it has no code.
pub(crate) const CLAIM_PLANNED: &str = "\
    UPDATE code_order SET stage = 'asked', channel = ?5, reason = NULL \
    WHERE account = ?1 AND action_name = ?2 AND scene = ?3 AND batch = ?4 AND stage = 'planned' AND NOT (?6 AND EXISTS \
    (SELECT 1 FROM code WHERE account = ?1 AND action_name = ?2 AND scene = ?3 AND batch = ?4))";

/// When it was planned first stays.
pub(crate) const BOOK_ORDER: &str = "\
    INSERT INTO code_order (account, action_name, scene, batch, stage, planned, channel, reason) \
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) \
    ON CONFLICT (account, action_name, scene, batch) DO UPDATE SET \
    stage = excluded.stage, channel = excluded.channel, reason = excluded.reason";

pub(crate) const FORGET_ORDER: &str =
    "DELETE FROM code_order WHERE account = ?1 AND action_name = ?2 AND scene = ?3 AND batch = ?4";

pub(crate) const FORGET_PLAN: &str = "\
    DELETE FROM code_order WHERE account = ?1 AND action_name = ?2 AND scene = ?3 AND batch = ?4 AND stage = 'planned'";

pub(crate) const GIVE_UP_ORDER: &str = "\
    UPDATE code_order SET stage = 'given_up' WHERE account = ?1 AND action_name = ?2 AND scene = ?3 AND batch = ?4";

pub(crate) const DATA_VERSION: &str = "SELECT data_version FROM pragma_data_version";

/// Codes, and orders that may be codes.
pub(crate) const PLACES: &str = "SELECT \
    (SELECT COUNT(*) FROM code WHERE account = ?1 AND action_name IN ('QR_LIMIT_SCENE', 'QR_LIMIT_STR_SCENE')), \
    (SELECT COUNT(*) FROM code_order WHERE account = ?1 AND action_name IN ('QR_LIMIT_SCENE', 'QR_LIMIT_STR_SCENE') \
     AND stage <> 'planned')";

pub(crate) const ENTRIES: &str = include_str!("sql/entries.sql");

/// The code with the ticket, else the newest with the scene.
pub(crate) const CHANNEL_OF: &str = "\
    SELECT name, welcome, welcome_back FROM channel WHERE account = ?1 AND name = COALESCE( \
    (SELECT channel FROM code WHERE account = ?1 AND ticket = ?3), \
    (SELECT channel FROM code WHERE account = ?1 AND scene = ?2 AND channel IS NOT NULL \
     ORDER BY created DESC, ticket DESC LIMIT 1))";

pub(crate) const TOKEN_READ: &str = include_str!("sql/token_read.sql");

pub(crate) const TOKEN_LEASE: &str = include_str!("sql/token_lease.sql");

pub(crate) const TOKEN_PUBLISH: &str = include_str!("sql/token_publish.sql");

pub(crate) const TOKEN_GIVE_BACK: &str = include_str!("sql/token_give_back.sql");

pub(crate) const VERIFY_TICKET: &str = "SELECT verify_ticket FROM component WHERE account = ?1";

pub(crate) const PUT_VERIFY_TICKET: &str = "\
    INSERT INTO component (account, verify_ticket, ticket_created) VALUES (?1, ?2, ?3) \
    ON CONFLICT (account) DO UPDATE SET verify_ticket = excluded.verify_ticket, ticket_created = excluded.ticket_created \
    WHERE ticket_created <= excluded.ticket_created";

pub(crate) const REFRESH_TOKEN: &str =
    "SELECT refresh_token FROM authorizer WHERE account = ?1 AND authorizer = ?2";

pub(crate) const PUT_REFRESH_TOKEN: &str = "\
    INSERT INTO authorizer (account, authorizer, refresh_token) VALUES (?1, ?2, ?3) \
    ON CONFLICT (account, authorizer) DO UPDATE SET refresh_token = excluded.refresh_token";

pub(crate) const REPLACE_REFRESH_TOKEN: &str = "\
    UPDATE authorizer SET refresh_token = ?3 WHERE account = ?1 AND authorizer = ?2 AND refresh_token = ?4";

pub(crate) const FORGET_AUTHORIZER: &str = "DELETE FROM authorizer WHERE account = ?1 AND authorizer = ?2";

pub(crate) const AUTHORIZERS: &str =
    "SELECT authorizer FROM authorizer WHERE account = ?1 ORDER BY authorizer";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema;
    use rusqlite::Connection;

    const ALL: [&str; 30] = [
        CODE_OF_ORDER,
        BOOKED_ORDER,
        PLAN_ORDER,
        CLAIM_PLANNED,
        BOOK_ORDER,
        FORGET_ORDER,
        FORGET_PLAN,
        GIVE_UP_ORDER,
        PLACES,
        ENTRIES,
        INSERT_EVENT,
        COUNT_EVENTS,
        SCAN_EVENTS,
        REPORT,
        DAILY,
        PUT_CHANNEL,
        ADD_CHANNEL,
        CHANNELS,
        PUT_CODE,
        CODES,
        TOKEN_READ,
        TOKEN_LEASE,
        TOKEN_PUBLISH,
        TOKEN_GIVE_BACK,
        VERIFY_TICKET,
        PUT_VERIFY_TICKET,
        REFRESH_TOKEN,
        PUT_REFRESH_TOKEN,
        REPLACE_REFRESH_TOKEN,
        AUTHORIZERS,
    ];

    fn migrated() -> Connection {
        let mut connection = Connection::open_in_memory().unwrap();
        schema::migrate(&mut connection).unwrap();
        connection
    }

    fn plan(connection: &Connection, sql: &str) -> String {
        let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        let count = statement.parameter_count();
        let nothing = rusqlite::params_from_iter(std::iter::repeat_n(rusqlite::types::Null, count));
        let lines = statement.query_map(nothing, |row| row.get::<_, String>("detail")).unwrap();
        lines.map(|line| line.unwrap() + "\n").collect()
    }

    #[test]
    fn every_statement_fits_the_schema() {
        let connection = migrated();
        for sql in ALL.into_iter().chain([CHANNEL_OF, FORGET_AUTHORIZER, DATA_VERSION]) {
            connection.prepare(sql).unwrap_or_else(|error| panic!("{error} in {sql}"));
        }
    }

    #[test]
    fn what_every_push_needs_is_found_by_key() {
        let connection = migrated();
        for sql in [CHANNEL_OF, SCAN_EVENTS] {
            let plan = plan(&connection, sql);
            assert!(plan.contains("SEARCH") && !plan.contains("SCAN "), "{plan}");
        }
        assert!(plan(&connection, CHANNEL_OF).contains("code_by_scene"), "{}", plan(&connection, CHANNEL_OF));
    }

    #[test]
    fn what_every_new_code_needs_is_found_by_key() {
        let connection = migrated();
        for sql in [CODE_OF_ORDER, BOOKED_ORDER, CLAIM_PLANNED, PLAN_ORDER, PLACES] {
            let plan = plan(&connection, sql);
            assert!(plan.contains("SEARCH") && !plan.contains("SCAN code"), "{plan}");
        }
        for sql in [CODE_OF_ORDER, PLACES] {
            assert!(plan(&connection, sql).contains("code_by_kind"), "{}", plan(&connection, sql));
        }
    }

    /// However many codes there are, a page needs no sorting of all.
    #[test]
    fn pages_of_the_ledger_come_sorted() {
        let plan = plan(&migrated(), ENTRIES);
        assert!(plan.contains("code_by_kind"), "{plan}");
        assert_eq!(plan.matches("TEMP B-TREE").count(), 1, "{plan}");
    }
}
