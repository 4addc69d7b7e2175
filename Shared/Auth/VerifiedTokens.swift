/// Tokens whose signature was found good, until they expire. Bounded: two generations, the older one is dropped whole
/// when the younger one is full, so that no bookkeeping per use is needed.
struct VerifiedTokens {
    private struct Entry {
        var principal: Principal
        var expires: Int64
    }

    private let generationSize: Int
    private var young: [String: Entry] = [:]
    private var old: [String: Entry] = [:]

    init(capacity: Int) {
        self.generationSize = max(1, capacity / 2)
    }

    /// The number of tokens held, expired ones included.
    var count: Int { self.young.count + self.old.count }

    mutating func principal(of token: String, now: Int64) -> Principal? {
        if let entry = self.young[token] {
            return entry.expires > now ? entry.principal : nil
        }
        guard let entry = self.old[token], entry.expires > now else { return nil }
        self.insert(token, entry)
        return entry.principal
    }

    mutating func insert(_ token: String, _ principal: Principal, expires: Int64) {
        self.insert(token, Entry(principal: principal, expires: expires))
    }

    mutating func removeAll() {
        self.young = [:]
        self.old = [:]
    }

    private mutating func insert(_ token: String, _ entry: Entry) {
        if self.young.count >= self.generationSize {
            self.old = self.young
            self.young = [:]
        }
        self.young[token] = entry
    }
}
