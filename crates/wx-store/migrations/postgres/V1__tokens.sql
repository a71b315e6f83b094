-- What the columns mean is said by `TokenStore` of wx-client. Every key and every WHERE begins with the account, so that
-- the same tables can be spread by account.

CREATE TABLE wx_access_token (
    account       text        NOT NULL PRIMARY KEY,
    token         text,
    expires       timestamptz NOT NULL DEFAULT 'epoch',
    due           timestamptz NOT NULL DEFAULT 'epoch',
    fence         bigint      NOT NULL,           -- number of the last lease
    owner         text,                           -- who holds it, until it is given back
    blocked_from  timestamptz NOT NULL,           -- the lease, or the pause after a failure
    blocked_until timestamptz NOT NULL,
    failure       text,
    failure_code  bigint,
    paid_at       timestamptz NOT NULL            -- the budget: each lease adds a minute
);

-- What a third-party platform must not lose; `account` is its own AppID.

CREATE TABLE wx_component (
    account        text   NOT NULL PRIMARY KEY,
    verify_ticket  text   NOT NULL,
    ticket_created bigint NOT NULL                -- CreateTime of the push, seconds since 1970
);

CREATE TABLE wx_authorizer (
    account       text NOT NULL,
    authorizer    text NOT NULL,
    refresh_token text NOT NULL,
    PRIMARY KEY (account, authorizer)
);
