import Testing

/// Asks again and again until there is something, with a bound.
///
/// - Throws: When the bound is reached; the test fails there.
func poll<Value>(
    _ what: String,
    within bound: Duration = .seconds(120),
    sourceLocation: SourceLocation = #_sourceLocation,
    _ ask: () async throws -> Value?
) async throws -> Value {
    let deadline = ContinuousClock.now + bound
    while true {
        if let value = try await ask() { return value }
        guard .now < deadline else {
            Issue.record("not within \(bound): \(what)", sourceLocation: sourceLocation)
            throw TooLate(what: what)
        }
        try await Task.sleep(for: .milliseconds(50))
    }
}

/// A wait that reached its bound.
struct TooLate: Error {
    var what: String
}
