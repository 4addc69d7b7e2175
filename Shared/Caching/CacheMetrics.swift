internal import Metrics

/// One cache's counters.
struct CacheMetrics: Sendable {
    /// How a request was answered.
    enum Answer: String, CaseIterable {
        case hit, negative, early, miss, stale
    }

    private let answers: [Answer: Counter]
    private let loads: Timer
    private let errors: Counter
    private let rejectedStores: Counter

    init(cache: String) {
        let dimensions = [("cache", cache)]
        self.answers = Dictionary(
            uniqueKeysWithValues: Answer.allCases.map {
                ($0, Counter(label: "cache_requests_total", dimensions: dimensions + [("result", $0.rawValue)]))
            }
        )
        self.loads = Timer(label: "cache_load_duration_seconds", dimensions: dimensions)
        self.errors = Counter(label: "cache_errors_total", dimensions: dimensions)
        self.rejectedStores = Counter(label: "cache_stores_outdated_total", dimensions: dimensions)
    }

    func answered(_ answer: Answer) { self.answers[answer]?.increment() }
    func failed() { self.errors.increment() }
    func storeWasOutdated() { self.rejectedStores.increment() }
    func loaded(milliseconds: Int64) { self.loads.recordMilliseconds(milliseconds) }
}
