import SoukctlCommands
import Testing

@Suite struct EventChecksTests {
    private func events(_ change: (inout EventRows) -> Void = { _ in }) -> EventRows {
        var events = EventRows()
        events.partitions = [EventRows.Partition(topic: "orders", part: 0, last: 5)]
        events.ticks = [
            EventRows.Tick(topic: "orders", part: 0, base: 0, count: 2, found: 2),
            EventRows.Tick(topic: "orders", part: 0, base: 2, count: 3, found: 3),
        ]
        events.cursors = [EventRows.Cursor(consumer: "catalog", topic: "orders", part: 0, position: 5)]
        change(&events)
        return events
    }

    @Test func denseAndAppliedEventsAreClean() {
        #expect(EventChecks.dense(self.events()).isClean)
        #expect(EventChecks.applied(self.events()).isClean)
        #expect(EventChecks.nothingParked(self.events()).isClean)
    }

    @Test func oldBatchesMayHaveBeenDropped() {
        #expect(EventChecks.dense(self.events { $0.ticks.removeFirst() }).isClean)
    }

    @Test func gapIsFound() {
        #expect(EventChecks.dense(self.events { $0.ticks[0].count = 1 }).findings.contains("orders/0: after 1 comes 3"))
    }

    @Test func overlapIsFound() {
        #expect(!EventChecks.dense(self.events { $0.ticks[1].base = 1 }).isClean)
    }

    @Test func numberBeyondTheBatchesIsFound() {
        let result = EventChecks.dense(self.events { $0.partitions[0].last = 6 })
        #expect(result.findings == ["orders/0: numbered up to 6, batches up to 5"])
    }

    @Test func numbersWithoutBatchesAreFound() {
        #expect(!EventChecks.dense(self.events { $0.ticks = [] }).isClean)
    }

    @Test func eventThatTheOutboxLostIsFound() {
        let result = EventChecks.dense(self.events { $0.ticks[1].found = 2 })
        #expect(result.findings == ["orders/0: 3 events numbered from 3, 2 in the outbox"])
    }

    @Test func aggregateThatGoesBackIsFound() {
        #expect(EventChecks.ordered(self.events()).isClean)
        let misplaced = EventRows.Misplaced(topic: "orders", part: 0, aggregate: "order ord_1", version: 2, conflict: .after(version: 3))
        let result = EventChecks.ordered(self.events { $0.misplaced = [misplaced] })
        #expect(result.findings == ["orders/0: order ord_1 version 2 comes after version 3"])
    }

    @Test func aggregateInTwoPartitionsIsFound() {
        let misplaced = EventRows.Misplaced(topic: "orders", part: 7, aggregate: "order ord_1", version: 2, conflict: .alsoIn(part: 0))
        let result = EventChecks.ordered(self.events { $0.misplaced = [misplaced] })
        #expect(result.findings == ["orders/7: order ord_1 version 2, and others in partition 0"])
    }

    @Test func cursorAheadOfItsProducerIsFound() {
        #expect(!EventChecks.applied(self.events { $0.cursors[0].position = 6 }).isClean)
        #expect(!EventChecks.applied(self.events { $0.cursors[0].topic = "nobody" }).isClean)
    }

    @Test func eventThatIsNotAppliedIsFound() {
        #expect(EventChecks.applied(self.events { $0.cursors[0].position = 4 }).findings == ["catalog lags: 4 of 5 in orders/0"])
    }

    @Test func parkedEventIsFound() {
        let parked = EventRows.Parked(consumer: "cart", topic: "orders", part: 1, position: 9, reason: "no such cart")
        #expect(
            EventChecks.nothingParked(self.events { $0.parked = [parked] }).findings == ["cart: orders/1 number 9: no such cart"]
        )
    }
}
