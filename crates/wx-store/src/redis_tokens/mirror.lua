-- The key, the key of the last fence; token, life in ms, fence.
if tonumber(redis.call('GET', KEYS[2]) or 0) >= tonumber(ARGV[3]) then
    return 0
end
redis.call('SET', KEYS[2], ARGV[3])
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
