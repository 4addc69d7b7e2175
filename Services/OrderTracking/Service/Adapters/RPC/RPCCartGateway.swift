import Commerce
import Contracts
import RPC
import SwiftProtobuf
import Wire

/// The cart service over gRPC.
struct RPCCartGateway: CartGateway {
    let client: RPCClient

    func checkout(of account: AccountID) async throws -> Checkout? {
        let reply = try await self.client.call(
            RPCMethods.Cart.getCheckout, Souk_Cart_V1_GetCheckoutRequest.with { $0.accountID = account.rawValue }
        )
        guard !reply.lines.isEmpty || !reply.unavailableSkus.isEmpty else { return nil }
        let lines = try reply.lines.map { line in
            OrderLine(
                sku: try SKU(line.sku), name: line.name, quantity: try Quantity(Int(line.quantity)), unitPrice: try Money(line.unitPrice)
            )
        }
        return Checkout(
            id: try CheckoutID(reply.checkoutID), lines: lines, total: try Money(reply.total), unavailable: reply.unavailableSkus
        )
    }

    func complete(_ checkout: CheckoutID, of account: AccountID, by order: OrderID, lines: [OrderLine]) async throws {
        let request = Souk_Cart_V1_CompleteCheckoutRequest.with {
            ($0.accountID, $0.checkoutID, $0.orderID) = (account.rawValue, checkout.rawValue, order.rawValue)
            $0.lines = lines.map { line in .with { ($0.sku, $0.quantity) = (line.sku.rawValue, Int32(line.quantity.value)) } }
        }
        _ = try await self.client.call(RPCMethods.Cart.completeCheckout, request)
    }
}
