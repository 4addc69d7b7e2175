internal import Glibc

/// Turns a host's name into a numeric address, on a thread of its own: `getaddrinfo` blocks, sometimes for seconds.
enum HostLookup {
    private final class Request {
        let host: String
        let completion: @Sendable (String?) -> Void

        init(host: String, completion: @escaping @Sendable (String?) -> Void) {
            self.host = host
            self.completion = completion
        }
    }

    /// Whether the text is an IPv4 or IPv6 address already.
    static func isNumeric(_ host: String) -> Bool {
        unsafe withUnsafeTemporaryAllocation(byteCount: MemoryLayout<in6_addr>.size, alignment: 8) { buffer in
            let target = buffer.baseAddress
            return unsafe inet_pton(AF_INET, host, target) == 1 || inet_pton(AF_INET6, host, target) == 1
        }
    }

    /// Calls `completion` on another thread with the first address, or with nil when there is none.
    static func start(_ host: String, completion: @escaping @Sendable (String?) -> Void) {
        let argument = unsafe Unmanaged.passRetained(Request(host: host, completion: completion)).toOpaque()
        var thread = pthread_t()
        let result = unsafe pthread_create(
            &thread, nil,
            { argument in
                guard let argument = unsafe argument else { return nil }
                let request = unsafe Unmanaged<Request>.fromOpaque(argument).takeRetainedValue()
                request.completion(HostLookup.firstAddress(of: request.host))
                return nil
            },
            argument
        )
        guard result == 0 else {
            unsafe Unmanaged<Request>.fromOpaque(argument).release()
            return completion(nil)
        }
        pthread_detach(thread)
    }

    private static func firstAddress(of host: String) -> String? {
        var hints = unsafe addrinfo()
        unsafe hints.ai_family = AF_UNSPEC
        unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        guard unsafe getaddrinfo(host, nil, &hints, &list) == 0, let first = unsafe list else { return nil }
        defer { unsafe freeaddrinfo(first) }
        var name = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        let size = socklen_t(name.count)
        let result = unsafe getnameinfo(
            first.pointee.ai_addr, first.pointee.ai_addrlen, &name, size, nil, 0, NI_NUMERICHOST
        )
        guard result == 0 else { return nil }
        return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
