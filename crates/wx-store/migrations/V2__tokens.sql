-- All times are milliseconds since 1970. What the columns mean is said by `TokenStore` of wx-client.

CREATE TABLE access_token (
    account       TEXT    NOT NULL,
    token         TEXT,
    expires       INTEGER NOT NULL DEFAULT 0,
    due           INTEGER NOT NULL DEFAULT 0,
    fence         INTEGER NOT NULL,           -- number of the last lease
    owner         TEXT,                       -- who holds it, until it is given back
    blocked_from  INTEGER NOT NULL,           -- the lease, or the pause after a failure
    blocked_until INTEGER NOT NULL,
    failure       TEXT,
    failure_code  INTEGER,
    paid_at       INTEGER NOT NULL,           -- the budget: each lease adds a minute
    PRIMARY KEY (account)
) STRICT, WITHOUT ROWID;

-- What a third-party platform must not lose; `account` is its own AppID.

CREATE TABLE component (
    account        TEXT    NOT NULL,
    verify_ticket  TEXT    NOT NULL,
    ticket_created INTEGER NOT NULL,          -- CreateTime of the push, seconds since 1970
    PRIMARY KEY (account)
) STRICT, WITHOUT ROWID;

CREATE TABLE authorizer (
    account       TEXT NOT NULL,
    authorizer    TEXT NOT NULL,
    refresh_token TEXT NOT NULL,
    PRIMARY KEY (account, authorizer)
) STRICT, WITHOUT ROWID;
