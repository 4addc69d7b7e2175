extension ProviderState {
    /// Takes one line of the journal into the books.
    ///
    /// - Returns: The answer that the line's request got.
    @discardableResult
    package mutating func apply(_ record: JournalRecord) -> ProviderAnswer {
        self.lastSequence = record.sequence
        let answer = self.take(record)
        if let key = record.idempotencyKey {
            self.answers[key] = KnownAnswer(fingerprint: record.fingerprint ?? "", answer: answer)
        }
        return answer
    }

    private mutating func take(_ record: JournalRecord) -> ProviderAnswer {
        switch record.type {
        case .paymentMethod:
            guard let id = record.paymentMethod, let card = record.card else { return .failed }
            self.methods[id] = card
            return .paymentMethod(id: id, card)
        case .authorized, .declined:
            return self.open(record)
        case .captured:
            return self.change(record) { intent in
                intent.status = .succeeded
                intent.captured = record.amount ?? 0
            }
        case .voided:
            return self.change(record) { $0.status = .canceled }
        case .refunded:
            _ = self.change(record) { $0.refunded += record.amount ?? 0 }
            return .refund(
                id: record.refund ?? "",
                intent: record.paymentIntent ?? "",
                amount: record.amount ?? 0,
                currency: record.currency ?? ""
            )
        case .refused:
            return record.refusal.map(ProviderAnswer.refused) ?? .failed
        }
    }

    private mutating func open(_ record: JournalRecord) -> ProviderAnswer {
        guard let id = record.paymentIntent, let amount = record.amount else { return .failed }
        let intent = PaymentIntent(
            id: id,
            amount: amount,
            currency: record.currency ?? "",
            paymentMethod: record.paymentMethod ?? "",
            orderID: record.orderID,
            paymentID: record.paymentID,
            declineCode: record.declineCode,
            created: record.at,
            status: record.type == .declined ? .declined : .requiresCapture
        )
        self.intents[id] = intent
        if let order = record.orderID { self.intentsOfOrder[order, default: []].append(id) }
        return .intent(intent)
    }

    private mutating func change(_ record: JournalRecord, _ body: (inout PaymentIntent) -> Void) -> ProviderAnswer {
        guard let id = record.paymentIntent, var intent = self.intents[id] else { return .failed }
        body(&intent)
        self.intents[id] = intent
        return .intent(intent)
    }
}
