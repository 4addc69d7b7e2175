import Commerce

/// Where a file keeps what: the data set's two editions name their columns differently.
package struct RetailColumns: Sendable, Equatable {
    private static let names: [[String]] = [
        ["InvoiceNo", "Invoice"],
        ["StockCode"],
        ["Description"],
        ["Quantity"],
        ["InvoiceDate"],
        ["UnitPrice", "Price"],
        ["CustomerID", "Customer ID"],
        ["Country"],
    ]

    private let positions: [Int]

    /// How many columns the header has.
    package let count: Int

    /// - Throws: ``CSVFault`` when the header lacks a column.
    package init(header: CSVRecord) throws(CSVFault) {
        var positions: [Int] = []
        for accepted in Self.names {
            guard let position = header.fields.firstIndex(where: { accepted.contains(Self.trimmed($0)) }) else {
                throw CSVFault(line: header.line, reason: "the header has no column \(accepted[0])")
            }
            positions.append(position)
        }
        self.positions = positions
        self.count = header.fields.count
    }

    /// Reads one record.
    ///
    /// - Throws: ``CSVFault`` that says which field is wrong.
    package func line(from record: CSVRecord) throws(CSVFault) -> RetailLine {
        func fault(_ reason: String) -> CSVFault { CSVFault(line: record.line, reason: reason) }
        let fields = self.positions.map { Self.trimmed(record.fields[$0]) }
        guard !fields[0].isEmpty else { throw fault("has no invoice number") }
        guard !fields[1].isEmpty else { throw fault("has no stock code") }
        let sku = Self.sku(fields[1])
        guard (try? SKU(sku)) != nil else { throw fault("the stock code '\(fields[1])' cannot be a SKU") }
        guard let quantity = Int64(fields[3]), quantity.magnitude <= 1_000_000 else {
            throw fault("the quantity '\(fields[3])' is no whole number")
        }
        guard let time = RetailTime(fields[4]) else { throw fault("the date '\(fields[4])' cannot be read") }
        let price: Int64
        do throws(PenceFault) {
            price = try Pence.parse(fields[5])
        } catch {
            throw fault("the price \(error.reason)")
        }
        return RetailLine(
            line: record.line,
            invoice: fields[0],
            sku: sku,
            description: fields[2],
            quantity: quantity,
            time: time,
            price: price,
            customer: Self.customer(fields[6]),
            country: fields[7]
        )
    }

    /// `bank charges` becomes `BANK-CHARGES`: a SKU has no spaces and one way to write it.
    private static func sku(_ code: String) -> String {
        String(code.uppercased().map { $0 == " " ? "-" : $0 })
    }

    /// Some exports write customers as numbers with a fraction, `17850.0`.
    private static func customer(_ text: String) -> String? {
        let bare = text.hasSuffix(".0") ? String(text.dropLast(2)) : text
        return bare.isEmpty ? nil : bare
    }

    private static func trimmed(_ text: String) -> String {
        let rest = text.drop(while: \.isWhitespace)
        guard let last = rest.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(rest[...last])
    }
}
