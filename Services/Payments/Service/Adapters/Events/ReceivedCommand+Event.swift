import Commerce
import Contracts
package import Events
import PaymentsDomain
import Wire

extension ReceivedCommand {
    /// The types of events that are commands to payments.
    package static let eventTypes: Set<String> = [
        Souk_Events_V1_AuthorizePayment.eventType,
        Souk_Events_V1_CapturePayment.eventType,
        Souk_Events_V1_VoidPayment.eventType,
        Souk_Events_V1_RefundPayment.eventType,
    ]

    /// Reads a command.
    ///
    /// - Returns: Nil for an event that is no command to payments.
    /// - Throws: When an id or an amount is none: such an event cannot be handled by trying again.
    package init?(_ event: EventEnvelope) throws {
        switch event.type {
        case Souk_Events_V1_AuthorizePayment.eventType:
            let message = try event.decode(Souk_Events_V1_AuthorizePayment.self)
            let command = try Self.command(
                message.commandID, message.orderID, message.paymentID, .authorize(Money(message.amount))
            )
            self.init(command, accountID: message.accountID, paymentMethodID: message.paymentMethodID)
        case Souk_Events_V1_CapturePayment.eventType:
            let message = try event.decode(Souk_Events_V1_CapturePayment.self)
            self.init(try Self.command(message.commandID, message.orderID, message.paymentID, .capture(Money(message.amount))))
        case Souk_Events_V1_VoidPayment.eventType:
            let message = try event.decode(Souk_Events_V1_VoidPayment.self)
            self.init(try Self.command(message.commandID, message.orderID, message.paymentID, .void))
        case Souk_Events_V1_RefundPayment.eventType:
            let message = try event.decode(Souk_Events_V1_RefundPayment.self)
            let action = PaymentCommand.Action.refund(try RefundID(message.refundID), try Money(message.amount))
            self.init(try Self.command(message.commandID, message.orderID, message.paymentID, action))
        default:
            return nil
        }
    }

    private static func command(
        _ id: String,
        _ order: String,
        _ payment: String,
        _ action: PaymentCommand.Action
    ) throws -> PaymentCommand {
        guard !id.isEmpty else { throw CommerceError(.invalidID, "a command has an id") }
        return PaymentCommand(id: id, orderID: try OrderID(order), paymentID: try PaymentID(payment), action: action)
    }
}
