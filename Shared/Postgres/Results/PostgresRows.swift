/// The outcome of one statement: its rows, all in memory, read in place without copying.
public struct PostgresRows: RandomAccessCollection, Sendable {
    let storage: ResultStorage

    public var startIndex: Int { 0 }
    public var endIndex: Int { self.storage.rowCount }

    public subscript(position: Int) -> PostgresRow {
        precondition(position >= 0 && position < self.storage.rowCount, "Row out of range")
        return PostgresRow(storage: self.storage, index: position)
    }

    /// The rows that were inserted, changed, deleted or selected.
    public var affectedRows: Int { self.storage.affectedRows }

    /// The names of the columns.
    public var columns: [String] { (0..<self.storage.columnCount).map { self.storage.columnName($0) } }

    /// Reads all rows as tuples, as ``PostgresRow/decode(_:)`` does one.
    public func decode<each Column: PostgresDecodable>(_ type: (repeat each Column).Type) throws -> [(repeat each Column)] {
        var result: [(repeat each Column)] = []
        result.reserveCapacity(self.count)
        for row in self { result.append(try row.decode((repeat each Column).self)) }
        return result
    }

    /// Reads the only column of all rows.
    public func decode<Column: PostgresDecodable>(_ type: Column.Type) throws -> [Column] {
        try self.map { try $0.decode(type) }
    }
}
