/// Reads the books and checks them, again and again until they are clean or the time is over.
package struct Auditor: Sendable {
    private let read: @Sendable () async throws -> Books
    private let stuckAfter: Int64

    /// - Parameters:
    ///   - stuckAfter: Seconds after which an order that still moves is stuck.
    ///   - read: Fetches the books as they are now.
    package init(stuckAfter: Int64, read: @escaping @Sendable () async throws -> Books) {
        self.stuckAfter = stuckAfter
        self.read = read
    }

    /// - Parameter wait: How long orders and events that are still on their way may take to arrive. The books of the
    ///   several databases are not read at one instant, so a busy shop is only clean when it has come to rest.
    package func audit(wait: Duration) async throws -> AuditReport {
        let deadline = ContinuousClock.now + wait
        while true {
            let report = AuditReport(try await self.read().checks(stuckAfter: self.stuckAfter))
            if report.isClean || .now + .seconds(1) > deadline { return report }
            try await Task.sleep(for: .seconds(1))
        }
    }
}
