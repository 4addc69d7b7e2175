/// What a call inherits from the call that caused it.
///
/// The scope is bound as one task-local value where work enters the process (an HTTP request, an RPC, an event) and read
/// wherever work leaves it (an RPC, a SQL statement, a Redis command). Child tasks inherit it; `Task.detached` and
/// callbacks of event loops do not.
public struct CallScope: Sendable {
    /// When the caller stops waiting; `nil` means that nobody set a limit.
    public var deadline: Deadline?

    /// 0 for a first attempt, 1 for the first retry, and so on.
    public var attempt: Int

    /// The scope of the current task.
    @TaskLocal public static var current = CallScope()

    /// A scope with the given deadline, in its first attempt unless told otherwise.
    public init(deadline: Deadline? = nil, attempt: Int = 0) {
        self.deadline = deadline
        self.attempt = attempt
    }

    /// Runs work that outlives the caller's interest, such as a refresh in the background: it inherits no deadline.
    public static func detached<Result>(_ body: () async throws -> Result) async rethrows -> Result {
        try await Self.$current.withValue(CallScope(), operation: body)
    }
}

/// Runs `body` under the earlier of the inherited deadline and `deadline`.
///
/// This binds ``CallScope/current``, no more: there is no timer and nothing is cancelled. Whoever waits inside `body` (a
/// client, a pool, a lock) looks at the scope and gives up in time.
public func withDeadline<Result>(
    _ deadline: Deadline,
    _ body: () async throws -> Result
) async rethrows -> Result {
    var scope = CallScope.current
    scope.deadline = scope.deadline?.earlier(deadline) ?? deadline
    return try await CallScope.$current.withValue(scope, operation: body)
}
