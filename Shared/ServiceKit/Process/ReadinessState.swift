import Synchronization

/// Whether the process may get requests: not before it has started, not while it drains.
public final class ReadinessState: Sendable {
    enum Phase: String, Sendable {
        case starting
        case serving
        case draining
    }

    private let current = Mutex(Phase.starting)

    var phase: Phase { self.current.withLock { $0 } }

    func serve() {
        self.current.withLock { if $0 == .starting { $0 = .serving } }
    }

    func drain() {
        self.current.withLock { $0 = .draining }
    }
}
