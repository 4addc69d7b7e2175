/// One row of a result.
public struct PostgresRow: Sendable {
    let storage: ResultStorage
    let index: Int

    /// How many columns it has.
    public var count: Int { self.storage.columnCount }

    /// Reads all columns, in order, as a tuple: `let (name, price, until) = try row.decode((String, Int64, Date?).self)`.
    ///
    /// - Throws: ``PostgresError`` of ``PostgresError/Code/decoding`` when the number of columns, a type or a NULL does not fit.
    public func decode<each Column: PostgresDecodable>(_ type: (repeat each Column).Type) throws -> (repeat each Column) {
        var expected = 0
        repeat Self.count((each Column).self, in: &expected)
        try self.checkColumnCount(expected)
        var column = 0
        return (repeat try self.next((each Column).self, &column))
    }

    /// Reads the only column.
    ///
    /// - Throws: ``PostgresError`` of ``PostgresError/Code/decoding``.
    public func decode<Column: PostgresDecodable>(_ type: Column.Type) throws -> Column {
        try self.checkColumnCount(1)
        return try self.storage.decode(row: self.index, column: 0, as: type)
    }

    /// Reads a column by its name.
    ///
    /// - Throws: ``PostgresError`` of ``PostgresError/Code/decoding``, also when there is no such column.
    public subscript<Column: PostgresDecodable>(name: String, as type: Column.Type) -> Column {
        get throws {
            guard let column = self.storage.column(named: name) else {
                throw PostgresError(.decoding, "No column is named \(name)")
            }
            return try self.storage.decode(row: self.index, column: column, as: type)
        }
    }

    /// Reads a column by its position, from 0.
    ///
    /// - Throws: ``PostgresError`` of ``PostgresError/Code/decoding``, also when there is no such column.
    public subscript<Column: PostgresDecodable>(column: Int, as type: Column.Type) -> Column {
        get throws {
            guard column >= 0, column < self.count else {
                throw PostgresError(.decoding, "No column \(column) among \(self.count)")
            }
            return try self.storage.decode(row: self.index, column: column, as: type)
        }
    }

    private func next<Column: PostgresDecodable>(_ type: Column.Type, _ column: inout Int) throws -> Column {
        defer { column += 1 }
        return try self.storage.decode(row: self.index, column: column, as: type)
    }

    private func checkColumnCount(_ expected: Int) throws {
        guard expected == self.count else {
            throw PostgresError(.decoding, "\(self.count) columns where \(expected) are expected")
        }
    }

    private static func count<Column>(_ type: Column.Type, in total: inout Int) {
        total += 1
    }
}
