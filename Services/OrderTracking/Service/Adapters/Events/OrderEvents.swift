import Commerce
import Contracts
import Events
import OrderTrackingDomain
import SwiftProtobuf
import Wire

/// The saga's commands and facts as they travel on topic `orders`, all under the order's key so that they keep their order.
enum OrderEvents {
    /// The order was placed.
    static func placed(_ order: Order, lines: [OrderLine]) throws -> NewEvent {
        let message = Souk_Events_V1_OrderPlaced.with {
            $0.orderID = order.id.rawValue
            $0.accountID = order.accountID.rawValue
            $0.checkoutID = order.checkoutID.rawValue
            $0.lines = lines.map(Self.message)
            $0.total = .init(order.saga.total)
        }
        return try Self.event(message, order)
    }

    /// All that a step says: its commands, then its facts.
    static func events(of step: SagaStep, order: Order, lines: [OrderLine], shipment: Shipment? = nil) throws -> [NewEvent] {
        try step.commands.map { try Self.command($0, order: order, lines: lines) }
            + step.facts.map { try Self.fact($0, order: order, shipment: shipment) }
    }

    /// A command; sent again, it is the same to the byte.
    static func command(_ command: SagaCommand, order: Order, lines: [OrderLine]) throws -> NewEvent {
        let id = command.id(for: order.id).rawValue
        switch command {
        case .reserveStock:
            let message = Souk_Events_V1_ReserveStock.with {
                ($0.commandID, $0.orderID) = (id, order.id.rawValue)
                $0.lines = lines.map { line in .with { ($0.sku, $0.quantity) = (line.sku.rawValue, Int32(line.quantity.value)) } }
            }
            return try Self.event(message, order)
        case .releaseStock:
            return try Self.event(Souk_Events_V1_ReleaseStock.with { ($0.commandID, $0.orderID) = (id, order.id.rawValue) }, order)
        case .commitStock:
            return try Self.event(Souk_Events_V1_CommitStock.with { ($0.commandID, $0.orderID) = (id, order.id.rawValue) }, order)
        case .authorizePayment, .voidPayment, .capturePayment, .refundPayment:
            return try Self.paymentCommand(command, id: id, order: order)
        }
    }

    private static func paymentCommand(_ command: SagaCommand, id: String, order: Order) throws -> NewEvent {
        switch command {
        case .voidPayment:
            let message = Souk_Events_V1_VoidPayment.with {
                ($0.commandID, $0.orderID, $0.paymentID) = (id, order.id.rawValue, order.paymentID.rawValue)
            }
            return try Self.event(message, order)
        case .capturePayment:
            let message = Souk_Events_V1_CapturePayment.with {
                ($0.commandID, $0.orderID, $0.paymentID) = (id, order.id.rawValue, order.paymentID.rawValue)
                $0.amount = .init(order.saga.total)
            }
            return try Self.event(message, order)
        case .refundPayment(let refund, let amount):
            let message = Souk_Events_V1_RefundPayment.with {
                ($0.commandID, $0.orderID, $0.paymentID) = (id, order.id.rawValue, order.paymentID.rawValue)
                ($0.refundID, $0.amount) = (refund.rawValue, .init(amount))
            }
            return try Self.event(message, order)
        case .authorizePayment, .reserveStock, .releaseStock, .commitStock:
            let message = Souk_Events_V1_AuthorizePayment.with {
                ($0.commandID, $0.orderID, $0.paymentID) = (id, order.id.rawValue, order.paymentID.rawValue)
                ($0.accountID, $0.paymentMethodID) = (order.accountID.rawValue, order.paymentMethodID.rawValue)
                $0.amount = .init(order.saga.total)
            }
            return try Self.event(message, order)
        }
    }

    private static func fact(_ fact: SagaFact, order: Order, shipment: Shipment?) throws -> NewEvent {
        let (id, account) = (order.id.rawValue, order.accountID.rawValue)
        switch fact {
        case .confirmed:
            let message = Souk_Events_V1_OrderConfirmed.with {
                ($0.orderID, $0.accountID, $0.total) = (id, account, .init(order.saga.total))
            }
            return try Self.event(message, order)
        case .cancelled(let reason):
            let message = Souk_Events_V1_OrderCancelled.with { ($0.orderID, $0.accountID, $0.reason) = (id, account, reason.rawValue) }
            return try Self.event(message, order)
        case .shipped:
            let message = Souk_Events_V1_OrderShipped.with {
                ($0.orderID, $0.accountID) = (id, account)
                ($0.carrier, $0.trackingNumber) = (shipment?.carrier ?? "", shipment?.trackingNumber ?? "")
            }
            return try Self.event(message, order)
        case .delivered:
            return try Self.event(Souk_Events_V1_OrderDelivered.with { ($0.orderID, $0.accountID) = (id, account) }, order)
        case .refunded(let refund, let amount, let inFull):
            let message = Souk_Events_V1_OrderRefunded.with {
                ($0.orderID, $0.accountID, $0.refundID) = (id, account, refund.rawValue)
                ($0.amount, $0.inFull) = (.init(amount), inFull)
            }
            return try Self.event(message, order)
        }
    }

    private static func message(_ line: OrderLine) -> Souk_Events_V1_OrderLine {
        .with {
            ($0.sku, $0.name, $0.quantity) = (line.sku.rawValue, line.name, Int32(line.quantity.value))
            $0.unitPrice = .init(line.unitPrice)
        }
    }

    private static func event(_ message: some EventMessage, _ order: Order) throws -> NewEvent {
        try NewEvent(message, key: order.id.rawValue, aggregateType: "order", aggregateVersion: order.version)
    }
}
