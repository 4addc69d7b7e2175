/// The answer to a command, the line the journal must hold before it is given, and how it is given.
package struct ProviderDecision: Sendable {
    package enum Delivery: Sendable {
        case normal
        /// The answer is kept from the client.
        case lost
        /// The answer comes late.
        case slow
    }

    package let answer: ProviderAnswer
    package let record: JournalRecord?
    package let delivery: Delivery
    /// The same request was answered before.
    package let isReplay: Bool

    package init(_ answer: ProviderAnswer, record: JournalRecord? = nil, delivery: Delivery = .normal, isReplay: Bool = false) {
        self.answer = answer
        self.record = record
        self.delivery = delivery
        self.isReplay = isReplay
    }
}
