/// What a replay has come to.
package struct ReplayReport: Sendable {
    private static let rowsShown = 20

    package let file: RetailFile
    package let results: [SaleResult]
    package let tally: ShopTally.Counts
    package let took: Duration

    package init(file: RetailFile, results: [SaleResult], tally: ShopTally.Counts, took: Duration) {
        self.file = file
        self.results = results
        self.tally = tally
        self.took = took
    }

    /// The confirmed orders' money, in pence.
    package var confirmedTotal: Int64 {
        self.results.reduce(0) { $0 + ($1.ending == .confirmed ? $1.total : 0) }
    }

    /// Whether every sale became the right order, the money is the file's, to the penny, and everybody saw what they wrote.
    package var isRight: Bool {
        self.results.allSatisfy(\.isRight) && self.confirmedTotal == self.file.total && self.tally.stale.isEmpty
    }

    /// The table for the operator.
    package var text: String {
        (self.unsoldRows + self.wrongRows + [""] + self.table.map(Self.row)).joined(separator: "\n")
    }

    private var table: [(String, String)] {
        var rows: [(String, String)] = []
        rows.append(("orders to place", "\(self.results.count)"))
        rows.append(("placed", "\(self.results.count { !$0.ending.isFailure })"))
        rows.append(("confirmed", "\(self.results.count { $0.ending == .confirmed })"))
        for (ending, count) in self.otherEndings { rows.append((ending, "\(count)")) }
        rows.append(("sum of confirmed orders", Pence.text(self.confirmedTotal) + " GBP"))
        let verdict = self.confirmedTotal == self.file.total ? "the same" : "DIFFERENT"
        rows.append(("sum of the file's sales", Pence.text(self.file.total) + " GBP, \(verdict)"))
        rows.append(("time", "\(self.took.components.seconds) s"))
        if let placing = Percentiles(self.results.compactMap(\.placing)) { rows.append(("place", placing.text)) }
        if let confirming = Percentiles(self.results.compactMap(\.confirming)) {
            rows.append(("placed to confirmed", confirming.text))
        }
        rows.append(("requests", "\(self.tally.requests), of them again \(self.tally.retries)"))
        rows.append(("without an answer", "\(self.tally.noConnection)"))
        rows.append(("429, 502, 503, 504", "\(self.tally.refused)"))
        rows.append(("own writes read back", "\(self.tally.readBacks), of them stale \(self.tally.stale.count)"))
        rows.append(("500", "\(self.tally.internalErrors)"))
        return rows
    }

    private var otherEndings: [(String, Int)] {
        var counts: [String: Int] = [:]
        for result in self.results {
            switch result.ending {
            case .confirmed: break
            case .cancelled(let reason): counts["cancelled, \(reason)", default: 0] += 1
            case .unfinished(let status): counts["not final, \(status)", default: 0] += 1
            case .failed: counts["failed", default: 0] += 1
            }
        }
        return counts.sorted { $0.key < $1.key }
    }

    /// Every line of the file that is not among the orders, and why.
    private var unsoldRows: [String] {
        var rows: [String] = []
        if !self.file.creditNotes.isEmpty {
            let notes = Set(self.file.creditNotes.map(\.invoice)).count
            let money = Pence.text(self.file.credited)
            let lines = self.file.creditNotes.count
            rows.append("Credit notes, not replayed: \(notes) with \(lines) lines, \(money) GBP. Their sales lie outside the file.")
            rows += self.file.creditNotes.map {
                "  line \($0.line): \($0.invoice), \($0.sku), \($0.quantity) × \(Pence.text($0.price))"
            }
        }
        for (line, reason) in self.file.notSold {
            rows.append("No sale, line \(line.line): \(line.invoice), \(line.sku), \(line.quantity) pieces: \(reason)")
        }
        for fault in self.file.broken { rows.append("Broken, line \(fault.line): \(fault.reason)") }
        return rows
    }

    private var wrongRows: [String] {
        let wrong = self.results.filter { !$0.isRight }
        var rows = wrong.prefix(Self.rowsShown).map { "WRONG, \($0.sale): " + Self.complaint($0) }
        if wrong.count > Self.rowsShown { rows.append("WRONG: \(wrong.count - Self.rowsShown) more") }
        rows += self.tally.stale.prefix(Self.rowsShown).map { "STALE, does not show the reader's own write: \($0)" }
        return rows
    }

    private static func complaint(_ result: SaleResult) -> String {
        let ending =
            switch result.ending {
            case .confirmed: "confirmed"
            case .cancelled(let reason): "cancelled, \(reason)"
            case .unfinished(let status): "still \(status)"
            case .failed(let why): why
            }
        return ([ending] + result.differences).joined(separator: "; ")
    }

    private static func row(_ title: String, _ value: String) -> String {
        title + String(repeating: " ", count: max(1, 26 - title.count)) + value
    }
}
