/// What an endpoint carries now, for gauges.
struct EndpointLoad: Sendable, Hashable {
    let endpoint: Endpoint
    let readyConnections: Int
    let inFlight: Int
    /// The cost that the balancer sees, in seconds.
    let score: Double
}
