import Testing

@testable import Events

/// What a consumer remembers of its partitions while it reads ahead of its cursors.
@Suite struct PartitionTableTests {
    private let partition = LogPartition(topic: "orders", index: 0)
    private let start = ContinuousClock.now

    private func batch(_ sequences: ClosedRange<Int64>) -> LogBatch {
        LogBatch(partition: self.partition, events: sequences.map { .sample($0, in: self.partition) })
    }

    private func position(_ sequence: Int64) -> LogPosition { LogPosition(epoch: 1, sequence: sequence) }

    private func table(at sequence: Int64) -> PartitionTable {
        var table = PartitionTable()
        table.add(self.partition, at: self.position(sequence))
        return table
    }

    @Test func whatIsHeldBackIsNotReadAgain() {
        var table = self.table(at: 4)
        table.holdBack(self.batch(5...6), at: self.start)
        table.holdBack(self.batch(7...7), at: self.start)
        #expect(table.cursors(at: self.start).map(\.position) == [self.position(7)])
        #expect(table.heldBack(self.partition) == 3)
    }

    @Test func theNextBatchBringsItAlong() {
        var table = self.table(at: 4)
        table.holdBack(self.batch(5...6), at: self.start)
        let batch = table.release(before: self.batch(7...8))
        #expect(batch.events.map(\.position.sequence) == [5, 6, 7, 8])
        table.moved(self.partition, to: self.position(8))
        #expect(table.cursors(at: self.start).map(\.position) == [self.position(8)])
    }

    @Test func aBatchThatCouldNotBeAppliedIsReadAgainFromTheCursor() {
        var table = self.table(at: 4)
        table.holdBack(self.batch(5...6), at: self.start)
        _ = table.release(before: self.batch(7...7))
        #expect(table.cursors(at: self.start).map(\.position) == [self.position(4)])
    }

    @Test func onlyWhatTheCursorHasPassedIsReported() {
        var table = self.table(at: 4)
        table.holdBack(self.batch(5...6), at: self.start)
        #expect(table.takeReports().map(\.position) == [self.position(4)])
    }

    @Test func nothingIsHeldBackForLong() {
        var table = self.table(at: 4)
        table.holdBack(self.batch(5...5), at: self.start)
        table.holdBack(self.batch(6...6), at: self.start.advanced(by: .milliseconds(400)))
        let patience = Duration.milliseconds(500)
        #expect(table.releaseOverdue(at: self.start.advanced(by: .milliseconds(499)), after: patience).isEmpty)
        let overdue = table.releaseOverdue(at: self.start.advanced(by: .milliseconds(500)), after: patience)
        #expect(overdue.map { $0.events.map(\.position.sequence) } == [[5, 6]])
        #expect(table.releaseOverdue(at: self.start.advanced(by: .seconds(9)), after: patience).isEmpty)
    }

    @Test func aPartitionThatWentToSomebodyElseIsForgottenWithAllOfIt() {
        var table = self.table(at: 4)
        table.holdBack(self.batch(5...6), at: self.start)
        table.remove(self.partition)
        table.holdBack(self.batch(7...7), at: self.start)
        table.add(self.partition, at: self.position(4))
        #expect(table.cursors(at: self.start).map(\.position) == [self.position(4)])
    }
}
