import SoukctlCommands
import Testing

@Suite struct EventsReportTests {
    @Test func partitionsAddUpByConsumerAndTopic() {
        var events = EventRows()
        events.partitions = (0..<2).map { EventRows.Partition(topic: "orders", part: $0, last: 5) }
        events.cursors = [
            EventRows.Cursor(consumer: "catalog", topic: "orders", part: 0, position: 5),
            EventRows.Cursor(consumer: "catalog", topic: "orders", part: 1, position: 3),
            EventRows.Cursor(consumer: "payments", topic: "orders", part: 0, position: 5),
        ]
        events.parked = [
            EventRows.Parked(consumer: "catalog", topic: "orders", part: 1, position: 4, reason: "no such order"),
            EventRows.Parked(consumer: "catalog", topic: "orders", part: 1, position: 5, reason: "no such order", isDead: true),
        ]
        let report = EventsReport(events)
        #expect(
            report.lags == [
                EventsReport.Lag(consumer: "catalog", topic: "orders", applied: 8, said: 10),
                EventsReport.Lag(consumer: "payments", topic: "orders", applied: 5, said: 5),
            ]
        )
        #expect(report.text.contains("catalog reads orders: 8 of 10, lag 2"))
        #expect(report.text.contains("parked: 2\n  catalog orders/1/4: no such order\n  catalog orders/1/5, dead: no such order"))
    }
}
