-- What is left of the token in ms, whether it is due, whether somebody holds a lease or a pause lasts.
SELECT
    token,
    greatest(extract(epoch FROM expires - now()) * 1000, 0)::bigint,
    token IS NOT NULL AND due <= now(),
    owner IS NOT NULL,
    blocked_until > now() AND blocked_from <= now() + interval '10 seconds',
    failure,
    failure_code,
    (extract(epoch FROM blocked_until - blocked_from) * 1000)::bigint
FROM wx_access_token
WHERE account = $1
