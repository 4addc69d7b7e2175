import CLibPQ
import Glibc

/// Owns one `PGresult`, clears it exactly once and reads from it.
///
/// Unchecked, because the compiler cannot see what libpq documents: a result is read-only after its creation and may be passed
/// between threads freely.
@safe final class ResultStorage: @unchecked Sendable {
    private let pointer: OpaquePointer
    let rowCount: Int
    let columnCount: Int

    init(takingOwnershipOf pointer: OpaquePointer) {
        unsafe self.pointer = pointer
        self.rowCount = Int(unsafe PQntuples(pointer))
        self.columnCount = Int(unsafe PQnfields(pointer))
    }

    deinit {
        unsafe PQclear(self.pointer)
    }

    var status: ExecStatusType { unsafe PQresultStatus(self.pointer) }

    /// What the server says it did: "INSERT 0 1", "COMMIT".
    var commandTag: String { unsafe String(cString: PQcmdStatus(self.pointer)) }

    /// The rows that were inserted, changed, deleted or selected.
    var affectedRows: Int {
        guard let text = unsafe PQcmdTuples(self.pointer) else { return 0 }
        return unsafe strtol(text, nil, 10)
    }

    func columnName(_ column: Int) -> String {
        unsafe String(cString: PQfname(self.pointer, Int32(column)))
    }

    func column(named name: String) -> Int? {
        unsafe name.withCString { wanted in
            for column in 0..<self.columnCount where unsafe strcmp(PQfname(self.pointer, Int32(column)), wanted) == 0 {
                return column
            }
            return nil
        }
    }

    /// Reads one value. Row and column are in range.
    func decode<Value: PostgresDecodable>(row: Int, column: Int, as type: Value.Type) throws -> Value {
        let (row, column) = (Int32(row), Int32(column))
        guard unsafe PQgetisnull(self.pointer, row, column) == 0 else { return try Value.decodeNull() }
        let length = Int(unsafe PQgetlength(self.pointer, row, column))
        let bytes = unsafe UnsafeRawBufferPointer(start: PQgetvalue(self.pointer, row, column), count: length)
        return try unsafe Value.decode(postgres: bytes.bytes, type: PostgresType(rawValue: PQftype(self.pointer, column)))
    }

    /// The server's report of a failure.
    func error() -> PostgresError {
        let state = self.field(UInt8(ascii: "C")).map(SQLState.init(rawValue:))
        let message = unsafe self.field(UInt8(ascii: "M")) ?? String(cString: PQresultErrorMessage(self.pointer))
        var error = PostgresError(.server, message, sqlState: state)
        error.detail = self.field(UInt8(ascii: "D"))
        error.constraint = self.field(UInt8(ascii: "n"))
        error.table = self.field(UInt8(ascii: "t"))
        error.column = self.field(UInt8(ascii: "c"))
        return error
    }

    private func field(_ code: UInt8) -> String? {
        unsafe PQresultErrorField(self.pointer, Int32(code)).map { unsafe String(cString: $0) }
    }
}
