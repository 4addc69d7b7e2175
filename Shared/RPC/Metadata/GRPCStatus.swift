internal import NIOHPACK

/// A call's end as it stands in trailers: `grpc-status`, `grpc-message`, `grpc-status-details-bin`, `grpc-retry-pushback-ms`.
enum GRPCStatus {
    /// Writes the status into `headers`; `nil` is OK.
    static func write(_ error: RPCError?, to headers: inout HPACKHeaders) {
        guard let error else {
            headers.add(name: "grpc-status", value: "0")
            return
        }
        headers.add(name: "grpc-status", value: "\(error.code.rawValue)")
        if !error.message.isEmpty {
            headers.add(name: "grpc-message", value: PercentEncoding.encode(error.message), indexing: .nonIndexable)
        }
        if let details = error.details {
            headers.add(name: "grpc-status-details-bin", value: Base64.encode(details), indexing: .nonIndexable)
        }
        if let retryAfter = error.retryAfter {
            let milliseconds = max(0, Int64(retryAfter / .milliseconds(1)))
            headers.add(name: "grpc-retry-pushback-ms", value: "\(milliseconds)", indexing: .nonIndexable)
        }
    }

    /// Reads the status from trailers: `nil` for OK, an error otherwise. Trailers without a status are an error too.
    static func read(_ trailers: RPCMetadata, httpStatus: String?) -> RPCError? {
        guard let text = trailers["grpc-status"] else {
            return self.missing(httpStatus: httpStatus)
        }
        guard let number = Int(text), number >= 0 else {
            return RPCError(.unknown, "the server sent the status \"\(text)\"")
        }
        guard number != 0 else { return nil }
        var error = RPCError(RPCError.Code(rawValue: number) ?? .unknown)
        error.message = trailers["grpc-message"].map(PercentEncoding.decode) ?? ""
        error.details = trailers.bytes("grpc-status-details-bin")
        if let pushback = trailers["grpc-retry-pushback-ms"].flatMap({ Int64($0) }), pushback >= 0 {
            error.retryAfter = .milliseconds(min(pushback, 3_600_000))
        }
        return error
    }

    /// What a proxy or a server that is no gRPC server meant by its HTTP status (grpc: doc/http-grpc-status-mapping.md).
    private static func missing(httpStatus: String?) -> RPCError {
        let code: RPCError.Code =
            switch httpStatus {
            case "400": .internal
            case "401": .unauthenticated
            case "403": .permissionDenied
            case "404": .unimplemented
            case "429", "502", "503", "504": .unavailable
            default: .unknown
            }
        return RPCError(code, "no grpc-status, HTTP status \(httpStatus ?? "missing")")
    }
}
