import PSPSimulatorService

/// A provider's books with a time that stands still and ids that count up.
final class ProviderHarness {
    var state = ProviderState()
    private(set) var records: [JournalRecord] = []
    private var counter = 0

    init() {}

    func run(
        _ operation: ProviderCommand.Operation,
        key: String? = nil,
        fingerprint: String = "same"
    ) -> ProviderDecision {
        self.counter += 1
        let decision = self.state.execute(
            ProviderCommand(
                operation,
                key: key,
                fingerprint: fingerprint,
                at: "2026-01-01T00:00:00.000Z",
                today: YearMonth(year: 2026, month: 1),
                freshID: "\(self.counter)"
            )
        )
        if let record = decision.record { self.records.append(record) }
        return decision
    }

    func method(_ number: String) throws -> String {
        let card = CardDetails(number: number, expMonth: 12, expYear: 2030, cvc: "123")
        guard case .paymentMethod(let id, _) = self.run(.createPaymentMethod(card)).answer else { throw Unexpected(number) }
        return id
    }

    func request(_ method: String, _ amount: Int64) -> ProviderCommand.Authorization {
        ProviderCommand.Authorization(
            amount: amount, currency: "GBP", paymentMethod: method, orderID: "ord_1", paymentID: "pay_1"
        )
    }

    func authorize(_ number: String, amount: Int64, key: String? = nil) throws -> PaymentIntent {
        let method = try self.method(number)
        return try self.run(.authorize(self.request(method, amount)), key: key).intent()
    }

    func intent(_ operation: ProviderCommand.Operation) throws -> PaymentIntent {
        try self.run(operation).intent()
    }

    /// The code of the refusal, or nil where the command was carried out.
    func code(_ operation: ProviderCommand.Operation) -> String? {
        guard case .refused(let refusal) = self.run(operation).answer else { return nil }
        return refusal.code
    }
}

extension ProviderDecision {
    func intent() throws -> PaymentIntent {
        guard case .intent(let intent) = self.answer else { throw Unexpected(self.answer) }
        return intent
    }
}

/// A value that a test did not reckon with.
struct Unexpected: Error {
    let value: String

    init(_ value: some Sendable) { self.value = "\(value)" }
}
