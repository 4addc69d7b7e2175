import Logging
public import Postgres

extension ServiceHost {
    /// The store of answers by Idempotency-Key, with the work that keeps it small. Apply
    /// ``IdempotencyStore/migrations`` with the service's own.
    public func idempotency(_ postgres: PostgresClient) -> IdempotencyStore {
        let store = IdempotencyStore(postgres: postgres)
        self.add(
            PeriodicWork("old-idempotency-keys", every: .seconds(600), deadline: .seconds(300), logger: self.logger) {
                while try await store.purge() > 0 {}
            }
        )
        return store
    }
}
