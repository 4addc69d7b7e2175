internal import Tracing

extension RPCClient {
    /// Runs a call in a client span and hands it the metadata that carries the span to the server.
    func traced<Result>(
        _ path: String,
        _ metadata: RPCMetadata,
        _ body: (RPCMetadata) async throws -> Result
    ) async throws -> Result {
        try await withSpan(String(path.dropFirst()), ofKind: .client) { span in
            span.attributes["rpc.system"] = "grpc"
            span.attributes["rpc.target"] = self.target
            var metadata = metadata
            InstrumentationSystem.instrument.inject(span.context, into: &metadata, using: MetadataCarrier())
            do {
                let result = try await body(metadata)
                span.attributes["rpc.grpc.status_code"] = 0
                return result
            } catch {
                span.attributes["rpc.grpc.status_code"] = RPCError(translating: error).code.rawValue
                throw error
            }
        }
    }
}
