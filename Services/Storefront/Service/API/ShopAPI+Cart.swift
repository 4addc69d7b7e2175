import FoundationEssentials
import HTTPTypes
import ServiceKit

extension ShopAPI {
    private struct Line: Encodable {
        var sku: String
        var quantity: Int
    }

    /// The visitor's cart. A guest's that is gone is an empty one.
    func cart(for visit: Visit) async throws -> Cart {
        guard visit.session.login != nil || visit.session.guestCart != nil else { return .empty }
        // A login while cart was away left the guest's cart behind.
        if visit.session.login != nil, visit.session.guestCart != nil { try await self.mergeGuestCart(for: visit) }
        return try await self.cart(answering: APIRequest(.get, "/v1/cart"), for: visit)
    }

    /// Puts something into the cart.
    func add(_ sku: String, quantity: Int, for visit: Visit) async throws -> Cart {
        // A key of this request's own: it may be sent again until it is answered, and adds once.
        let request = try APIRequest(.post, "/v1/cart/items", json: Line(sku: sku, quantity: quantity)).keyed(UUID().uuidString)
        do {
            return try await self.cart(answering: request, for: visit)
        } catch let failure as APIFailure where failure.isNotFound && visit.session.guestCart != nil && visit.session.login == nil {
            // The guest's cart has expired: begin another one.
            visit.update { $0.guestCart = nil }
            return try await self.cart(answering: request.keyed(UUID().uuidString), for: visit)
        }
    }

    /// Sets how many pieces of a product there are; none takes it out.
    func set(_ sku: String, to quantity: Int, for visit: Visit) async throws -> Cart {
        let request = try APIRequest(.put, "/v1/cart/items/\(Form.encode(sku))", json: ["quantity": quantity])
        return try await self.cart(answering: request, for: visit)
    }

    /// Puts what the guest had chosen into the account's cart. Doing it again changes nothing.
    func mergeGuestCart(for visit: Visit) async throws {
        guard let guest = visit.session.guestCart, visit.session.login != nil else { return }
        var request = APIRequest(.post, "/v1/cart/merge")
        request.headers[.soukCart] = guest
        do {
            _ = try await self.cart(answering: request, for: visit)
        } catch let failure as APIFailure where failure.isNotFound {
            // It has expired.
        }
        visit.update { $0.guestCart = nil }
    }

    private func cart(answering request: APIRequest, for visit: Visit) async throws -> Cart {
        do {
            let cart: Cart = try await self.read(.cart, request, for: visit, as: .visitor)
            visit.update { $0.cartCount = cart.count }
            return cart
        } catch let failure as APIFailure where failure.isNotFound && request.method == .get {
            visit.update { session in
                session.guestCart = nil
                session.cartCount = 0
            }
            return .empty
        }
    }
}
