extension RedisConfiguration {
    /// Creates a configuration from `redis://[user[:password]@]host[:port][/database]`, from a bare `host:port`, or from
    /// `redis+sentinel://[user[:password]@]host[:port][,host[:port]…]/name[/database]`, where the hosts are Sentinels, the name is
    /// the one under which they watch the primary, and the credentials are for the primary.
    ///
    /// With Sentinels, ``requiresPrimary`` is set.
    ///
    /// - Throws: ``RedisError`` with code `invalidConfiguration` when the text is none of these.
    public init(url: String) throws(RedisError) {
        var rest = Substring(url)
        var hasSentinels = false
        if let scheme = url.firstIndex(of: ":"), url[scheme...].hasPrefix("://") {
            let name = url[..<scheme].lowercased()
            guard name == "redis" || name == "redis+sentinel" else {
                throw RedisError(
                    .invalidConfiguration, "A Redis URL starts with redis:// or redis+sentinel:// (TLS is not supported)")
            }
            hasSentinels = name == "redis+sentinel"
            rest = url[url.index(scheme, offsetBy: 3)...]
        }
        var path: [Substring] = []
        if let slash = rest.firstIndex(of: "/") {
            path = rest[rest.index(after: slash)...].split(separator: "/", omittingEmptySubsequences: false)
            rest = rest[..<slash]
        }
        var username: String?
        var password: String?
        if let at = rest.lastIndex(of: "@") {
            (username, password) = try Self.credentials(rest[..<at])
            rest = rest[rest.index(after: at)...]
        }
        if hasSentinels {
            try self.init(sentinels: rest, path: &path)
        } else {
            let server = try Self.address(rest, defaultPort: 6379)
            self.init(host: server.host, port: server.port)
        }
        self.username = username
        self.password = password
        self.database = try Self.database(path)
    }

    /// Takes the primary's name from the path.
    private init(sentinels: Substring, path: inout [Substring]) throws(RedisError) {
        var addresses: [RedisAddress] = []
        for part in sentinels.split(separator: ",", omittingEmptySubsequences: false) {
            addresses.append(try Self.address(part, defaultPort: 26_379))
        }
        guard let name = path.first.flatMap(Self.percentDecoded), !name.isEmpty else {
            throw RedisError(.invalidConfiguration, "A redis+sentinel URL names the primary: redis+sentinel://host:26379/name")
        }
        path.removeFirst()
        self.init(host: addresses[0].host, port: addresses[0].port)
        self.sentinel = SentinelGroup(sentinels: addresses, primary: name)
        self.requiresPrimary = true
    }

    private static func database(_ path: [Substring]) throws(RedisError) -> Int {
        guard let first = path.first, !(first.isEmpty && path.count == 1) else { return 0 }
        guard path.count == 1, let number = Int(first), number >= 0 else {
            throw RedisError(.invalidConfiguration, "The path of a Redis URL is the number of a database")
        }
        return number
    }

    private static func credentials(_ text: Substring) throws(RedisError) -> (String?, String?) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard let user = Self.percentDecoded(parts[0]),
            let password = parts.count > 1 ? Self.percentDecoded(parts[1]) : ""
        else {
            throw RedisError(.invalidConfiguration, "The credentials of the Redis URL are not percent-encoded properly")
        }
        return (user.isEmpty ? nil : user, password.isEmpty ? nil : password)
    }

    private static func address(_ text: Substring, defaultPort: Int) throws(RedisError) -> RedisAddress {
        var host = text
        var port = defaultPort
        // An IPv6 address stands in brackets, so the last colon outside of them starts the port.
        if let colon = text.lastIndex(of: ":"), !text[colon...].contains("]") {
            host = text[..<colon]
            guard let number = Int(text[text.index(after: colon)...]), (1...65_535).contains(number) else {
                throw RedisError(.invalidConfiguration, "The port of the Redis URL is not a number from 1 to 65535")
            }
            port = number
        }
        if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
        guard !host.isEmpty else { throw RedisError(.invalidConfiguration, "The Redis URL has no host") }
        return RedisAddress(host: String(host), port: port)
    }

    private static func percentDecoded(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var iterator = text.utf8.makeIterator()
        while let byte = iterator.next() {
            if byte != UInt8(ascii: "%") {
                bytes.append(byte)
                continue
            }
            guard let high = iterator.next(), let low = iterator.next(),
                let value = UInt8(String(decoding: [high, low], as: UTF8.self), radix: 16)
            else { return nil }
            bytes.append(value)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
