public import HTTPTypes
public import Hummingbird

extension Response {
    /// An answer with a JSON body.
    public static func json(
        _ value: some Encodable,
        status: HTTPResponse.Status = .ok,
        headers: HTTPFields = [:]
    ) throws -> Response {
        try JSONCoding.response(value, status: status, headers: headers)
    }
}
