import Foundation

/// An answer of the provider that decides something.
struct PSPAnswer: Sendable {
    let status: Int
    let body: [UInt8]

    var isSuccess: Bool { (200..<300).contains(self.status) }

    /// - Throws: ``GatewayError``: an answer that cannot be read is none, so the request is made again.
    func decode<Body: Decodable>(_ type: Body.Type) throws -> Body {
        do {
            return try JSONDecoder().decode(type, from: Data(self.body))
        } catch {
            throw GatewayError(.outcomeUnknown, reason: "unreadable answer with status \(self.status)")
        }
    }

    /// The provider's code of a refusal.
    ///
    /// - Throws: ``GatewayError`` where nothing can be concluded: an unreadable answer, or a key that met another body,
    ///   which is a fault of ours that a person has to look at.
    func errorCode() throws -> String {
        let error = try self.decode(PSPError.self).error
        guard error.type != "idempotency_error" else { throw GatewayError(.outcomeUnknown, reason: error.code) }
        return error.code
    }
}
