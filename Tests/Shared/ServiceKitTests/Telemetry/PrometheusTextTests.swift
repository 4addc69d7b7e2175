import CoreMetrics
import Telemetry
import Testing

@Suite struct PrometheusTextTests {
    let registry = PrometheusRegistry(durationBuckets: [0.001, 0.01, 0.1], sizeBuckets: [1, 10], maximumSeriesPerFamily: 3)

    @Test func emptyRegistryIsEmptyText() {
        #expect(self.registry.text() == "")
    }

    @Test func counterGetsItsEndingItsTypeAndItsHelp() {
        self.registry.describe("orders_placed_total", help: "Orders, \\ and\nmore.")
        self.registry.makeCounter(label: "orders.placed", dimensions: [("kind", "a\"b\\c\nd")]).increment(by: 3)
        #expect(
            self.registry.text() == """
                # HELP orders_placed_total Orders, \\\\ and\\nmore.
                # TYPE orders_placed_total counter
                orders_placed_total{kind="a\\"b\\\\c\\nd"} 3

                """
        )
    }

    @Test func histogramIsCumulativeAndEndsWithInfinity() {
        let timer = self.registry.makeTimer(label: "call", dimensions: [("route", "/x")])
        for nanoseconds in [500_000, 1_000_000, 5_000_000, 9_000_000_000] as [Int64] { timer.recordNanoseconds(nanoseconds) }
        #expect(
            self.registry.text() == """
                # TYPE call_seconds histogram
                call_seconds_bucket{route="/x",le="0.001"} 2
                call_seconds_bucket{route="/x",le="0.01"} 3
                call_seconds_bucket{route="/x",le="0.1"} 3
                call_seconds_bucket{route="/x",le="+Inf"} 4
                call_seconds_sum{route="/x"} 9.0065
                call_seconds_count{route="/x"} 4

                """
        )
    }

    @Test func equalLabelsAreOneSeriesWhateverTheirOrder() {
        self.registry.makeCounter(label: "c", dimensions: [("a", "1"), ("b", "2")]).increment(by: 1)
        self.registry.makeCounter(label: "c", dimensions: [("b", "2"), ("a", "1")]).increment(by: 1)
        #expect(self.registry.text().contains("c_total{a=\"1\",b=\"2\"} 2\n"))
    }

    @Test func familiesAreContiguousAndTypedOnce() {
        for index in 0..<3 {
            self.registry.makeMeter(label: "b", dimensions: [("i", "\(index)")]).set(Int64(index))
            self.registry.makeMeter(label: "a", dimensions: [("i", "\(index)")]).set(0.5)
        }
        let lines = self.registry.text().split(separator: "\n")
        #expect(lines.map { $0.first == "#" ? "#" : String($0.first!) } == ["#", "a", "a", "a", "#", "b", "b", "b"])
    }

    @Test func illegalNamesAreMadeLegal() {
        self.registry.makeMeter(label: "9 lives-left", dimensions: [("__x", "1"), ("y-z", "2")]).set(9 as Int64)
        #expect(self.registry.text().contains("_9_lives_left{x__x=\"1\",y_z=\"2\"} 9\n"))
    }

    @Test func numbersLookLikeGo() {
        let values: [(Double, String)] = [(.infinity, "+Inf"), (-.infinity, "-Inf"), (.nan, "NaN"), (1, "1"), (0.25, "0.25")]
        for (value, text) in values {
            self.registry.makeMeter(label: "n", dimensions: []).set(value)
            #expect(self.registry.text() == "# TYPE n gauge\nn \(text)\n")
        }
    }

    @Test func labelWithoutBoundEndsInTheOverflowSeries() {
        for index in 0..<100 {
            self.registry.makeCounter(label: "c", dimensions: [("id", "\(index)")]).increment(by: 1)
        }
        let text = self.registry.text()
        #expect(text.contains("c_total{overflow=\"true\"} 97\n"))
        #expect(text.split(separator: "\n").count == 5)
    }

    @Test func secondKindUnderOneNameIsNotShown() {
        self.registry.makeMeter(label: "x_total", dimensions: []).set(1 as Int64)
        self.registry.makeCounter(label: "x", dimensions: []).increment(by: 5)
        #expect(self.registry.text() == "# TYPE x_total gauge\nx_total 1\n")
    }

    @Test func destroyedMetricIsGone() {
        let counter = self.registry.makeCounter(label: "c", dimensions: [])
        self.registry.destroyCounter(counter)
        #expect(self.registry.text() == "")
    }

    @Test func concurrentRecordsAreAllCounted() async {
        let timer = self.registry.makeTimer(label: "t", dimensions: [])
        await withTaskGroup { group in
            for _ in 0..<8 {
                group.addTask { for _ in 0..<1_000 { timer.recordNanoseconds(500_000_000) } }
            }
        }
        #expect(self.registry.text().contains("t_seconds_sum 4000\nt_seconds_count 8000\n"))
    }
}
