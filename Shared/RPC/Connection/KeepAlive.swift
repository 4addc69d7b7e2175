internal import NIOCore

/// Finds out whether a silent peer is still there. Pure.
///
/// Pings only when calls wait and nothing was read for a while: servers count pings without reason as abuse.
struct KeepAlive {
    enum Check: Hashable {
        case nothing
        case ping
        case dead
    }

    private let interval: TimeAmount
    private let timeout: TimeAmount
    private var lastRead: NIODeadline = .uptimeNanoseconds(0)
    private var pinged: NIODeadline?

    init(interval: Duration, timeout: Duration) {
        self.interval = TimeAmount(interval)
        self.timeout = TimeAmount(timeout)
    }

    /// How often to check.
    var checkInterval: TimeAmount {
        .nanoseconds(max(10_000_000, min(self.interval.nanoseconds, self.timeout.nanoseconds) / 2))
    }

    /// Something came from the peer.
    mutating func received(now: NIODeadline) {
        self.lastRead = now
        self.pinged = nil
    }

    /// The peer answered the ping.
    mutating func acknowledged() {
        self.pinged = nil
    }

    /// What to do now.
    mutating func check(now: NIODeadline, hasCalls: Bool) -> Check {
        if let pinged = self.pinged {
            return now >= pinged + self.timeout ? .dead : .nothing
        }
        guard hasCalls, now >= self.lastRead + self.interval else { return .nothing }
        self.pinged = now
        return .ping
    }
}
