import Commerce
import PaymentsDomain
import Postgres

extension ReceivedCommand {
    /// The columns that ``init(_:)`` reads.
    static let columns = "id, order_id, payment_id, operation, amount, currency, refund_id, account_id, payment_method_id"

    /// Reads a stored command.
    init(_ row: PostgresRow) throws {
        let (id, order, payment, operation, amount, currency, refund, account, method) = try row.decode(
            (String, String, String, String, Int64?, String?, String?, String?, String?).self
        )
        let action: PaymentCommand.Action
        func money() throws -> Money { Money(amount: amount ?? 0, currency: try Currency(currency ?? "")) }
        switch ProviderOperation(rawValue: operation) {
        case .authorize: action = .authorize(try money())
        case .capture: action = .capture(try money())
        case .void: action = .void
        case .refund: action = .refund(try RefundID(refund ?? ""), try money())
        case nil: throw PostgresError(.decoding, "No such operation")
        }
        let command = PaymentCommand(id: id, orderID: try OrderID(order), paymentID: try PaymentID(payment), action: action)
        self.init(command, accountID: account, paymentMethodID: method)
    }
}

extension PaymentCommand {
    /// The amount of the command, where it has one.
    var money: Money? {
        switch self.action {
        case .authorize(let money), .capture(let money), .refund(_, let money): money
        case .void: nil
        }
    }

    /// The refund that is asked for.
    var refundID: RefundID? {
        guard case .refund(let id, _) = self.action else { return nil }
        return id
    }
}
