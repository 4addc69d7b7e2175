package import PaymentsDomain

/// A command as it came from the log, with what only an authorization has.
package struct ReceivedCommand: Sendable, Hashable {
    package let command: PaymentCommand
    package var accountID: String?
    package var paymentMethodID: String?

    package init(_ command: PaymentCommand, accountID: String? = nil, paymentMethodID: String? = nil) {
        self.command = command
        self.accountID = accountID
        self.paymentMethodID = paymentMethodID
    }
}
