-- account, owner, fence, failure, its code, pause in ms
UPDATE access_token
SET owner = NULL, failure = ?4, failure_code = ?5, blocked_from = now, blocked_until = now + ?6
FROM (SELECT CAST(unixepoch('subsec') * 1000 AS INTEGER) AS now)
WHERE account = ?1 AND owner = ?2 AND fence = ?3
