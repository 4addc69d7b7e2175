internal import Synchronization

/// The state behind `grpc.health.v1.Health/Check`.
///
/// The protocol (github.com/grpc/grpc-proto, grpc/health/v1/health.proto), as far as it is served here:
///
///     message HealthCheckRequest { string service = 1; }
///     message HealthCheckResponse {
///       enum ServingStatus { UNKNOWN = 0; SERVING = 1; NOT_SERVING = 2; SERVICE_UNKNOWN = 3; }
///       ServingStatus status = 1;
///     }
///     service Health { rpc Check(HealthCheckRequest) returns (HealthCheckResponse); }
///
/// The messages are so small that their bytes are written here. The service's name is ignored: all services of a process
/// share its fate.
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
