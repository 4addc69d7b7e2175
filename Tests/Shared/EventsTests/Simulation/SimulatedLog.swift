@testable import Events

/// The in-memory log, where every call may fail before or after its effect.
struct SimulatedLog: EventLog {
    let base: InMemoryEventLog
    let faults: Faults

    private func faulty<Result>(_ body: () async throws -> Result) async throws -> Result {
        try await self.faults.step()
        let result = try await body()
        try await self.faults.step()
        return result
    }

    func append(_ requests: [AppendRequest]) async throws -> [AppendOutcome] {
        try await self.faulty { try await self.base.append(requests) }
    }

    func read(_ cursors: [LogCursor], limit: Int, wait: Duration) async throws -> [LogBatch] {
        try await self.faulty { try await self.base.read(cursors, limit: limit, wait: .zero) }
    }

    func extent(of partitions: [LogPartition]) async throws -> [LogExtent] {
        try await self.faulty { try await self.base.extent(of: partitions) }
    }

    func restart(at cursor: LogCursor) async throws {
        try await self.faulty { try await self.base.restart(at: cursor) }
    }

    func trim(below cursor: LogCursor) async throws {
        try await self.faulty { try await self.base.trim(below: cursor) }
    }

    func report(_ cursors: [LogCursor], of group: String) async throws {
        try await self.faulty { try await self.base.report(cursors, of: group) }
    }

    func positions(of partitions: [LogPartition]) async throws -> [[String: LogPosition]] {
        try await self.faulty { try await self.base.positions(of: partitions) }
    }

    func forget(group: String, in partitions: [LogPartition]) async throws {
        try await self.base.forget(group: group, in: partitions)
    }

    func requestResend(after cursor: LogCursor) async throws {
        try await self.faulty { try await self.base.requestResend(after: cursor) }
    }

    func takeResendRequests(of topic: String) async throws -> [LogCursor] {
        try await self.faulty { try await self.base.takeResendRequests(of: topic) }
    }

    func nudge(topic: String) async throws { try await self.base.nudge(topic: topic) }

    func awaitNudge(of topic: String, atMost wait: Duration) async throws -> Bool { false }
}
