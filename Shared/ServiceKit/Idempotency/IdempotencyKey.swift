import Auth
import Crypto
import HTTPTypes
public import Hummingbird
public import NIOCore

/// What makes two requests the same one, sent twice: the caller's key within the caller's scope, and a fingerprint of the
/// content, by which a key that is used for something else is found out
/// (draft-ietf-httpapi-idempotency-key-header).
public struct IdempotencyKey: Sendable, Hashable {
    /// Who and which route: keys of different callers never meet.
    public let scope: String
    /// The caller's key, 1 to 255 characters.
    public let key: String
    /// SHA-256 of method, path and body.
    public let fingerprint: [UInt8]

    /// Reads the header `Idempotency-Key`.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - context: Its context, for the account that the key belongs to.
    ///   - body: What the request is about. Leave secrets out: a hash of them is kept for a day.
    ///   - required: Whether a request without the header is refused.
    ///   - owner: Whose key it is where there is no account, such as the guest's cart.
    /// - Returns: The key, or nil if there is no header and none is required.
    /// - Throws: A ``Problem``: 428 missing, 400 malformed.
    public init?(
        request: Request,
        context: ShopRequestContext,
        body: ByteBuffer,
        required: Bool,
        owner: String? = nil
    ) throws(Problem) {
        guard let key = request.headers[.idempotencyKey] else {
            if required {
                throw Problem(
                    .preconditionRequired, type: "idempotency-key-required",
                    detail: "Send a new, random Idempotency-Key, and the same one when you repeat the request.")
            }
            return nil
        }
        guard (1...255).contains(key.utf8.count), key.utf8.allSatisfy({ 0x21...0x7e ~= $0 }) else {
            throw Problem(
                .badRequest, type: "idempotency-key-malformed",
                detail: "The Idempotency-Key must have 1 to 255 visible ASCII characters.")
        }
        let route = "\(request.method.rawValue) \(request.uri.path)"
        self.scope = "\(owner ?? context.principal?.accountID ?? "anonymous") \(route)"
        self.key = key
        var hash = SHA256()
        hash.update(data: Array(route.utf8) + [0])
        hash.update(data: body.readableBytesView)
        self.fingerprint = Array(hash.finalize())
    }
}
