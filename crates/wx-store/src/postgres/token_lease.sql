-- account, owner, length in ms, refused token. The begin of the lease is now.
INSERT INTO wx_access_token AS held (account, fence, owner, blocked_from, blocked_until, paid_at)
VALUES ($1, 1, $2, now(), now() + $3 * interval '1 millisecond', now() + interval '1 minute')
ON CONFLICT (account) DO UPDATE SET
    fence = held.fence + 1,
    owner = excluded.owner,
    blocked_from = excluded.blocked_from,
    blocked_until = excluded.blocked_until,
    failure = NULL,
    failure_code = NULL,
    paid_at = interval '1 minute' + CASE
        WHEN held.paid_at > now() + interval '11 minutes' THEN now()
        ELSE greatest(held.paid_at, now())
    END
WHERE (held.token IS NULL OR held.due <= now() OR held.token = $4)
    AND (held.blocked_until <= now() OR held.blocked_from > now() + interval '10 seconds')
    AND (held.paid_at <= now() + interval '9 minutes' OR held.paid_at > now() + interval '11 minutes')
RETURNING fence
