import Hummingbird
import NIOCore
import ServiceKit

extension IdempotencyKey {
    /// The key of a request that must have one.
    ///
    /// - Throws: `Problem` 428 when it is missing, 400 when it is malformed.
    init(requiredBy request: Request, context: ShopRequestContext, body: ByteBuffer) throws(Problem) {
        guard let key = try IdempotencyKey(request: request, context: context, body: body, required: true) else {
            throw Problem(.preconditionRequired, type: "idempotency-key-required")
        }
        self = key
    }
}
