import PaymentsDomain
import PaymentsService

/// A provider that cannot be reached.
struct AbsentGateway: PaymentGateway {
    func register(_ card: CardDetails, key: String) async throws -> ProviderMethod {
        throw GatewayError(.outcomeUnknown, reason: "absent")
    }

    func perform(_ call: ProviderCall, _ operation: ProviderOperation) async throws -> GatewayAnswer {
        throw GatewayError(.outcomeUnknown, reason: "absent")
    }

    func intent(_ id: String) async throws -> ProviderView? {
        throw GatewayError(.outcomeUnknown, reason: "absent")
    }

    func journal(after sequence: Int64, limit: Int) async throws -> [ProviderJournalLine] {
        throw GatewayError(.outcomeUnknown, reason: "absent")
    }
}
