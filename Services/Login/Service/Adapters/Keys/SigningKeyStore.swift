import FoundationEssentials
import LoginDomain
import Postgres
import ServiceKit

/// Signing keys in PostgreSQL, the same for all instances.
struct SigningKeyStore: Sendable {
    let postgres: PostgresClient
    let sealing: KeySealing

    /// One instance at a time decides about keys.
    private static let lock: Int64 = 0x736f_756b_6b65_7973

    /// Reads all keys, and first makes and deletes what the schedule says. A moment without change is one query.
    func load(_ schedule: SigningKeySchedule, now: Int64) async throws -> [SigningKey] {
        let keys = try await self.read(self.postgres.query(Self.select))
        let plan = schedule.plan(keys.map(\.times), now: now)
        if plan.newKeyActiveAt == nil && plan.expired.isEmpty { return keys }
        return try await self.postgres.withTransaction { transaction in
            try await transaction.execute("select pg_advisory_xact_lock(\(Self.lock))")
            // Another instance may have done it while we waited.
            let keys = try await self.read(transaction.query(Self.select))
            return try await self.apply(schedule.plan(keys.map(\.times), now: now), to: keys, in: transaction)
        }
    }

    private func apply(
        _ plan: SigningKeySchedule.Plan, to keys: [SigningKey], in transaction: PostgresTransaction
    ) async throws -> [SigningKey] {
        var keys = keys.filter { !plan.expired.contains($0.id) }
        if !plan.expired.isEmpty {
            transaction.enqueue("delete from signing_keys where id = any(\(plan.expired))")
        }
        if let activeAt = plan.newKeyActiveAt {
            let key = try await SigningKey.random(activeAt: activeAt)
            let sealed = try self.sealing.seal(key.rawRepresentation, id: key.id)
            let time = Date(timeIntervalSince1970: Double(activeAt))
            transaction.enqueue(
                """
                insert into signing_keys (id, private_key, is_encrypted, active_at)
                values (\(key.id), \(sealed), \(self.sealing.isActive), \(time))
                """
            )
            keys.append(key)
        }
        return keys
    }

    private static let select: PostgresQuery = "select id, private_key, is_encrypted, active_at from signing_keys order by active_at"

    private func read(_ rows: PostgresRows) async throws -> [SigningKey] {
        var keys: [SigningKey] = []
        for row in rows {
            let (id, stored, isEncrypted, activeAt) = try row.decode((String, [UInt8], Bool, Date).self)
            guard let raw = isEncrypted ? self.sealing.open(stored, id: id) : stored else {
                throw ConfigurationError("SIGNING_KEY_SECRET is not the one that the signing keys were encrypted with.")
            }
            keys.append(
                try await SigningKey(id: id, activeAt: Int64(activeAt.timeIntervalSince1970), rawRepresentation: raw))
        }
        return keys
    }
}

extension SigningKey {
    fileprivate var times: SigningKeySchedule.Key { SigningKeySchedule.Key(id: self.id, activeAt: self.activeAt) }
}
