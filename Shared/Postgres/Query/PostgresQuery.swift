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

        /// Another query as a part of this one, such as a condition. Its parameters follow those that are here already.
        public mutating func appendInterpolation(_ fragment: PostgresQuery) {
            self.sql += fragment.renumbered(from: self.bindings.count)
            self.bindings.append(fragment.bindings)
        }

        private mutating func appendPlaceholder() {
            self.sql += "$"
            self.sql += String(self.bindings.count)
        }
    }
}

extension PostgresQuery {
    /// Joins parts of a statement, such as conditions with `" and "`.
    public static func join(_ fragments: [PostgresQuery], separator: String) -> PostgresQuery {
        var result = StringInterpolation(literalCapacity: 0, interpolationCount: 0)
        for (index, fragment) in fragments.enumerated() {
            if index > 0 { result.appendLiteral(separator) }
            result.appendInterpolation(fragment)
        }
        return PostgresQuery(stringInterpolation: result)
    }

    /// The text with `$1` as `$1 + offset`, and so on. Only placeholders look like that: text in quotes must not.
    fileprivate func renumbered(from offset: Int) -> String {
        guard offset > 0, self.bindings.count > 0 else { return self.sql }
        var result = ""
        var rest = self.sql[...]
        while let dollar = rest.firstIndex(of: "$") {
            result += rest[...dollar]
            rest = rest[rest.index(after: dollar)...]
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            guard let number = Int(digits) else { continue }
            result += String(number + offset)
            rest = rest[digits.endIndex...]
        }
        return result + rest
    }
}

extension PostgresQuery: CustomStringConvertible {
    /// The statement without its values.
    public var description: String { self.sql }
}
