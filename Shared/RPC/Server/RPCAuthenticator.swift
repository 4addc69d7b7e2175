/// Finds out who calls, before a handler runs. The health check is not asked.
public struct RPCAuthenticator: Sendable {
    let authenticate: @Sendable (RPCContext) async throws -> String

    /// An authenticator of your own.
    /// - Parameter authenticate: Returns the caller's name, or throws an ``RPCError`` with
    ///   ``RPCError/Code/unauthenticated`` or ``RPCError/Code/permissionDenied``.
    public init(_ authenticate: @escaping @Sendable (RPCContext) async throws -> String) {
        self.authenticate = authenticate
    }

    /// Callers know a secret and send it as `authorization: Bearer <secret>`.
    /// - Parameter secrets: Names of callers by their secret; two secrets of one caller allow to change it without a gap.
    public static func sharedSecrets(_ secrets: [(secret: String, caller: String)]) -> RPCAuthenticator {
        RPCAuthenticator { context in
            let given = context.metadata["authorization"] ?? ""
            var caller: String?
            for entry in secrets where Self.isEqual("Bearer \(entry.secret)", given) {
                caller = entry.caller
            }
            guard let caller else { throw RPCError(.unauthenticated, "the caller's secret is missing or wrong") }
            return caller
        }
    }

    /// Compares in a time that says nothing about where the texts differ.
    private static func isEqual(_ left: String, _ right: String) -> Bool {
        let (left, right) = (Array(left.utf8), Array(right.utf8))
        guard left.count == right.count else { return false }
        return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
