/// An "Online Retail" file, every line of it in exactly one of four heaps. Nothing is dropped in silence.
package struct RetailFile: Sendable {
    /// What was sold: a positive quantity at a positive price.
    package private(set) var sold: [RetailLine] = []

    /// Goods that came back. Their sales lie outside the file, so there is nothing to give the money back for.
    package private(set) var creditNotes: [RetailLine] = []

    /// Lines that are no sale, with the reason.
    package private(set) var notSold: [(line: RetailLine, reason: String)] = []

    /// Lines that cannot be read, with the reason.
    package private(set) var broken: [CSVFault] = []

    /// - Throws: ``CSVFault`` when there is no header, or one without the columns.
    package init(csv bytes: [UInt8]) throws(CSVFault) {
        var reader = CSVReader(bytes)
        guard let first = reader.next() else { throw CSVFault(line: 1, reason: "the file is empty") }
        let columns = try RetailColumns(header: first.get())
        reader.columns = columns.count
        while let record = reader.next() {
            do throws(CSVFault) {
                self.sort(try columns.line(from: record.get()))
            } catch {
                self.broken.append(error)
            }
        }
    }

    /// What the file's sales come to, in pence.
    package var total: Int64 { self.sold.reduce(0) { $0 + $1.total } }

    /// What the file's credit notes come to, in pence, negative.
    package var credited: Int64 { self.creditNotes.reduce(0) { $0 + $1.total } }

    private mutating func sort(_ line: RetailLine) {
        if line.isCreditNote {
            self.creditNotes.append(line)
        } else if let reason = Self.whyNoSale(line) {
            self.notSold.append((line, reason))
        } else {
            self.sold.append(line)
        }
    }

    private static func whyNoSale(_ line: RetailLine) -> String? {
        var reasons: [String] = []
        if line.price == 0 { reasons.append("price 0") }
        if line.price < 0 { reasons.append("a negative price") }
        if line.quantity <= 0 { reasons.append("quantity \(line.quantity)") }
        if line.quantity > 100_000 { reasons.append("more than 100,000 pieces") }
        guard !reasons.isEmpty else { return nil }
        if line.description.isEmpty { reasons.append("no description") }
        if line.customer == nil { reasons.append("no customer") }
        return reasons.joined(separator: ", ")
    }
}
