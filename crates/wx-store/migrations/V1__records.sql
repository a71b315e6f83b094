-- Every key and every WHERE begins with the account, so that the same tables can be spread by account.

CREATE TABLE channel (
    account      TEXT NOT NULL,
    name         TEXT NOT NULL,
    welcome      TEXT,
    welcome_back TEXT,
    PRIMARY KEY (account, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE code (
    account     TEXT    NOT NULL,
    ticket      TEXT    NOT NULL,
    action_name TEXT    NOT NULL,
    scene       TEXT    NOT NULL,
    url         TEXT,
    created     INTEGER NOT NULL,
    expires     INTEGER,
    channel     TEXT,
    PRIMARY KEY (account, ticket),
    FOREIGN KEY (account, channel) REFERENCES channel (account, name)
) STRICT, WITHOUT ROWID;

CREATE INDEX code_by_scene ON code (account, scene, created, ticket, channel) WHERE channel IS NOT NULL;

-- The day stands in the key so that the hot part of the index is today. A rowid table, because rows with their raw
-- payload are long: they are written one after another, and only the short keys go to random places (with 400 bytes of raw 155 000 rows/s
-- against 36 000).
CREATE TABLE scan_event (
    account  TEXT    NOT NULL,
    bucket   INTEGER NOT NULL DEFAULT 0, -- for spreading one very large account
    day      INTEGER NOT NULL,           -- days since 1970-01-01, Beijing time, of created
    dedupe   BLOB    NOT NULL,
    created  INTEGER NOT NULL,           -- CreateTime of the push, seconds since 1970
    received INTEGER NOT NULL,           -- first delivery, seconds since 1970
    class    TEXT    NOT NULL,
    scene    TEXT,
    openid   TEXT    NOT NULL,
    ticket   TEXT,
    raw      TEXT    NOT NULL,
    PRIMARY KEY (account, day, dedupe)
) STRICT;
