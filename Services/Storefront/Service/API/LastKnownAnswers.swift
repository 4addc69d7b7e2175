import Synchronization

/// What catalog said last, for the time when it says nothing. Bounded: two generations, the older one is dropped whole.
final class LastKnownAnswers: Sendable {
    private struct Entry {
        var answer: APIAnswer
        var at: ContinuousClock.Instant
    }

    private struct State {
        var young: [String: Entry] = [:]
        var old: [String: Entry] = [:]
    }

    private let generationSize: Int
    private let maximumAge: Duration
    private let state = Mutex(State())

    init(capacity: Int = 1_000, maximumAge: Duration = .seconds(600)) {
        self.generationSize = max(1, capacity / 2)
        self.maximumAge = maximumAge
    }

    func keep(_ answer: APIAnswer, for path: String, at now: ContinuousClock.Instant = .now) {
        self.state.withLock { state in
            if state.young.count >= self.generationSize, state.young[path] == nil {
                state.old = state.young
                state.young = [:]
            }
            state.young[path] = Entry(answer: answer, at: now)
        }
    }

    func answer(for path: String, at now: ContinuousClock.Instant = .now) -> APIAnswer? {
        self.state.withLock { state in
            guard let entry = state.young[path] ?? state.old[path], now - entry.at <= self.maximumAge else { return nil }
            return entry.answer
        }
    }
}
