import Resilience
import Testing

@Suite struct RetryBudgetCoreTests {
    private let start = ContinuousClock.now

    @Test func withoutRequestsOnlyTheReserveIsThere() {
        var budget = RetryBudgetCore(start: start)
        #expect(budget.balance(at: start) == 100)
        var granted = 0
        while budget.withdraw(at: start) { granted += 1 }
        #expect(granted == 100)
        #expect(budget.balance(at: start + .milliseconds(9999)) == 0)
        #expect(budget.balance(at: start + .seconds(10)) == 100)
    }

    @Test func withoutAReserveAFifthOfTheRequestsMayBeRetried() {
        var budget = RetryBudgetCore(minimumPerSecond: 0, start: start)
        for _ in 0..<100 { budget.deposit(at: start) }
        var granted = 0
        while budget.withdraw(at: start) { granted += 1 }
        #expect(granted == 20)
    }

    @Test(arguments: 1...20)
    func amplificationIsBoundedInEveryWindow(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var budget = RetryBudgetCore(start: start)
        var requests: [Int] = []
        var retries: [Int] = []
        // One entry a slice of a second; the window of ten seconds has ten slices.
        for second in 0..<120 {
            let load = Int.random(in: 0...([1, 50, 500].randomElement(using: &random) ?? 1), using: &random)
            var granted = 0
            for _ in 0..<load {
                let now = start + .milliseconds(second * 1000 + Int.random(in: 0..<1000, using: &random))
                budget.deposit(at: max(now, start + .seconds(second)))
                if budget.withdraw(at: now) { granted += 1 }
            }
            requests.append(load)
            retries.append(granted)
            // The bound holds for each window that ends with a retry.
            guard granted > 0 else { continue }
            let window = max(0, second - 9)...second
            let allowed = Double(requests[window].reduce(0, +)) * 0.2 + 100
            #expect(Double(retries[window].reduce(0, +)) <= allowed)
        }
    }

    @Test(arguments: 1...10)
    func itAgreesWithANaiveModel(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var budget = RetryBudgetCore(ratio: 0.25, minimumPerSecond: 1, window: .seconds(10), start: start)
        var history: [(slice: Int, amount: Int)] = []
        var milliseconds = 0
        for _ in 0..<3000 {
            milliseconds += Int.random(in: 0...60, using: &random)
            let (now, slice) = (start + .milliseconds(milliseconds), milliseconds / 1000)
            let sum = history.filter { $0.slice > slice - 10 }.reduce(0) { $0 + $1.amount }
            if Bool.random(using: &random) {
                budget.deposit(at: now)
                history.append((slice, 1000))
            } else {
                let affordable = 10 * 4000 + sum >= 4000
                let granted = budget.withdraw(at: now)
                #expect(granted == affordable)
                if granted { history.append((slice, -4000)) }
            }
        }
    }
}
