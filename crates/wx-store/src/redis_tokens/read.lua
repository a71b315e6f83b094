-- The row. What is left of the token in ms, whether it is due, whether somebody holds a lease or a pause lasts.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local row = redis.call('HMGET', KEYS[1], 'token', 'expires', 'due', 'owner', 'blocked_from', 'blocked_until',
    'failure', 'failure_code')
local token = row[1]
local from, till = tonumber(row[5] or 0), tonumber(row[6] or 0)
local is_due = token and tonumber(row[3] or 0) <= now
local is_blocked = till > now and from <= now + 10000
return {
    token,
    math.max(tonumber(row[2] or 0) - now, 0),
    is_due and 1 or 0,
    row[4] and is_blocked and 1 or 0,
    is_blocked and row[7] or false,
    row[8],
    till - from,
}
