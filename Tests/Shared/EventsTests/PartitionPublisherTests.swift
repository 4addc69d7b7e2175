import Testing

@testable import Events

@Suite struct PartitionPublisherTests {
    private func at(_ sequence: Int64, epoch: Int64 = 1) -> LogPosition { LogPosition(epoch: epoch, sequence: sequence) }

    @Test func asksForTheTailBeforeTheFirstAppend() {
        var publisher = PartitionPublisher(head: 7, bases: [0])
        #expect(publisher.step == .locate)
        publisher.located(self.at(5))
        #expect(publisher.step == .send(after: self.at(5), from: 6))
        publisher.answered(.appended(self.at(7)), to: self.at(7))
        #expect(publisher.step == .idle)
        publisher.numbered(upTo: 9)
        #expect(publisher.step == .send(after: self.at(7), from: 8))
    }

    @Test func newTopicBeginsAtTheFirstEvent() {
        var publisher = PartitionPublisher(head: 0, bases: [0])
        publisher.located(.start)
        #expect(publisher.step == .idle)
        publisher.numbered(upTo: 2)
        #expect(publisher.step == .send(after: .start, from: 1))
    }

    @Test func emptyLogAfterALossIsRewound() {
        var publisher = PartitionPublisher(head: 9, bases: [0])
        publisher.located(.start)
        #expect(publisher.step == .rewind)
        publisher.restarted(at: self.at(4))
        #expect(publisher.step == .send(after: self.at(4), from: 5))
    }

    @Test func shorterLogIsFilledUpFromItsTail() {
        var publisher = PartitionPublisher(head: 9, bases: [0])
        publisher.located(self.at(9))
        publisher.numbered(upTo: 10)
        publisher.answered(.tail(self.at(3)), to: self.at(10))
        #expect(publisher.step == .send(after: self.at(3), from: 4))
    }

    @Test func longerLogMeansThatWeAreBehind() {
        var publisher = PartitionPublisher(head: 3, bases: [0])
        publisher.located(self.at(5))
        #expect(publisher.step == .ahead)
        publisher.renewed(head: 5, bases: [0])
        #expect(publisher.step == .idle)
    }

    @Test func newEpochGoesOnBehindWhatTheDatabaseStillHas() {
        var publisher = PartitionPublisher(head: 3, bases: [0])
        publisher.located(self.at(5))
        publisher.renewed(head: 3, bases: [0, 3])
        #expect(publisher.step == .idle)
        publisher.numbered(upTo: 4)
        #expect(publisher.step == .send(after: self.at(5), from: 4))
        publisher.answered(.appended(self.at(4, epoch: 2)), to: self.at(4, epoch: 2))
        #expect(publisher.step == .idle)
    }

    @Test func fullPartitionWaitsUntilTheLogIsLookedAtAgain() {
        var publisher = PartitionPublisher(head: 3, bases: [0])
        publisher.located(self.at(1))
        publisher.answered(.full, to: self.at(3))
        #expect(publisher.step == .idle)
        publisher.located(self.at(1))
        #expect(publisher.step == .send(after: self.at(1), from: 2))
    }

    @Test func unknownOutcomeIsAskedFor() {
        var publisher = PartitionPublisher(head: 3, bases: [0])
        publisher.located(self.at(1))
        publisher.forgetTail()
        #expect(publisher.step == .locate)
    }
}
