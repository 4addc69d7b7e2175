internal import Synchronization

/// The state behind `grpc.health.v1.Health/Check`.
///
/// The two messages are so small that their bytes are written here: a request has a service name (field 1, ignored: all
/// services of a process share its fate), a reply has a status (field 1).
public final class RPCHealth: Sendable {
    static let path = "/grpc.health.v1.Health/Check"

    private let serving = Atomic<Bool>(true)

    init() {}

    /// Whether the check answers `SERVING` (or `NOT_SERVING`). Defaults to true.
    public var isServing: Bool {
        get { self.serving.load(ordering: .relaxed) }
        set { self.serving.store(newValue, ordering: .relaxed) }
    }

    var handler: RPCHandler {
        RPCHandler(path: Self.path, isAuthenticated: false) { _, _ in
            [0x08, self.isServing ? 0x01 : 0x02]
        }
    }

    /// Reads a reply's status.
    static func isServing(_ reply: [UInt8]) -> Bool {
        reply == [0x08, 0x01]
    }
}
