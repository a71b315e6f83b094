-- The row; owner, fence, token, life in ms, due after so many ms.
local row = redis.call('HMGET', KEYS[1], 'owner', 'fence')
if row[1] ~= ARGV[1] or row[2] ~= ARGV[2] then
    return 0
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('HSET', KEYS[1], 'token', ARGV[3], 'expires', now + ARGV[4], 'due', now + ARGV[5])
redis.call('HDEL', KEYS[1], 'owner', 'blocked_from', 'blocked_until', 'failure', 'failure_code')
return 1
