import Logging
public import Postgres

extension ServiceHost {
    /// The store of answers by Idempotency-Key, with the work that keeps it small. Apply
    /// ``IdempotencyStore/migrations`` with the service's own.
    public func idempotency(_ postgres: PostgresClient) -> IdempotencyStore {
        let store = IdempotencyStore(postgres: postgres)
        self.add(IdempotencyCleaner(store: store, interval: .seconds(600), logger: self.logger))
        return store
    }
}
