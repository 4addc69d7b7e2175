/// One thing that has to work before a process may get requests.
struct ReadinessCheck: Sendable {
    var name: String
    var check: @Sendable () async throws -> Void
}
