-- account, owner, fence, token, life in ms, due after so many ms
UPDATE wx_access_token
SET token = $4, expires = now() + $5 * interval '1 millisecond', due = now() + $6 * interval '1 millisecond',
    owner = NULL, blocked_from = 'epoch', blocked_until = 'epoch', failure = NULL, failure_code = NULL
WHERE account = $1 AND owner = $2 AND fence = $3
