-- What is left of the token in ms, whether it is due, whether somebody holds a lease or a pause lasts.
SELECT
    token,
    MAX(expires - now, 0),
    token IS NOT NULL AND due <= now,
    owner IS NOT NULL,
    blocked_until > now AND blocked_from <= now + 10000,
    failure,
    failure_code,
    blocked_until - blocked_from
FROM access_token, (SELECT CAST(unixepoch('subsec') * 1000 AS INTEGER) AS now)
WHERE account = ?1
