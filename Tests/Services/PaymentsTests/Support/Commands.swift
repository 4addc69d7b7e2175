import Commerce
import Contracts
import SwiftProtobuf

/// Commands as order-tracking writes them.
struct Commands {
    let order: OrderID
    let payment: PaymentID
    let account: String

    init(account: String) {
        self.order = Fixture.new(OrderKind.self)
        self.payment = Fixture.new(PaymentKind.self)
        self.account = account
    }

    func authorize(_ amount: Int64, method: String, id: String = Fixture.new(CommandKind.self).rawValue) -> Souk_Events_V1_AuthorizePayment
    {
        .with {
            ($0.commandID, $0.orderID, $0.paymentID) = (id, self.order.rawValue, self.payment.rawValue)
            ($0.accountID, $0.paymentMethodID) = (self.account, method)
            $0.amount = Souk_Events_V1_Money(Money(amount: amount, currency: .gbp))
        }
    }

    func capture(_ amount: Int64) -> Souk_Events_V1_CapturePayment {
        .with {
            ($0.commandID, $0.orderID, $0.paymentID) = (Fixture.new(CommandKind.self).rawValue, self.order.rawValue, self.payment.rawValue)
            $0.amount = Souk_Events_V1_Money(Money(amount: amount, currency: .gbp))
        }
    }

    func void() -> Souk_Events_V1_VoidPayment {
        .with {
            ($0.commandID, $0.orderID, $0.paymentID) = (Fixture.new(CommandKind.self).rawValue, self.order.rawValue, self.payment.rawValue)
        }
    }

    func refund(_ amount: Int64) -> Souk_Events_V1_RefundPayment {
        .with {
            ($0.commandID, $0.orderID, $0.paymentID) = (Fixture.new(CommandKind.self).rawValue, self.order.rawValue, self.payment.rawValue)
            $0.refundID = Fixture.new(RefundKind.self).rawValue
            $0.amount = Souk_Events_V1_Money(Money(amount: amount, currency: .gbp))
        }
    }
}
