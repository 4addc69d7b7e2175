import Auth
import Crypto
import Foundation
import JWTKit
import Synchronization

/// Signs tokens as login does, and as a forger would.
final class TestIssuer: Sendable {
    let kid: String
    private let key = ES256PrivateKey()

    init(kid: String = "key-1") {
        self.kid = kid
    }

    func token(_ claims: AccessClaims, kid: String? = nil) async throws -> String {
        let name = JWKIdentifier(string: kid ?? self.kid)
        let keys = await JWTKeyCollection().add(ecdsa: self.key, kid: name)
        return try await keys.sign(claims, kid: name)
    }

    var jwk: [String: String] {
        let parameters = self.key.parameters!
        return [
            "kty": "EC", "crv": "P-256", "alg": "ES256", "use": "sig", "kid": self.kid, "x": Self.url(parameters.x),
            "y": Self.url(parameters.y),
        ]
    }

    static func jwks(_ issuers: TestIssuer...) throws -> [UInt8] {
        Array(try JSONEncoder().encode(["keys": issuers.map(\.jwk)]))
    }

    private static func url(_ base64: String) -> String {
        base64.replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}

/// Keys as login would serve them, with a count of how often somebody asked.
final class TestKeyServer: Sendable {
    private struct State {
        var document: [UInt8]?
        var fetches = 0
    }

    private let state: Mutex<State>

    init(_ document: [UInt8]?) {
        self.state = Mutex(State(document: document))
    }

    var fetches: Int { self.state.withLock { $0.fetches } }

    func serve(_ document: [UInt8]?) {
        self.state.withLock { $0.document = document }
    }

    func fetch() throws -> [UInt8] {
        try self.state.withLock { state in
            state.fetches += 1
            guard let document = state.document else { throw AuthError(.unavailable) }
            return document
        }
    }
}
