extension RedisConfiguration {
    /// Creates a configuration from `redis://[user[:password]@]host[:port][/database]`, or from a bare `host:port`.
    ///
    /// - Throws: ``RedisError`` with code `invalidConfiguration` when the text is none of these.
    public init(url: String) throws(RedisError) {
        var rest = Substring(url)
        if let scheme = url.firstIndex(of: ":"), url[scheme...].hasPrefix("://") {
            guard url[..<scheme].lowercased() == "redis" else {
                throw RedisError(.invalidConfiguration, "A Redis URL starts with redis:// (TLS is not supported)")
            }
            rest = url[url.index(scheme, offsetBy: 3)...]
        }
        var database = 0
        if let slash = rest.firstIndex(of: "/") {
            let path = rest[rest.index(after: slash)...]
            if !path.isEmpty {
                guard let number = Int(path), number >= 0 else {
                    throw RedisError(.invalidConfiguration, "The path of a Redis URL is the number of a database")
                }
                database = number
            }
            rest = rest[..<slash]
        }
        var username: String?
        var password: String?
        if let at = rest.lastIndex(of: "@") {
            (username, password) = try Self.credentials(rest[..<at])
            rest = rest[rest.index(after: at)...]
        }
        let (host, port) = try Self.address(rest)
        self.init(host: host, port: port, username: username, password: password)
        self.database = database
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

    private static func address(_ text: Substring) throws(RedisError) -> (String, Int) {
        var host = text
        var port = 6379
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
        return (String(host), port)
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
