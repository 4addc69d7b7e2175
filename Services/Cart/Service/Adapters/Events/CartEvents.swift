import CartDomain
import Commerce
import Contracts
import Events
import Postgres
import Wire

/// What cart hears: orders empty what they ordered, products change their prices.
struct CartEvents: EventHandler {
    let completion: CompleteCheckout
    let prices: PriceUpdates

    let handledTypes: Set<String> = [Souk_Events_V1_OrderPlaced.eventType, Souk_Events_V1_ProductChanged.eventType]

    func handle(_ event: EventEnvelope, in transaction: PostgresTransaction) async throws {
        switch event.type {
        case Souk_Events_V1_OrderPlaced.eventType: try await self.complete(event.decode(), in: transaction)
        case Souk_Events_V1_ProductChanged.eventType: try await self.prices.apply(event.decode())
        default: return
        }
    }

    /// Takes what was ordered out of the cart, for certain. Usually the call `CompleteCheckout` was faster and nothing is left to do.
    private func complete(_ message: Souk_Events_V1_OrderPlaced, in transaction: PostgresTransaction) async throws {
        let lines = try message.lines.map { CartLine(sku: try SKU($0.sku), quantity: try Quantity(Int($0.quantity))) }
        _ = try await self.completion.apply(
            try CheckoutID(message.checkoutID), of: try AccountID(message.accountID), by: try OrderID(message.orderID), lines: lines,
            in: transaction
        )
    }
}
