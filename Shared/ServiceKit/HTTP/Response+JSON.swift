public import HTTPTypes
public import Hummingbird
import NIOCore

extension Response {
    /// An answer with a JSON body.
    public static func json(
        _ value: some Encodable,
        status: HTTPResponse.Status = .ok,
        headers: HTTPFields = [:]
    ) throws -> Response {
        try JSONCoding.response(value, status: status, headers: headers)
    }

    /// An answer whose JSON text is there already, such as from a cache.
    public static func json(text: [UInt8], status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]) -> Response {
        JSONCoding.response(bytes: ByteBuffer(bytes: text), status: status, headers: headers)
    }
}
