-- account, owner, length in ms, refused token. The begin of the lease is now.
INSERT INTO access_token (account, fence, owner, blocked_from, blocked_until, paid_at)
SELECT ?1, 1, ?2, now, now + ?3, now + 60000 FROM (SELECT CAST(unixepoch('subsec') * 1000 AS INTEGER) AS now) WHERE TRUE
ON CONFLICT (account) DO UPDATE SET
    fence = fence + 1,
    owner = excluded.owner,
    blocked_from = excluded.blocked_from,
    blocked_until = excluded.blocked_until,
    failure = NULL,
    failure_code = NULL,
    paid_at = 60000 + CASE
        WHEN paid_at > excluded.blocked_from + 660000 THEN excluded.blocked_from
        ELSE MAX(paid_at, excluded.blocked_from)
    END
WHERE (token IS NULL OR due <= excluded.blocked_from OR token = ?4)
    AND (blocked_until <= excluded.blocked_from OR blocked_from > excluded.blocked_from + 10000)
    AND (paid_at <= excluded.blocked_from + 540000 OR paid_at > excluded.blocked_from + 660000)
RETURNING fence
