//! Every statement on PostgreSQL. Each key and each `WHERE` begins with the account.

pub(super) const TOKEN_READ: &str = include_str!("token_read.sql");

pub(super) const TOKEN_LEASE: &str = include_str!("token_lease.sql");

pub(super) const TOKEN_PUBLISH: &str = include_str!("token_publish.sql");

pub(super) const TOKEN_GIVE_BACK: &str = include_str!("token_give_back.sql");

pub(super) const VERIFY_TICKET: &str = "SELECT verify_ticket FROM wx_component WHERE account = $1";

pub(super) const PUT_VERIFY_TICKET: &str = "\
    INSERT INTO wx_component AS kept (account, verify_ticket, ticket_created) VALUES ($1, $2, $3) \
    ON CONFLICT (account) DO UPDATE SET verify_ticket = excluded.verify_ticket, ticket_created = excluded.ticket_created \
    WHERE kept.ticket_created <= excluded.ticket_created";

pub(super) const REFRESH_TOKEN: &str =
    "SELECT refresh_token FROM wx_authorizer WHERE account = $1 AND authorizer = $2";

pub(super) const PUT_REFRESH_TOKEN: &str = "\
    INSERT INTO wx_authorizer (account, authorizer, refresh_token) VALUES ($1, $2, $3) \
    ON CONFLICT (account, authorizer) DO UPDATE SET refresh_token = excluded.refresh_token";

pub(super) const REPLACE_REFRESH_TOKEN: &str = "\
    UPDATE wx_authorizer SET refresh_token = $3 WHERE account = $1 AND authorizer = $2 AND refresh_token = $4";

pub(super) const FORGET_AUTHORIZER: &str = "DELETE FROM wx_authorizer WHERE account = $1 AND authorizer = $2";

pub(super) const AUTHORIZERS: &str =
    "SELECT authorizer FROM wx_authorizer WHERE account = $1 ORDER BY authorizer COLLATE \"C\"";
