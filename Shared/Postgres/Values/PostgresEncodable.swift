/// A value that can be a parameter of a statement.
///
/// An enum with a `String` or integer raw value only has to declare the conformance.
public protocol PostgresEncodable: Sendable {
    /// The type the server is told. It must know how to bring it to the column's: `int8` goes into an `int4` column, `text` does
    /// not go into a `uuid` one without `::uuid` in the statement.
    static var postgresType: PostgresType { get }

    /// Writes the binary form of the value.
    func encode(into buffer: inout PostgresBuffer)
}

extension PostgresEncodable where Self: RawRepresentable, RawValue: PostgresEncodable {
    public static var postgresType: PostgresType { RawValue.postgresType }

    public func encode(into buffer: inout PostgresBuffer) {
        self.rawValue.encode(into: &buffer)
    }
}
