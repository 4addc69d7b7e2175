internal import Glibc

/// Finds the numeric address that a connection shall open: the configured server's, or that of the server which a Sentinel names
/// as the primary. It blocks: only for a ``HelperThread``.
enum ServerLookup {
    /// - Parameter attempt: Counts up, so that another Sentinel is asked first each time.
    /// - Throws: ``RedisError`` when there is no address, or no Sentinel knows the primary.
    static func find(_ configuration: RedisConfiguration, attempt: Int) throws(RedisError) -> RedisAddress {
        var server = RedisAddress(host: configuration.host, port: configuration.port)
        if let group = configuration.sentinel {
            server = try Self.primary(of: group, attempt: attempt, patience: configuration.connectTimeout / 4)
        }
        return RedisAddress(host: try HostLookup.firstAddress(of: server.host), port: server.port)
    }

    /// Asks the Sentinels one after the other; the first that knows the primary is believed. Whether it still is one, the
    /// connection's greeting finds out.
    private static func primary(
        of group: SentinelGroup, attempt: Int, patience: Duration
    ) throws(RedisError) -> RedisAddress {
        var reasons: [String] = []
        for sentinel in group.order(attempt: attempt) {
            do throws(RedisError) {
                return try Self.ask(sentinel, for: group.primary, until: .now + patience)
            } catch {
                reasons.append("\(sentinel): \(error.message)")
            }
        }
        throw RedisError(.notConnected, "No Sentinel knows \(group.primary). \(reasons.joined(separator: "; "))")
    }

    private static func ask(
        _ sentinel: RedisAddress, for name: String, until end: ContinuousClock.Instant
    ) throws(RedisError) -> RedisAddress {
        let socket = try HiredisSocket(address: try HostLookup.firstAddress(of: sentinel.host), port: sentinel.port)
        try Self.wait(for: POLLOUT, on: socket, until: end)
        if let reason = socket.connectFailure() { throw RedisError(.notConnected, reason) }
        socket.append(CommandFrame(["SENTINEL", "GET-MASTER-ADDR-BY-NAME", RedisArgument(name)]).bytes)
        try socket.flush()
        while true {
            if let reply = try socket.nextReply() { return try Self.address(in: reply) }
            try Self.wait(for: POLLIN, on: socket, until: end)
            _ = try socket.fill()
        }
    }

    private static func address(in reply: RedisValue) throws(RedisError) -> RedisAddress {
        if case .error(let message) = reply { throw RedisError(server: message) }
        guard let words = reply.elements, words.count == 2, let host = words[0].text, let port = words[1].integer else {
            throw RedisError(.notConnected, "It does not watch a primary of that name")
        }
        return RedisAddress(host: host, port: Int(port))
    }

    private static func wait(
        for events: Int32, on socket: HiredisSocket, until end: ContinuousClock.Instant
    ) throws(RedisError) {
        var entry = pollfd(fd: socket.fileDescriptor, events: Int16(events), revents: 0)
        while true {
            let left = ContinuousClock.now.duration(to: end)
            guard left > .zero else { throw RedisError(.timeout, "No answer in time") }
            let result = unsafe poll(&entry, 1, Int32(left / .milliseconds(1)) + 1)
            if result > 0 { return }
            if result < 0, errno != EINTR { throw RedisError(.notConnected, "The socket cannot be waited for") }
        }
    }
}
