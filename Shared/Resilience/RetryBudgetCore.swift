/// How many retries are affordable: a share of the recent requests, plus a few a second for the quiet times.
///
/// A leaky token bucket after Twitter Finagle's `RetryBudget`: each request deposits 1000 tokens, each retry withdraws
/// `1000 / ratio`, both are forgotten after `window`, and a reserve pays for `minimumPerSecond`. With the defaults a target
/// that fails always sees 1.2 times the traffic plus ten calls a second, never three times the traffic.
///
/// A pure value: time comes in as a parameter.
public struct RetryBudgetCore: Sendable {
    private static let sliceCount = 10
    private static let depositAmount: Int64 = 1000

    private let time: TimeSlices
    private let withdrawalAmount: Int64
    private let reserve: Int64
    private var slices: [Int64]
    private var sum: Int64 = 0
    private var current: Int64 = 0

    /// An untouched budget.
    /// - Parameters:
    ///   - ratio: Retries per request, more than 0 and at most 1. Defaults to 0.2.
    ///   - minimumPerSecond: Retries a second that are free of the ratio. Defaults to 10.
    ///   - window: How long requests and retries are remembered. Defaults to ten seconds.
    ///   - start: Where time begins.
    public init(
        ratio: Double = 0.2,
        minimumPerSecond: Int = 10,
        window: Duration = .seconds(10),
        start: ContinuousClock.Instant
    ) {
        let ratio = min(1, max(0.001, ratio))
        self.time = TimeSlices(origin: start, width: window / Self.sliceCount)
        self.withdrawalAmount = Int64((Double(Self.depositAmount) / ratio).rounded())
        self.reserve = Int64((Double(max(0, minimumPerSecond)) * window.inSeconds).rounded()) * self.withdrawalAmount
        self.slices = Array(repeating: 0, count: Self.sliceCount)
    }

    /// Notes a request (a first attempt).
    public mutating func deposit(at now: ContinuousClock.Instant) {
        self.advance(to: now)
        self.add(Self.depositAmount)
    }

    /// Takes the price of one retry, if it is there.
    /// - Returns: Whether the retry may be made.
    public mutating func withdraw(at now: ContinuousClock.Instant) -> Bool {
        self.advance(to: now)
        guard self.reserve + self.sum >= self.withdrawalAmount else { return false }
        self.add(-self.withdrawalAmount)
        return true
    }

    /// How many retries could be made at `now`.
    public mutating func balance(at now: ContinuousClock.Instant) -> Int {
        self.advance(to: now)
        return Int(max(0, self.reserve + self.sum) / self.withdrawalAmount)
    }

    private mutating func add(_ amount: Int64) {
        self.slices[Int(self.current % Int64(Self.sliceCount))] += amount
        self.sum += amount
    }

    private mutating func advance(to now: ContinuousClock.Instant) {
        let target = self.time.number(at: now)
        guard target > self.current else { return }
        let steps = min(target - self.current, Int64(Self.sliceCount))
        for step in 1...steps {
            let index = Int((target - steps + step) % Int64(Self.sliceCount))
            self.sum -= self.slices[index]
            self.slices[index] = 0
        }
        self.current = target
    }
}
