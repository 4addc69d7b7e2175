import Auth
import Crypto
import Foundation
import HTTPTypes
package import Hummingbird
import NIOCore
package import ServiceKit

/// The routes of payments.
package struct PaymentRoutes: Sendable {
    private let register: RegisterPaymentMethod
    private let methods: ListPaymentMethods
    private let find: FindPayment
    private let fingerprintKey: SymmetricKey

    /// - Parameter secret: Under which requests with a card in them are fingerprinted: a plain digest of a card number
    ///   could be guessed back.
    package init(register: RegisterPaymentMethod, methods: ListPaymentMethods, find: FindPayment, secret: String) {
        self.register = register
        self.methods = methods
        self.find = find
        self.fingerprintKey = SymmetricKey(data: Array(secret.utf8))
    }

    package func add(to router: Router<ShopRequestContext>) {
        router.post("/v1/payment-methods") { request, context in try await self.create(request, context) }
        router.get("/v1/payment-methods") { request, context in
            let account = try context.requirePrincipal().accountID
            return try await self.methods(account: account, page: try PageRequest(request))
        }
        router.get("/v1/payments") { request, context in try await self.show(request, context) }
    }

    private func create(_ request: Request, _ context: ShopRequestContext) async throws -> Response {
        let account = try context.requirePrincipal().accountID
        let body = try await request.jsonBody(context: context)
        let digest = self.digest(body.bytes.readableBytesView)
        let key = try IdempotencyKey(request: request, context: context, body: ByteBuffer(bytes: digest), required: false)
        let card = try body.decode(NewPaymentMethod.self).card
        try Self.check(card)
        // The same request asks the provider under the same key; without a key of the client's every request is its own.
        let seed = request.headers[.idempotencyKey] ?? UUID().uuidString
        let providerKey = "card-" + self.hex(self.digest(Array("\(account)\n\(seed)\n".utf8) + digest))
        let answer = try await self.register(card, account: account, key: key, providerKey: providerKey)
        return answer.response()
    }

    /// Bounds only: what makes a card valid is the provider's business.
    private static func check(_ card: CardDetails) throws(Problem) {
        guard (1...64).contains(card.number.utf8.count) else { throw .invalid("#/card/number", "is not the number of a card") }
        guard (1...16).contains(card.cvc.utf8.count) else { throw .invalid("#/card/cvc", "must be three or four digits") }
    }

    private func show(_ request: Request, _ context: ShopRequestContext) async throws -> Response {
        let principal = try context.requirePrincipal()
        guard let order = request.uri.queryParameters["order_id"].map({ String($0) }), !order.isEmpty else {
            throw Problem.invalid("?order_id", "is required")
        }
        guard let payment = try await self.find(order: order, account: principal.isStaff ? nil : principal.accountID) else {
            throw Problem.notFound("payment")
        }
        return try .json(payment)
    }

    private func digest(_ bytes: some DataProtocol) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: bytes, using: self.fingerprintKey))
    }

    private func hex(_ bytes: [UInt8]) -> String {
        bytes.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    }
}
