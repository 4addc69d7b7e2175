/// One of the hosts of a URI.
struct ConnectionTarget: Hashable, Sendable {
    var host: String?
    var address: String?
    var port: String?
}

/// One host, and what it has to be.
struct ConnectionAttempt: Hashable, Sendable {
    var target: ConnectionTarget
    /// libpq's `target_session_attrs`, when the URI has one.
    var sessionAttributes: String?
}

/// In which order the hosts of a URI are tried. Pure.
///
/// libpq could do it all alone, but not without blocking: it looks names up itself, and its time-out for a host that does not
/// answer exists in its blocking calls only.
struct ConnectionPlan: Sendable {
    private let targets: [ConnectionTarget]
    private let sessionAttributes: String?
    /// The host that worked last: the first to try.
    private var preferred = 0

    /// - Parameter options: The options of the URI.
    init(options: [String: String]) {
        let hosts = Self.list(options["host"])
        let addresses = Self.list(options["hostaddr"])
        let ports = Self.list(options["port"])
        let count = max(hosts.count, addresses.count, 1)
        self.targets = (0..<count).map { index -> ConnectionTarget in
            let host: String? = index < hosts.count ? hosts[index] : nil
            let address: String? = index < addresses.count ? addresses[index] : nil
            // One port may stand for all hosts.
            let port: String? = index < ports.count ? ports[index] : ports.last ?? nil
            return ConnectionTarget(host: host, address: address, port: port)
        }
        self.sessionAttributes = options["target_session_attrs"]
    }

    /// Whether the URI asks for the server that accepts writes.
    var wantsPrimary: Bool { self.sessionAttributes == "read-write" || self.sessionAttributes == "primary" }

    /// All attempts, in order.
    func attempts() -> [ConnectionAttempt] {
        let order = self.targets.indices.map { self.targets[($0 + self.preferred) % self.targets.count] }
        // With one host at a time, "prefer" needs a second round.
        let rounds = self.sessionAttributes == "prefer-standby" ? ["standby", "any"] : [self.sessionAttributes]
        return rounds.flatMap { attributes in
            order.map { ConnectionAttempt(target: $0, sessionAttributes: attributes) }
        }
    }

    /// A host has answered as it should.
    mutating func succeeded(_ target: ConnectionTarget) {
        let found = self.targets.firstIndex { $0.host == target.host && $0.port == target.port }
        self.preferred = found ?? self.preferred
    }

    private static func list(_ option: String?) -> [String?] {
        guard let option, !option.isEmpty else { return [] }
        return option.split(separator: ",", omittingEmptySubsequences: false).map { $0.isEmpty ? nil : String($0) }
    }
}
