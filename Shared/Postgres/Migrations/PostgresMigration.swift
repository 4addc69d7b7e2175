/// One step of a schema's history. Once applied anywhere it never changes: the next step does.
public struct PostgresMigration: Sendable, Hashable {
    /// Its name, such as `V001_create_orders`. Unique among all that are applied to a database.
    public let id: String
    /// Any number of statements. They run in one transaction, so `CREATE INDEX CONCURRENTLY` cannot be among them.
    public let sql: String

    public init(id: String, sql: String) {
        self.id = id
        self.sql = sql
    }

    /// A migration from an embedded resource: `PackageResources.V001_create_orders_sql`.
    public init(id: String, sql: [UInt8]) {
        self.init(id: id, sql: String(decoding: sql, as: UTF8.self))
    }

    /// FNV-1a in 64 bits: it finds edits, it does not defend against forgers.
    var checksum: String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in self.sql.utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
        }
        return String(hash, radix: 16)
    }
}
