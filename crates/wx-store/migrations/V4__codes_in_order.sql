-- Tickets come in no order. With the codes in the order of their tickets, each new one went to another page, which was read,
-- split and written for it: a hundred thousand codes took 180 000 pages of log. Now a code is written behind the one before, and only
-- its key goes to a random place.
CREATE TABLE code_in_order (
    account     TEXT    NOT NULL,
    ticket      TEXT    NOT NULL,
    action_name TEXT    NOT NULL,
    scene       TEXT    NOT NULL,
    url         TEXT,
    created     INTEGER NOT NULL,
    expires     INTEGER,
    channel     TEXT,
    batch       TEXT    NOT NULL DEFAULT '',
    retired     INTEGER,
    PRIMARY KEY (account, ticket),
    FOREIGN KEY (account, channel) REFERENCES channel (account, name)
) STRICT;

INSERT INTO code_in_order (account, ticket, action_name, scene, url, created, expires, channel, batch, retired)
SELECT account, ticket, action_name, scene, url, created, expires, channel, batch, retired
FROM code ORDER BY created;

DROP TABLE code;
ALTER TABLE code_in_order RENAME TO code;

CREATE INDEX code_by_scene ON code (account, scene, created, ticket, channel) WHERE channel IS NOT NULL;
CREATE INDEX code_by_kind ON code (account, action_name, scene, batch, created, ticket);
