import CartDomain
import Commerce
import Contracts
import Events
import Postgres
import Wire

/// Takes what was ordered out of the cart, for certain. Usually `CompleteCheckout` was faster and nothing is left to do.
struct OrderPlacedHandler: EventHandler {
    let completion: CompleteCheckout

    let handledTypes: Set<String> = [Souk_Events_V1_OrderPlaced.eventType]

    func handle(_ event: EventEnvelope, in transaction: PostgresTransaction) async throws {
        let message = try event.decode(Souk_Events_V1_OrderPlaced.self)
        let lines = try message.lines.map { CartLine(sku: try SKU($0.sku), quantity: try Quantity(Int($0.quantity))) }
        _ = try await self.completion.apply(
            try CheckoutID(message.checkoutID), of: try AccountID(message.accountID), by: try OrderID(message.orderID), lines: lines,
            in: transaction
        )
    }
}
