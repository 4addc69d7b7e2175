public import AsyncHTTPClient
public import NIOCore
import Resilience

extension HTTPClient {
    /// Sends a request and reads the whole answer, within one limit.
    ///
    /// The client's own deadline ends with the head of the answer: a server that falls silent after it would hold the caller for
    /// ever.
    ///
    /// - Parameters:
    ///   - request: What is asked.
    ///   - limit: The time for all of it.
    ///   - bodyLimit: The longest body that is read, in bytes.
    /// - Returns: The head, and the body.
    /// - Throws: `HTTPClientError.deadlineExceeded` when the time is over; `NIOTooManyBytesError` for a longer body; what broke on the
    ///   way; `CancellationError` when the task is cancelled. The connection is not used again after any of them.
    public func exchange(
        _ request: HTTPClientRequest, within limit: Duration, bodyLimit: Int
    ) async throws -> (head: HTTPClientResponse, body: ByteBuffer) {
        try await Self.inTime(limit) {
            let response = try await self.execute(request, deadline: .distantFuture)
            return (head: response, body: try await response.body.collect(upTo: bodyLimit))
        }
    }

    /// Sends a request and waits for the head of the answer alone. Its body may take as long as it likes.
    ///
    /// - Throws: As ``exchange(_:within:bodyLimit:)``.
    public func open(_ request: HTTPClientRequest, within limit: Duration) async throws -> HTTPClientResponse {
        try await Self.inTime(limit) { try await self.execute(request, deadline: .distantFuture) }
    }

    private static func inTime<Value: Sendable>(
        _ limit: Duration, _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        do {
            return try await withTimeout(limit, body)
        } catch is TimeoutError {
            throw HTTPClientError.deadlineExceeded
        }
    }
}
