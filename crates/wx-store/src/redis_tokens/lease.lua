-- The row; owner, length in ms, refused token or nothing. The begin of the lease is now.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local row = redis.call('HMGET', KEYS[1], 'token', 'due', 'fence', 'blocked_from', 'blocked_until', 'paid_at')
local token = row[1]
local due, fence = tonumber(row[2] or 0), tonumber(row[3] or 0)
local from, till, paid = tonumber(row[4] or 0), tonumber(row[5] or 0), tonumber(row[6] or 0)

local is_wanted = not token or due <= now or (ARGV[3] ~= '' and token == ARGV[3])
local is_blocked = till > now and from <= now + 10000
local was_set_back = paid > now + 660000
local has_budget = paid <= now + 540000 or was_set_back
if not is_wanted or is_blocked or not has_budget then
    return false
end

if was_set_back then paid = now end
redis.call('HSET', KEYS[1], 'fence', fence + 1, 'owner', ARGV[1], 'blocked_from', now,
    'blocked_until', now + ARGV[2], 'paid_at', math.max(paid, now) + 60000)
redis.call('HDEL', KEYS[1], 'failure', 'failure_code')
return fence + 1
