internal import NIOHPACK

/// A header block taken apart in one pass: what the protocol needs by name, the rest as metadata.
struct ReceivedHeaders: Sendable, Hashable {
    var httpStatus: String?
    var path: String?
    var method: String?
    var contentType: String?
    var timeout: String?
    var metadata = RPCMetadata()

    init(_ headers: HPACKHeaders) {
        for (name, value, _) in headers {
            switch name {
            case ":status": self.httpStatus = value
            case ":path": self.path = value
            case ":method": self.method = value
            case ":scheme", ":authority", "te", "user-agent", "grpc-accept-encoding", "grpc-encoding": break
            case "content-type": self.contentType = value
            case "grpc-timeout": self.timeout = value
            default: self.metadata.append(lowercased: name, value)
            }
        }
    }
}
