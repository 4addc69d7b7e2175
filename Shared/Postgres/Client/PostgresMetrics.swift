import Metrics

/// What a client counts, by the name of the application it connects as.
struct PostgresMetrics: Sendable {
    /// Transaction connections that are open or being opened.
    let poolSize: Gauge
    /// Transaction connections in use.
    let poolInUse: Gauge
    /// Callers that wait for a transaction connection.
    let poolWaiting: Gauge
    /// How long a transaction waited for its connection.
    let poolWait: Metrics.Timer
    /// From submission to answer of one round trip outside transactions.
    let queryDuration: Metrics.Timer
    /// From the connection's lease to the end of the transaction.
    let transactionDuration: Metrics.Timer
    /// Transactions run again after 40001 or 40P01.
    let transactionRetries: Counter
    let lostConnections: Counter
    let failedQueries: Counter

    init(client: String, limit: Int) {
        let dimensions = [("client", client)]
        Gauge(label: "postgres_pool_limit", dimensions: dimensions).record(limit)
        self.poolSize = Gauge(label: "postgres_pool_size", dimensions: dimensions)
        self.poolInUse = Gauge(label: "postgres_pool_in_use", dimensions: dimensions)
        self.poolWaiting = Gauge(label: "postgres_pool_waiting", dimensions: dimensions)
        self.poolWait = Metrics.Timer(label: "postgres_pool_wait", dimensions: dimensions)
        self.queryDuration = Metrics.Timer(label: "postgres_query_duration", dimensions: dimensions)
        self.transactionDuration = Metrics.Timer(label: "postgres_transaction_duration", dimensions: dimensions)
        self.transactionRetries = Counter(label: "postgres_transaction_retries", dimensions: dimensions)
        self.lostConnections = Counter(label: "postgres_connections_lost", dimensions: dimensions)
        self.failedQueries = Counter(label: "postgres_queries_failed", dimensions: dimensions)
    }
}
