import CartDomain
import Commerce
import Contracts
import RPC
import SwiftProtobuf
import Wire

/// `souk.cart.v1.Cart`, for order-tracking.
struct CartRPC: Sendable {
    let store: any CartStore
    let show: ShowCart
    let completion: CompleteCheckout

    var handlers: [RPCHandler] {
        [
            RPCHandler(RPCMethods.Cart.getCheckout) { request, _ in
                guard let account = try? AccountID(request.accountID) else { throw RPCError(.invalidArgument, "no account's id") }
                guard let cart = try await self.store.cart(of: .account(account)), !cart.lines.isEmpty else { return .init() }
                return try self.reply(cart, try await self.show.pricedNow(cart.lines))
            },
            RPCHandler(RPCMethods.Cart.completeCheckout) { request, _ in
                guard let account = try? AccountID(request.accountID), let checkout = try? CheckoutID(request.checkoutID),
                    let order = try? OrderID(request.orderID),
                    let lines = try? request.lines.map({ CartLine(sku: try SKU($0.sku), quantity: try Quantity(Int($0.quantity))) })
                else { throw RPCError(.invalidArgument, "an id, a SKU or a quantity cannot be read") }
                let applied = try await self.completion(checkout, of: account, by: order, lines: lines)
                return .with { $0.applied = applied }
            },
        ]
    }

    private func reply(_ cart: Cart, _ priced: PricedCart) throws -> Souk_Cart_V1_GetCheckoutReply {
        .with { reply in
            (reply.cartID, reply.checkoutID, reply.version) = (cart.id?.rawValue ?? "", cart.checkoutID.rawValue, cart.version)
            reply.lines = priced.lines.map { line in
                .with {
                    ($0.sku, $0.name, $0.quantity) = (line.product.sku.rawValue, line.product.name, Int32(line.quantity.value))
                    $0.unitPrice = .init(line.product.price)
                }
            }
            reply.total = .init(priced.total)
            reply.unavailableSkus = priced.unavailable.map(\.rawValue)
        }
    }
}
