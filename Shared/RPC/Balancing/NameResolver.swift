internal import Glibc
internal import NIOPosix

/// Asks the system for the addresses behind a host name: all of them, not only the first.
enum NameResolver {
    /// The addresses of `host`, each as an endpoint with `port`, sorted.
    ///
    /// `getaddrinfo` blocks, so it runs on NIO's thread pool.
    /// - Throws: ``EndpointSourceError`` if the name has no address now.
    static func resolve(host: String, port: Int) async throws -> [Endpoint] {
        try await NIOThreadPool.singleton.runIfActive {
            try Self.lookUp(host: host).map { Endpoint(host: $0, port: port) }
        }
    }

    private static func lookUp(host: String) throws -> [String] {
        var hints = unsafe addrinfo()
        unsafe hints.ai_family = AF_UNSPEC
        unsafe hints.ai_socktype = streamSocket
        var list: UnsafeMutablePointer<addrinfo>?
        let status = unsafe getaddrinfo(host, nil, &hints, &list)
        guard status == 0 else {
            throw EndpointSourceError(message: "\(host): \(unsafe String(cString: gai_strerror(status)))")
        }
        defer { unsafe freeaddrinfo(list) }
        var addresses: Set<String> = []
        var next = unsafe list
        while let entry = unsafe next {
            if let address = unsafe Self.text(of: entry.pointee) {
                addresses.insert(address)
            }
            unsafe next = entry.pointee.ai_next
        }
        return addresses.sorted()
    }

    private static func text(of info: addrinfo) -> String? {
        var bytes = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        let status = unsafe getnameinfo(
            info.ai_addr, info.ai_addrlen, &bytes, socklen_t(bytes.count), nil, 0, NI_NUMERICHOST)
        guard status == 0 else { return nil }
        return String(decoding: bytes.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    #if canImport(Glibc)
    private static let streamSocket = Int32(SOCK_STREAM.rawValue)
    #else
    private static let streamSocket = SOCK_STREAM
    #endif
}
