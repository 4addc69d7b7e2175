/// The provider's books: commands in, answers and journal lines out. No clock, no randomness, no I/O.
///
/// Every change goes through ``apply(_:)``, so reading the journal from its start gives the same state again.
package struct ProviderState: Sendable {
    struct KnownAnswer: Sendable {
        let fingerprint: String
        let answer: ProviderAnswer
    }

    /// How often a card of the kind ``CardKind/errorTwice`` fails for one request.
    private static let errorsBeforeSuccess = 2

    package internal(set) var lastSequence: Int64 = 0
    var methods: [String: AcceptedCard] = [:]
    var intents: [String: PaymentIntent] = [:]
    var intentsOfOrder: [String: [String]] = [:]
    var answers: [String: KnownAnswer] = [:]
    /// Not in the journal: a failure did nothing, and a restart may count anew.
    var errorsGiven: [String: Int] = [:]

    package init() {}

    package func intent(_ id: String) -> PaymentIntent? { self.intents[id] }

    /// The intents of an order, oldest first.
    package func intents(ofOrder order: String) -> [PaymentIntent] {
        (self.intentsOfOrder[order] ?? []).compactMap { self.intents[$0] }
    }

    /// Decides a command and, where it does something, does it.
    ///
    /// The caller must have the decision's record on disk before it lets anybody see the answer.
    package mutating func execute(_ command: ProviderCommand) -> ProviderDecision {
        if let key = command.key, let known = self.answers[key] {
            let isSame = known.fingerprint == command.fingerprint
            return ProviderDecision(isSame ? known.answer : .refused(.keyReused), isReplay: isSame)
        }
        let kind = self.cardKind(of: command.operation)
        if kind == .errorTwice, case .authorize(let request) = command.operation {
            let request = command.key ?? request.paymentMethod
            let given = self.errorsGiven[request, default: 0]
            if given < Self.errorsBeforeSuccess {
                self.errorsGiven[request] = given + 1
                return ProviderDecision(.failed)
            }
            self.errorsGiven[request] = nil
        }
        do throws(ProviderRefusal) {
            let record = try self.record(of: command)
            let answer = self.apply(record)
            return ProviderDecision(answer, record: record, delivery: Self.delivery(of: command.operation, kind: kind))
        } catch {
            return self.refuse(command, error)
        }
    }

    private func cardKind(of operation: ProviderCommand.Operation) -> CardKind? {
        switch operation {
        case .createPaymentMethod: nil
        case .authorize(let request): self.methods[request.paymentMethod]?.kind
        case .capture(let intent, _), .void(let intent), .refund(let intent, _):
            self.intents[intent].flatMap { self.methods[$0.paymentMethod]?.kind }
        }
    }

    private static func delivery(of operation: ProviderCommand.Operation, kind: CardKind?) -> ProviderDecision.Delivery {
        switch (kind, operation) {
        case (.answerLost, _): .lost
        case (.slow, .authorize): .slow
        default: .normal
        }
    }

    /// A refusal that depends on the books is an answer for ever; a request that made no sense leaves no trace.
    private mutating func refuse(_ command: ProviderCommand, _ refusal: ProviderRefusal) -> ProviderDecision {
        guard refusal.status == 409, command.key != nil else { return ProviderDecision(.refused(refusal)) }
        var record = JournalRecord(sequence: self.lastSequence + 1, type: .refused, command: command)
        record.refusal = refusal
        return ProviderDecision(self.apply(record), record: record)
    }
}
