internal import Glibc

/// Turns a host's name into a numeric address. `getaddrinfo` blocks, sometimes for seconds: only for a ``HelperThread``.
enum HostLookup {
    /// Whether the text is an IPv4 or IPv6 address already.
    static func isNumeric(_ host: String) -> Bool {
        unsafe withUnsafeTemporaryAllocation(byteCount: MemoryLayout<in6_addr>.size, alignment: 8) { buffer in
            let target = buffer.baseAddress
            return unsafe inet_pton(AF_INET, host, target) == 1 || inet_pton(AF_INET6, host, target) == 1
        }
    }

    /// The first address of a host.
    ///
    /// - Throws: ``RedisError`` when it has none.
    static func firstAddress(of host: String) throws(RedisError) -> String {
        if Self.isNumeric(host) { return host }
        var hints = unsafe addrinfo()
        unsafe hints.ai_family = AF_UNSPEC
        unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        guard unsafe getaddrinfo(host, nil, &hints, &list) == 0, let first = unsafe list else {
            throw RedisError(.notConnected, "The host \(host) has no address")
        }
        defer { unsafe freeaddrinfo(first) }
        var name = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        let size = socklen_t(name.count)
        let result = unsafe getnameinfo(
            first.pointee.ai_addr, first.pointee.ai_addrlen, &name, size, nil, 0, NI_NUMERICHOST
        )
        guard result == 0 else { throw RedisError(.notConnected, "The host \(host) has no address") }
        return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
