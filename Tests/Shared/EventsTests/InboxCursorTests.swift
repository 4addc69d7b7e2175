import Testing

@testable import Events

@Suite struct InboxCursorTests {
    private func cursor(_ epoch: Int64, _ sequence: Int64) -> InboxCursor {
        InboxCursor(position: LogPosition(epoch: epoch, sequence: sequence), parked: 0)
    }

    @Test func nextEventIsApplied() {
        #expect(self.cursor(0, 0).admits(.sample(1)) == .apply)
        #expect(self.cursor(1, 4).admits(.sample(5)) == .apply)
    }

    @Test func oldEventIsSkipped() {
        #expect(self.cursor(1, 4).admits(.sample(4)) == .skip)
        #expect(self.cursor(2, 1).admits(.sample(9)) == .skip)
    }

    @Test func missingEventIsNoticed() {
        #expect(self.cursor(1, 4).admits(.sample(6)) == .gap)
        #expect(self.cursor(0, 0).admits(.sample(2)) == .gap)
    }

    @Test func newEpochGoesOnBeforeTheLostEvents() {
        // Epoch 1 was lost behind 100; this reader had seen up to 110.
        let first = EventEnvelope.sample(101, epoch: 2, previousEpoch: 1)
        #expect(self.cursor(1, 110).admits(first) == .apply)
        #expect(self.cursor(1, 100).admits(first) == .apply)
        #expect(self.cursor(1, 99).admits(first) == .gap)
    }

    @Test func epochInBetweenMayNotBeMissing() {
        let event = EventEnvelope.sample(106, epoch: 3, previousEpoch: 2)
        #expect(self.cursor(1, 110).admits(event) == .gap)
    }
}
