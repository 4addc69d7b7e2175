import Resilience

/// Carries requests to the services. Tests put services of their own behind it.
protocol APITransport: Sendable {
    /// Sends once.
    ///
    /// - Parameter deadline: When the caller stops waiting.
    /// - Returns: The answer, whatever its status.
    /// - Throws: Whatever kept the answer from coming.
    func send(_ request: APIRequest, to service: APIService, deadline: Deadline) async throws -> APIAnswer

    /// Opens a stream; the deadline is for its head only.
    func open(_ request: APIRequest, at service: APIService, deadline: Deadline) async throws -> APIStream
}
