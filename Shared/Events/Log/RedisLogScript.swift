internal import Redis

/// What must happen in one step inside Redis.
enum RedisLogScript {
    /// Compare-and-append. Arguments: where the stream must end, its capacity, the words of an entry, the entries.
    static let append = RedisScript(
        """
        local have, length = '0-0', 0
        local info = redis.pcall('XINFO', 'STREAM', KEYS[1])
        if info.err then
          if not string.find(info.err, 'no such key', 1, true) then return info end
        else
          for i = 1, #info, 2 do
            if info[i] == 'last-generated-id' then have = info[i + 1]
            elseif info[i] == 'length' then length = info[i + 1] end
          end
        end
        if have ~= ARGV[1] then return {'TAIL', have} end
        if length >= tonumber(ARGV[2]) then return {'FULL'} end
        local width = tonumber(ARGV[3])
        for i = 4, #ARGV, width + 1 do
          redis.call('XADD', KEYS[1], ARGV[i], unpack(ARGV, i + 1, i + width))
        end
        return {'OK'}
        """
    )

    /// Empties a stream and lets it end at a position, as if all before it had been there and been trimmed.
    static let restart = RedisScript(
        """
        redis.call('DEL', KEYS[1])
        if ARGV[1] ~= '0-0' then
          redis.call('XADD', KEYS[1], ARGV[1], 'restart', '1')
          redis.call('XTRIM', KEYS[1], 'MAXLEN', '0')
        end
        return 1
        """
    )

    /// Takes a hash out.
    static let take = RedisScript(
        """
        local fields = redis.call('HGETALL', KEYS[1])
        if #fields > 0 then redis.call('DEL', KEYS[1]) end
        return fields
        """
    )
}
