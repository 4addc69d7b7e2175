import HTTPTypes
import Logging
import Resilience
import ServiceKit

/// The services as the pages use them: every call is made for one visit, with its visitor's token, cart and address, and
/// what the services say about the visitor goes back into the session.
struct ShopAPI: Sendable {
    /// Whether a call needs a visitor who is logged in.
    enum Identity: Sendable {
        /// Nobody in particular.
        case anybody
        /// The account if there is one, else the guest.
        case visitor
        /// An account.
        case account
    }

    private let clients: [APIService: ServiceClient]
    private let tokens: TokenKeeper
    let lastKnown = LastKnownAnswers()

    init(transport: any APITransport, timeout: Duration, logger: Logger) {
        var clients: [APIService: ServiceClient] = [:]
        for service in APIService.allCases {
            // A login hashes a password and a card goes to the provider: both may take seconds.
            let patience: Duration = service == .login || service == .payments ? max(timeout, .seconds(8)) : timeout
            clients[service] = ServiceClient(service, transport: transport, timeout: patience, logger: logger)
        }
        self.clients = clients
        self.tokens = TokenKeeper(
            client: clients[.login] ?? ServiceClient(.login, transport: transport, timeout: timeout, logger: logger))
    }

    /// Makes a call and gives its answer if it is a success.
    ///
    /// - Throws: ``APIFailure``.
    func call(_ service: APIService, _ request: APIRequest, for visit: Visit, as identity: Identity) async throws -> APIAnswer {
        let answer = try await self.exchange(service, request, for: visit, as: identity)
        guard answer.isSuccess else { throw APIFailure.refused(service, answer.problem) }
        self.learn(from: answer, of: service, for: visit)
        return answer
    }

    /// Makes a call and reads its answer.
    func read<Value: Decodable & Sendable>(
        _ service: APIService, _ request: APIRequest, for visit: Visit, as identity: Identity, _ type: Value.Type = Value.self
    ) async throws -> Value {
        try self.decode(try await self.call(service, request, for: visit, as: identity), from: service)
    }

    func decode<Value: Decodable>(_ answer: APIAnswer, from service: APIService, _ type: Value.Type = Value.self) throws -> Value {
        do {
            return try answer.decode(type)
        } catch {
            // An answer that cannot be read is as good as none.
            throw APIFailure.unavailable(service, retryAfter: nil)
        }
    }

    /// Opens a stream for somebody who is logged in.
    func open(_ service: APIService, _ request: APIRequest, for visit: Visit) async throws -> APIStream {
        let ready = try await self.prepared(request, service, for: visit, as: .account)
        return try await self.client(service).open(ready)
    }

    /// Sends; when the token turns out to be no longer good, renews it and sends once more.
    private func exchange(
        _ service: APIService, _ request: APIRequest, for visit: Visit, as identity: Identity
    ) async throws -> APIAnswer {
        let ready = try await self.prepared(request, service, for: visit, as: identity)
        let answer = try await self.client(service).answer(to: ready)
        guard answer.status == 401, identity != .anybody, visit.session.login != nil else { return answer }
        try await self.tokens.renew(for: visit)
        let again = try await self.prepared(request, service, for: visit, as: identity)
        let second = try await self.client(service).answer(to: again)
        if second.status == 401 {
            visit.update { $0.logOut() }
            throw APIFailure.loggedOut
        }
        return second
    }

    /// The request with all that tells who asks.
    private func prepared(
        _ request: APIRequest, _ service: APIService, for visit: Visit, as identity: Identity
    ) async throws -> APIRequest {
        var ready = request
        ready.headers[.accept] = ready.headers[.accept] ?? "application/json"
        ready.headers[.forwardedFor] = visit.clientAddress
        if let token = visit.session.readAfter(service.rawValue, now: Clock.now) { ready.headers[.soukReadAfter] = token }
        switch identity {
        case .anybody: break
        case .account:
            guard let token = try await self.tokens.accessToken(for: visit) else { throw APIFailure.loggedOut }
            ready.headers[.authorization] = "Bearer \(token)"
        case .visitor:
            if let token = try await self.tokens.accessToken(for: visit) {
                ready.headers[.authorization] = "Bearer \(token)"
            } else if let cart = visit.session.guestCart, service == .cart {
                ready.headers[.soukCart] = cart
            }
        }
        return ready
    }

    private func learn(from answer: APIAnswer, of service: APIService, for visit: Visit) {
        if let token = answer.headers[.soukReadAfter] {
            visit.update { $0.noteRead(token, of: service.rawValue, now: Clock.now) }
        }
        if let cart = answer.headers[.soukCart], visit.session.login == nil {
            visit.update { $0.guestCart = cart }
        }
    }

    private func client(_ service: APIService) throws -> ServiceClient {
        guard let client = self.clients[service] else { throw APIFailure.unavailable(service, retryAfter: nil) }
        return client
    }
}
