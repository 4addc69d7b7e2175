import Testing

@testable import Events

@Suite struct EpochNumberingTests {
    @Test func numbersOfOneEpoch() {
        let numbering = EpochNumbering(bases: [0])
        #expect(numbering.position(of: 0) == .start)
        #expect(numbering.position(of: 1) == LogPosition(epoch: 1, sequence: 1))
        #expect(numbering.next(after: .start, head: 5) == 1)
        #expect(numbering.next(after: LogPosition(epoch: 1, sequence: 5), head: 5) == 6)
    }

    @Test func logThatIsAheadIsNoticed() {
        let numbering = EpochNumbering(bases: [0])
        #expect(numbering.next(after: LogPosition(epoch: 1, sequence: 6), head: 5) == nil)
        #expect(numbering.next(after: LogPosition(epoch: 2, sequence: 1), head: 5) == nil)
    }

    @Test func epochsFollowTheirBases() {
        let numbering = EpochNumbering(bases: [0, 100, 100, 105])
        #expect(numbering.position(of: 100) == LogPosition(epoch: 1, sequence: 100))
        #expect(numbering.position(of: 101) == LogPosition(epoch: 3, sequence: 101))
        #expect(numbering.position(of: 106) == LogPosition(epoch: 4, sequence: 106))
    }

    @Test func nextAfterALostTailIsTheNextEpochsFirst() {
        let numbering = EpochNumbering(bases: [0, 100])
        #expect(numbering.next(after: LogPosition(epoch: 1, sequence: 110), head: 103) == 101)
        #expect(numbering.next(after: LogPosition(epoch: 1, sequence: 90), head: 103) == 91)
        #expect(numbering.next(after: LogPosition(epoch: 2, sequence: 102), head: 103) == 103)
    }

    @Test func nextDoesNotPassOverAnEpochBetween() {
        let numbering = EpochNumbering(bases: [0, 100, 105])
        #expect(numbering.next(after: LogPosition(epoch: 1, sequence: 110), head: 120) == 101)
    }
}
