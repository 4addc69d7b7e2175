import Foundation
import Testing

@testable import Events

/// What every log must do, whatever the engine. Each function uses a topic of its own.
struct EventLogConformance {
    /// A log whose partitions hold 5 events at least and 10 at most.
    let log: any EventLog

    private func partition(_ name: String = #function) -> LogPartition {
        LogPartition(topic: "\(name.prefix { $0 != "(" })-\(UUID().uuidString.prefix(8))", index: 0)
    }

    private func append(_ sequences: ClosedRange<Int64>, to partition: LogPartition) async throws -> AppendOutcome {
        let events = sequences.map { EventEnvelope.sample($0, in: partition) }
        let request = AppendRequest(partition: partition, after: events[0].previous, events: events)
        return try await self.log.append([request])[0]
    }

    func run() async throws {
        try await self.whatWasAppendedIsRead()
        try await self.appendsElsewhereThanTheTailAreRefused()
        try await self.severalPartitionsAtOnce()
        try await self.readerWaitsForTheNextEvent()
        try await self.fullPartitionRefuses()
        try await self.restartBeginsBehindAPosition()
        try await self.trimForgetsTheOldest()
        try await self.notesAreKept()
        try await self.nudgeWakes()
    }

    private func whatWasAppendedIsRead() async throws {
        let partition = self.partition()
        let event = EventEnvelope.sample(
            1, in: partition, payload: Array(0...255), traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
        )
        let outcome = try await self.log.append([AppendRequest(partition: partition, after: .start, events: [event])])
        #expect(outcome == [.appended(event.position)])
        let second = try await self.append(2...3, to: partition)
        #expect(second == .appended(LogPosition(epoch: 1, sequence: 3)))
        let all = try await self.log.read([LogCursor(partition: partition, position: .start)], limit: 10, wait: .zero)
        #expect(all.count == 1)
        #expect(all[0].events.first == event)
        #expect(all[0].events.map(\.sequence) == [1, 2, 3])
        let some = try await self.log.read(
            [LogCursor(partition: partition, position: event.position)], limit: 1, wait: .zero
        )
        #expect(some[0].events.map(\.sequence) == [2])
    }

    private func appendsElsewhereThanTheTailAreRefused() async throws {
        let partition = self.partition()
        #expect(try await self.append(2...3, to: partition) == .tail(.start))
        _ = try await self.append(1...2, to: partition)
        #expect(try await self.append(1...2, to: partition) == .tail(LogPosition(epoch: 1, sequence: 2)))
        #expect(try await self.append(4...4, to: partition) == .tail(LogPosition(epoch: 1, sequence: 2)))
        #expect(try await self.append(3...3, to: partition) == .appended(LogPosition(epoch: 1, sequence: 3)))
    }

    private func severalPartitionsAtOnce() async throws {
        let partitions = (0..<3).map { LogPartition(topic: self.partition().topic, index: $0) }
        let outcomes = try await self.log.append(
            partitions.map { AppendRequest(partition: $0, after: .start, events: [.sample(1, in: $0)]) }
        )
        #expect(outcomes == Array(repeating: .appended(LogPosition(epoch: 1, sequence: 1)), count: 3))
        let batches = try await self.log.read(
            partitions.map { LogCursor(partition: $0, position: .start) }, limit: 10, wait: .zero
        )
        #expect(Set(batches.map(\.partition)) == Set(partitions))
        let extents = try await self.log.extent(of: partitions + [self.partition("nothing")])
        #expect(extents.last == .unknown)
        #expect(
            extents.first
                == LogExtent(
                    tail: LogPosition(epoch: 1, sequence: 1), first: LogPosition(epoch: 1, sequence: 1), count: 1
                ))
    }

    private func readerWaitsForTheNextEvent() async throws {
        let partition = self.partition()
        let cursor = LogCursor(partition: partition, position: .start)
        async let batches = self.log.read([cursor], limit: 10, wait: .seconds(120))
        _ = try await self.append(1...1, to: partition)
        #expect(try await batches.first?.events.map(\.sequence) == [1])
        let none = try await self.log.read(
            [LogCursor(partition: partition, position: LogPosition(epoch: 1, sequence: 1))], limit: 10, wait: .milliseconds(5)
        )
        #expect(none.isEmpty)
    }

    private func fullPartitionRefuses() async throws {
        let partition = self.partition()
        _ = try await self.append(1...10, to: partition)
        #expect(try await self.append(11...11, to: partition) == .full)
        try await self.log.trim(below: LogCursor(partition: partition, position: LogPosition(epoch: 1, sequence: 10)))
        #expect(try await self.append(11...11, to: partition) == .appended(LogPosition(epoch: 1, sequence: 11)))
    }

    private func restartBeginsBehindAPosition() async throws {
        let partition = self.partition()
        _ = try await self.append(1...3, to: partition)
        let position = LogPosition(epoch: 1, sequence: 7)
        try await self.log.restart(at: LogCursor(partition: partition, position: position))
        #expect(try await self.log.extent(of: [partition]) == [LogExtent(tail: position, first: nil, count: 0)])
        #expect(try await self.append(8...9, to: partition) == .appended(LogPosition(epoch: 1, sequence: 9)))
        let read = try await self.log.read([LogCursor(partition: partition, position: .start)], limit: 10, wait: .zero)
        #expect(read[0].events.map(\.sequence) == [8, 9])
        try await self.log.restart(at: LogCursor(partition: partition, position: .start))
        #expect(try await self.append(1...1, to: partition) == .appended(LogPosition(epoch: 1, sequence: 1)))
    }

    private func trimForgetsTheOldest() async throws {
        let partition = self.partition()
        _ = try await self.append(1...5, to: partition)
        try await self.log.trim(below: LogCursor(partition: partition, position: LogPosition(epoch: 1, sequence: 4)))
        let extent = try await self.log.extent(of: [partition])[0]
        #expect(extent.first == LogPosition(epoch: 1, sequence: 4))
        #expect(extent.tail == LogPosition(epoch: 1, sequence: 5))
    }

    private func notesAreKept() async throws {
        let partition = self.partition()
        let other = LogPartition(topic: partition.topic, index: 1)
        let position = LogPosition(epoch: 2, sequence: 9)
        try await self.log.report([LogCursor(partition: partition, position: position)], of: "cart")
        try await self.log.report([LogCursor(partition: partition, position: .start)], of: "payments")
        #expect(try await self.log.positions(of: [partition, other]) == [["cart": position, "payments": .start], [:]])
        try await self.log.forget(group: "payments", in: [partition])
        #expect(try await self.log.positions(of: [partition]) == [["cart": position]])
        let request = LogCursor(partition: other, position: position)
        try await self.log.requestResend(after: request)
        #expect(try await self.log.takeResendRequests(of: partition.topic) == [request])
        #expect(try await self.log.takeResendRequests(of: partition.topic).isEmpty)
    }

    private func nudgeWakes() async throws {
        let topic = self.partition().topic
        #expect(try await self.log.awaitNudge(of: topic, atMost: .milliseconds(5)) == false)
        async let woken = self.log.awaitNudge(of: topic, atMost: .seconds(120))
        // A nudge between two waits may be missed by an engine that knows none of the topic yet, so nudge until it is heard.
        let nudger = Task {
            while !Task.isCancelled {
                try await self.log.nudge(topic: topic)
                try await Task.sleep(for: .milliseconds(10))
            }
        }
        #expect(try await woken)
        nudger.cancel()
    }
}
