import PaymentsDomain
import PaymentsService
import Synchronization

/// Does what is asked and then says that it does not know: the first times for each call.
final class ForgetfulGateway: PaymentGateway {
    private let real: any PaymentGateway
    private let losses: Int
    private let asked = Mutex<[String: Int]>([:])

    init(_ real: any PaymentGateway, losses: Int) {
        self.real = real
        self.losses = losses
    }

    func register(_ card: CardDetails, key: String) async throws -> ProviderMethod {
        try await self.real.register(card, key: key)
    }

    func perform(_ call: ProviderCall, _ operation: ProviderOperation) async throws -> GatewayAnswer {
        let answer = try await self.real.perform(call, operation)
        let times = self.asked.withLock { asked in
            asked[call.id, default: 0] += 1
            return asked[call.id] ?? 0
        }
        guard times > self.losses else { throw GatewayError(.outcomeUnknown, reason: "lost") }
        return answer
    }

    func intent(_ id: String) async throws -> ProviderView? {
        try await self.real.intent(id)
    }

    func journal(after sequence: Int64, limit: Int) async throws -> [ProviderJournalLine] {
        try await self.real.journal(after: sequence, limit: limit)
    }
}
