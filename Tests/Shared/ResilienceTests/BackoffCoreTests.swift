import Resilience
import Testing

@Suite struct BackoffCoreTests {
    @Test(arguments: [Backoff.Jitter.full, .decorrelated])
    func delaysStayWithinTheirBounds(jitter: Backoff.Jitter) {
        var random = SeededGenerator(seed: 7)
        let configuration = Backoff(base: .milliseconds(10), maximum: .milliseconds(500), jitter: jitter)
        for _ in 0..<200 {
            var core = BackoffCore(configuration)
            for _ in 0..<100 {
                let delay = core.next(random: Double.random(in: 0..<1, using: &random))
                #expect(delay >= .zero && delay <= .milliseconds(500))
            }
        }
    }

    @Test func fullJitterDoublesItsCeiling() {
        var core = BackoffCore(Backoff(base: .milliseconds(10), maximum: .seconds(1)))
        let delays = (0..<9).map { _ in core.next(random: 0.999_999_999) / .milliseconds(1) }
        for (delay, ceiling) in zip(delays, [10.0, 20, 40, 80, 160, 320, 640, 1000, 1000]) {
            #expect(abs(delay - ceiling) < 0.001)
        }
        #expect(core.next(random: 0) == .zero)
    }

    @Test func decorrelatedDelaysHaveTheBaseAsMedian() {
        var random = SeededGenerator(seed: 3)
        let delays = (0..<1001).map { _ in
            var core = BackoffCore(Backoff(base: .seconds(1), maximum: .seconds(100), jitter: .decorrelated))
            return core.next(random: Double.random(in: 0..<1, using: &random)) / .seconds(1)
        }.sorted()
        #expect((0.6...1.4).contains(delays[500]))
    }
}
