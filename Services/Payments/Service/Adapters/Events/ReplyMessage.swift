import Commerce
import Contracts
package import PaymentsDomain
import SwiftProtobuf
import Wire

/// A reply as it is stored with its command and sent, once for every time the command came.
package struct ReplyMessage: Sendable, Hashable {
    package let type: String
    package let payload: [UInt8]

    /// Takes a stored reply.
    package init(type: String, payload: [UInt8]) {
        self.type = type
        self.payload = payload
    }

    private init<Message: EventMessage>(_ message: Message) throws {
        self.init(type: Message.eventType, payload: try message.serializedBytes())
    }

    /// Writes the reply to a command.
    package init(_ reply: PaymentReply, to command: PaymentCommand) throws {
        switch reply {
        case .authorized(let amount):
            self = try Self(
                Souk_Events_V1_PaymentAuthorized.with {
                    ($0.commandID, $0.orderID, $0.paymentID) = command.ids
                    $0.amount = Souk_Events_V1_Money(amount)
                })
        case .declined(let reason):
            self = try Self(
                Souk_Events_V1_PaymentDeclined.with {
                    ($0.commandID, $0.orderID, $0.paymentID) = command.ids
                    $0.reason = reason
                })
        case .captured(let amount):
            self = try Self(
                Souk_Events_V1_PaymentCaptured.with {
                    ($0.commandID, $0.orderID, $0.paymentID) = command.ids
                    $0.amount = Souk_Events_V1_Money(amount)
                })
        case .voided:
            self = try Self(Souk_Events_V1_PaymentVoided.with { ($0.commandID, $0.orderID, $0.paymentID) = command.ids })
        case .refunded(let refund, let amount):
            self = try Self(
                Souk_Events_V1_PaymentRefunded.with {
                    ($0.commandID, $0.orderID, $0.paymentID) = command.ids
                    $0.refundID = refund.rawValue
                    $0.amount = Souk_Events_V1_Money(amount)
                })
        case .failed(let operation, let reason, let refund):
            self = try Self(
                Souk_Events_V1_PaymentFailed.with {
                    ($0.commandID, $0.orderID, $0.paymentID) = command.ids
                    $0.operation = operation.rawValue
                    $0.reason = reason
                    $0.refundID = refund?.rawValue ?? ""
                })
        }
    }
}

extension PaymentCommand {
    fileprivate var ids: (String, String, String) { (self.id, self.orderID.rawValue, self.paymentID.rawValue) }
}
