/// A statement with its parameters.
///
/// Written as a string literal, in which every interpolated value becomes a typed binary parameter and never SQL text:
///
/// ```swift
/// let rows = try await postgres.query("select name from products where sku = \(sku) and price < \(limit)")
/// ```
///
/// Optionals that are `nil` are NULL. `text` parameters meet columns of other types by a cast in the statement
/// (`\(id)::uuid`). Keep the text of a statement constant: it is prepared once for each connection and found again by its text.
public struct PostgresQuery: Sendable, ExpressibleByStringInterpolation {
    /// The statement with `$1`, `$2`, …
    public let sql: String
    let bindings: PostgresBindings

    /// A statement without parameters.
    ///
    /// - Parameter unescaped: SQL of the program's own, never from outside.
    public init(unescaped sql: String) {
        self.sql = sql
        self.bindings = PostgresBindings()
    }

    public init(stringLiteral value: String) {
        self.init(unescaped: value)
    }

    public init(stringInterpolation: StringInterpolation) {
        self.sql = stringInterpolation.sql
        self.bindings = stringInterpolation.bindings
    }

    /// Collects the literal parts and the parameters.
    public struct StringInterpolation: StringInterpolationProtocol, Sendable {
        var sql = ""
        var bindings = PostgresBindings()

        public init(literalCapacity: Int, interpolationCount: Int) {
            self.sql.reserveCapacity(literalCapacity + interpolationCount * 3)
        }

        public mutating func appendLiteral(_ literal: String) {
            self.sql += literal
        }

        /// A parameter.
        public mutating func appendInterpolation(_ value: some PostgresEncodable) {
            self.bindings.append(value)
            self.appendPlaceholder()
        }

        /// A parameter that may be NULL.
        public mutating func appendInterpolation<Value: PostgresEncodable>(_ value: Value?) {
            if let value {
                self.bindings.append(value)
            } else {
                self.bindings.appendNull(Value.postgresType)
            }
            self.appendPlaceholder()
        }

        /// SQL text of the program's own: a column's name, a direction. Never anything from outside.
        public mutating func appendInterpolation(unescaped sql: String) {
            self.sql += sql
        }

        private mutating func appendPlaceholder() {
            self.sql += "$"
            self.sql += String(self.bindings.count)
        }
    }
}

extension PostgresQuery: CustomStringConvertible {
    /// The statement without its values.
    public var description: String { self.sql }
}
