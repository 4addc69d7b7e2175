/// Lets a few through at a time: every test of a kind opens a dozen connections, and the server has two hundred.
actor Turnstile {
    static let shared = Turnstile(places: 6)

    private var places: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(places: Int) {
        self.places = places
    }

    func enter() async {
        if self.places > 0 {
            self.places -= 1
        } else {
            await withCheckedContinuation { self.waiting.append($0) }
        }
    }

    func leave() {
        if self.waiting.isEmpty {
            self.places += 1
        } else {
            self.waiting.removeFirst().resume()
        }
    }

    /// Runs a body in a place of its own.
    nonisolated static func through<Result>(_ body: () async throws -> Result) async throws -> Result {
        await Self.shared.enter()
        do {
            let result = try await body()
            await Self.shared.leave()
            return result
        } catch {
            await Self.shared.leave()
            throw error
        }
    }
}
