-- What the columns mean is said by `CodeLedger` of wx-channel.

ALTER TABLE code ADD COLUMN batch TEXT NOT NULL DEFAULT ''; -- of a temporary code that a batch made
ALTER TABLE code ADD COLUMN retired INTEGER;                -- seconds since 1970

-- Finds the code of an order, counts the permanent codes, and lists them.
CREATE INDEX code_by_kind ON code (account, action_name, scene, batch, created, ticket);

-- Codes that are wanted and not created, or not known to be. A permanent code has one row for ever.
CREATE TABLE code_order (
    account     TEXT    NOT NULL,
    action_name TEXT    NOT NULL,
    scene       TEXT    NOT NULL,
    batch       TEXT    NOT NULL,
    stage       TEXT    NOT NULL, -- planned, asked or given_up
    planned     INTEGER NOT NULL, -- seconds since 1970
    channel     TEXT,
    reason      TEXT,
    PRIMARY KEY (account, action_name, scene, batch)
) STRICT, WITHOUT ROWID;
