import Dispatch
import Glibc
import Readiness

/// Looks names up on a helper thread: a name server that does not answer must not hold up the loop.
enum HostResolver {
    /// Finds the addresses of a target's host. A socket's path, an address and a missing host stand for themselves.
    ///
    /// - Parameter done: Called on the loop, later or at once, with at least one target. A name that is not found is left to
    ///   libpq, which says so in its own words.
    static func resolve(_ target: ConnectionTarget, on loop: ReadinessLoop, _ done: @escaping ([ConnectionTarget]) -> Void) {
        guard let host = target.host, target.address == nil, !host.hasPrefix("/"), Self.addresses(of: host, numeric: true).isEmpty
        else { return done([target]) }
        let answer = LoopBound(done, on: loop)
        DispatchQueue.global(qos: .userInitiated).async {
            let addresses = Self.addresses(of: host, numeric: false)
            let targets = addresses.map { ConnectionTarget(host: host, address: $0, port: target.port) }
            loop.execute { answer.value(targets.isEmpty ? [target] : targets) }
        }
    }

    private static func addresses(of host: String, numeric: Bool) -> [String] {
        var hints = unsafe addrinfo()
        unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        unsafe hints.ai_flags = numeric ? AI_NUMERICHOST : AI_ADDRCONFIG
        var list: UnsafeMutablePointer<addrinfo>?
        guard unsafe getaddrinfo(host, nil, &hints, &list) == 0 else { return [] }
        defer { unsafe freeaddrinfo(list) }
        var found: [String] = []
        var next = unsafe list
        while let entry = unsafe next {
            unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(NI_MAXHOST)) { text in
                let result = unsafe getnameinfo(
                    entry.pointee.ai_addr, entry.pointee.ai_addrlen, text.baseAddress, socklen_t(text.count), nil, 0, NI_NUMERICHOST
                )
                if result == 0, let start = text.baseAddress { unsafe found.append(String(cString: start)) }
            }
            unsafe next = entry.pointee.ai_next
        }
        return found
    }
}
