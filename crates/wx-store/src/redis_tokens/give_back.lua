-- The row; owner, fence, failure, its code or nothing, pause in ms.
local row = redis.call('HMGET', KEYS[1], 'owner', 'fence')
if row[1] ~= ARGV[1] or row[2] ~= ARGV[2] then
    return 0
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('HDEL', KEYS[1], 'owner', 'failure_code')
redis.call('HSET', KEYS[1], 'failure', ARGV[3], 'blocked_from', now, 'blocked_until', now + ARGV[5])
if ARGV[4] ~= '' then
    redis.call('HSET', KEYS[1], 'failure_code', ARGV[4])
end
return 1
