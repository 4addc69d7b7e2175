/// How far every consumer has come, and what is parked.
package struct EventsReport: Sendable {
    /// One consumer of one topic, its partitions added up.
    package struct Lag: Sendable, Hashable {
        package var consumer: String
        package var topic: String
        package var applied: Int64
        package var said: Int64

        package init(consumer: String, topic: String, applied: Int64, said: Int64) {
            self.consumer = consumer
            self.topic = topic
            self.applied = applied
            self.said = said
        }
    }

    package let lags: [Lag]
    package let parked: [EventRows.Parked]

    package init(_ events: EventRows) {
        let last = Dictionary(events.partitions.map { ($0.name, $0.last) }, uniquingKeysWith: { first, _ in first })
        let groups = Dictionary(grouping: events.cursors) { "\($0.consumer) \($0.topic)" }
        self.lags = groups.sorted { $0.key < $1.key }.compactMap { _, cursors in
            cursors.first.map { first in
                Lag(
                    consumer: first.consumer,
                    topic: first.topic,
                    applied: cursors.reduce(0) { $0 + $1.position },
                    said: cursors.reduce(0) { $0 + (last[$1.name] ?? 0) }
                )
            }
        }
        self.parked = events.parked
    }

    /// One line for each consumer and topic, then the parked events, by the names that `soukctl events redrive` takes.
    package var text: String {
        var rows = self.lags.map { lag in
            "\(lag.consumer) reads \(lag.topic): \(lag.applied) of \(lag.said), lag \(lag.said - lag.applied)"
        }
        rows.append("parked: \(self.parked.count)")
        rows += self.parked.map { event in
            "  \(event.consumer) \(event.topic)/\(event.part)/\(event.position)\(event.isDead ? ", dead" : ""): \(event.reason)"
        }
        return rows.joined(separator: "\n")
    }
}
