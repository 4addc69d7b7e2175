extension ProviderState {
    /// The journal line of what a command asks for, if the books allow it.
    func record(of command: ProviderCommand) throws(ProviderRefusal) -> JournalRecord {
        switch command.operation {
        case .createPaymentMethod(let card):
            var record = JournalRecord(sequence: self.lastSequence + 1, type: .paymentMethod, command: command)
            record.card = try AcceptedCard.checking(card, today: command.today)
            record.paymentMethod = "pmt_\(command.freshID)"
            return record
        case .authorize(let request):
            return try self.authorization(request, command)
        case .capture(let id, let amount):
            return try self.capture(id, amount, command)
        case .void(let id):
            return try self.void(id, command)
        case .refund(let id, let amount):
            return try self.refund(id, amount, command)
        }
    }

    private func authorization(
        _ request: ProviderCommand.Authorization,
        _ command: ProviderCommand
    ) throws(ProviderRefusal) -> JournalRecord {
        guard let card = self.methods[request.paymentMethod] else { throw .notFound("payment method") }
        guard (1...99_999_999_999).contains(request.amount) else {
            throw .invalid("amount_invalid", "The amount must be at least 1 and have at most 11 digits.")
        }
        guard request.currency.utf8.count == 3 else { throw .invalid("currency_invalid", "The currency must be an ISO 4217 code.") }
        let hasExpired = YearMonth(year: card.expYear, month: card.expMonth) < command.today
        let declineCode = hasExpired ? "expired_card" : card.kind.declineCode
        var record = JournalRecord(
            sequence: self.lastSequence + 1,
            type: declineCode == nil ? .authorized : .declined,
            command: command
        )
        record.paymentIntent = "pi_\(command.freshID)"
        record.paymentMethod = request.paymentMethod
        record.orderID = request.orderID
        record.paymentID = request.paymentID
        record.amount = request.amount
        record.currency = request.currency
        record.declineCode = declineCode
        return record
    }

    private func capture(_ id: String, _ amount: Int64?, _ command: ProviderCommand) throws(ProviderRefusal) -> JournalRecord {
        guard let intent = self.intents[id] else { throw .notFound("payment intent") }
        guard intent.status == .requiresCapture else {
            throw .conflict("unexpected_state", "The payment intent is \(intent.status.rawValue).")
        }
        let amount = amount ?? intent.amount
        guard amount > 0 else { throw .invalid("amount_invalid", "The amount must be at least 1.") }
        guard amount <= intent.amount else { throw .conflict("amount_too_large", "More than was authorized.") }
        var record = JournalRecord(sequence: self.lastSequence + 1, type: .captured, command: command)
        record.describe(intent, amount: amount)
        return record
    }

    private func void(_ id: String, _ command: ProviderCommand) throws(ProviderRefusal) -> JournalRecord {
        guard let intent = self.intents[id] else { throw .notFound("payment intent") }
        guard intent.status == .requiresCapture else {
            throw .conflict("unexpected_state", "The payment intent is \(intent.status.rawValue).")
        }
        var record = JournalRecord(sequence: self.lastSequence + 1, type: .voided, command: command)
        record.describe(intent, amount: intent.amount)
        return record
    }

    private func refund(_ id: String, _ amount: Int64?, _ command: ProviderCommand) throws(ProviderRefusal) -> JournalRecord {
        guard let intent = self.intents[id] else { throw .notFound("payment intent") }
        guard intent.status == .succeeded else {
            throw .conflict("unexpected_state", "The payment intent is \(intent.status.rawValue).")
        }
        let left = intent.captured - intent.refunded
        let amount = amount ?? left
        guard amount > 0 || left == 0 else { throw .invalid("amount_invalid", "The amount must be at least 1.") }
        guard amount > 0, amount <= left else { throw .conflict("amount_too_large", "More than was captured and not yet refunded.") }
        var record = JournalRecord(sequence: self.lastSequence + 1, type: .refunded, command: command)
        record.describe(intent, amount: amount)
        record.refund = "re_\(command.freshID)"
        return record
    }
}
