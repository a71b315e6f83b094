-- account, owner, fence, token, life in ms, due after so many ms
UPDATE access_token
SET token = ?4, expires = now + ?5, due = now + ?6, owner = NULL, blocked_from = 0, blocked_until = 0,
    failure = NULL, failure_code = NULL
FROM (SELECT CAST(unixepoch('subsec') * 1000 AS INTEGER) AS now)
WHERE account = ?1 AND owner = ?2 AND fence = ?3
