import Auth
import Crypto
import Foundation
import JWTKit
import Logging
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(5)))
struct TokenVerifierTests {
    let issuer = TestIssuer()

    func claims(lifetime: Int64 = 900, scopes: Set<String> = ["shopper"]) -> AccessClaims {
        AccessClaims(accountID: "acc_1", scopes: scopes, sessionID: "ses_1", issuedAt: 1_000_000, lifetime: lifetime)
    }

    func verifier(_ server: TestKeyServer, time: TestTime) -> TokenVerifier {
        TokenVerifier(
            configuration: TokenVerifier.Configuration(),
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }),
            now: { time.seconds },
            uptime: { time.instant },
            fetchJWKS: { try server.fetch() }
        )
    }

    @Test func goodTokenGivesItsPrincipal() async throws {
        let verifier = self.verifier(TestKeyServer(try TestIssuer.jwks(self.issuer)), time: TestTime())
        let principal = try await verifier.verify(try await self.issuer.token(self.claims(scopes: ["shopper", "staff"])))
        #expect(principal == Principal(accountID: "acc_1", scopes: ["shopper", "staff"], sessionID: "ses_1"))
        #expect(principal.isStaff)
    }

    @Test func tokenEndsWithItsTimeEvenWhenItIsRemembered() async throws {
        let time = TestTime()
        let verifier = self.verifier(TestKeyServer(try TestIssuer.jwks(self.issuer)), time: time)
        let token = try await self.issuer.token(self.claims(lifetime: 900))
        _ = try await verifier.verify(token)
        time.advance(by: 899)
        _ = try await verifier.verify(token)
        time.advance(by: 1)
        await #expect(throws: AuthError(.expired)) { try await verifier.verify(token) }
    }

    @Test func forgedTokensAreRefused() async throws {
        let verifier = self.verifier(TestKeyServer(try TestIssuer.jwks(self.issuer)), time: TestTime())
        let stranger = TestIssuer()
        let forged = try await stranger.token(self.claims())
        await #expect(throws: AuthError(.badSignature)) { try await verifier.verify(forged) }
        let good = try await self.issuer.token(self.claims())
        let parts = good.split(separator: ".")
        let other = try await self.issuer.token(self.claims(scopes: ["staff"])).split(separator: ".")
        await #expect(throws: AuthError(.badSignature)) { try await verifier.verify("\(parts[0]).\(other[1]).\(parts[2])") }
    }

    @Test func algorithmIsOursNotTheTokens() async throws {
        let verifier = self.verifier(TestKeyServer(try TestIssuer.jwks(self.issuer)), time: TestTime())
        let payload = Base64URL.encode(Array(try JSONEncoder().encode(self.claims())))
        let none = Base64URL.encode(Array(#"{"alg":"none","kid":"key-1","typ":"JWT"}"#.utf8))
        await #expect(throws: AuthError(.malformed)) { try await verifier.verify("\(none).\(payload).") }
        await #expect(throws: AuthError(.malformed)) { try await verifier.verify("\(none).\(payload).AAAA") }
        // The classic: HMAC with the public key as its secret.
        let header = Base64URL.encode(Array(#"{"alg":"HS256","kid":"key-1","typ":"JWT"}"#.utf8))
        let secret = SymmetricKey(data: Data(try TestIssuer.jwks(self.issuer)))
        let mac = HMAC<SHA256>.authenticationCode(for: Data("\(header).\(payload)".utf8), using: secret)
        await #expect(throws: AuthError(.malformed)) { try await verifier.verify("\(header).\(payload).\(Base64URL.encode(mac))") }
        let critical = Base64URL.encode(Array(#"{"alg":"ES256","kid":"key-1","crit":["exp"]}"#.utf8))
        await #expect(throws: AuthError(.malformed)) { try await verifier.verify("\(critical).\(payload).AAAA") }
    }

    @Test func wrongIssuerAudienceAndFutureAreRefused() async throws {
        let verifier = self.verifier(TestKeyServer(try TestIssuer.jwks(self.issuer)), time: TestTime())
        var claims = self.claims()
        claims.aud = AudienceClaim(value: ["somebody-else"])
        let audience = try await self.issuer.token(claims)
        await #expect(throws: AuthError(.wrongAudience)) { try await verifier.verify(audience) }
        claims = self.claims()
        claims.iss = "somebody-else"
        let issuer = try await self.issuer.token(claims)
        await #expect(throws: AuthError(.wrongIssuer)) { try await verifier.verify(issuer) }
        claims = self.claims()
        claims.iat += 3_600
        let future = try await self.issuer.token(claims)
        await #expect(throws: AuthError(.malformed)) { try await verifier.verify(future) }
    }

    @Test(arguments: ["", ".", "..", "a.b", "a.b.c.d", "Bearer x", "é.é.é", String(repeating: "a", count: 10_000)])
    func noiseIsMalformed(token: String) async throws {
        let server = TestKeyServer(try TestIssuer.jwks(self.issuer))
        let verifier = self.verifier(server, time: TestTime())
        await #expect(throws: AuthError(.malformed)) { try await verifier.verify(token) }
        #expect(server.fetches == 0)
    }

    @Test func stormOfUnknownKeysFetchesOncePerInterval() async throws {
        let server = TestKeyServer(try TestIssuer.jwks(self.issuer))
        let time = TestTime()
        let verifier = self.verifier(server, time: time)
        _ = try await verifier.verify(try await self.issuer.token(self.claims()))
        #expect(server.fetches == 1)
        time.advance(by: 11)
        let unknown = try await self.issuer.token(self.claims(), kid: "made-up")
        await withTaskGroup { group in
            for _ in 0..<200 {
                group.addTask { await #expect(throws: AuthError(.unknownKey)) { try await verifier.verify(unknown) } }
            }
        }
        #expect(server.fetches == 2)
    }

    @Test func rotatedKeyIsFoundAndOldTokensOfRemovedKeysEnd() async throws {
        let next = TestIssuer(kid: "key-2")
        let server = TestKeyServer(try TestIssuer.jwks(self.issuer))
        let time = TestTime()
        let verifier = self.verifier(server, time: time)
        let old = try await self.issuer.token(self.claims())
        _ = try await verifier.verify(old)
        server.serve(try TestIssuer.jwks(next))
        time.advance(by: 11)
        _ = try await verifier.verify(try await next.token(self.claims()))
        await #expect(throws: AuthError(.unknownKey)) { try await verifier.verify(old) }
    }

    @Test func lastGoodKeysStayWhenLoginIsDown() async throws {
        let server = TestKeyServer(try TestIssuer.jwks(self.issuer))
        let time = TestTime()
        let verifier = self.verifier(server, time: time)
        _ = try await verifier.verify(try await self.issuer.token(self.claims()))
        server.serve(nil)
        time.advance(by: 100_000)
        var later = self.claims()
        later.iat += 100_000
        later.exp += 100_000
        _ = try await verifier.verify(try await self.issuer.token(later))
        let unknown = try await self.issuer.token(later, kid: "made-up")
        await #expect(throws: AuthError(.unknownKey)) { try await verifier.verify(unknown) }
        _ = try await verifier.verify(try await self.issuer.token(later))
    }

    @Test func withoutAnyKeysNothingCanBeSaid() async throws {
        let server = TestKeyServer(nil)
        let verifier = self.verifier(server, time: TestTime())
        let token = try await self.issuer.token(self.claims())
        await #expect(throws: AuthError(.unavailable)) { try await verifier.verify(token) }
        await #expect(throws: AuthError(.unavailable)) { try await verifier.verify(token) }
        #expect(server.fetches == 1)
    }

    @Test func emptyKeySetDoesNotReplaceGoodKeys() async throws {
        let server = TestKeyServer(try TestIssuer.jwks(self.issuer))
        let time = TestTime()
        let verifier = self.verifier(server, time: time)
        _ = try await verifier.verify(try await self.issuer.token(self.claims()))
        server.serve(Array(#"{"keys":[]}"#.utf8))
        time.advance(by: 60)
        let unknown = try await self.issuer.token(self.claims(), kid: "made-up")
        await #expect(throws: AuthError(.unknownKey)) { try await verifier.verify(unknown) }
        _ = try await verifier.verify(try await self.issuer.token(self.claims()))
    }
}

/// Both clocks of a verifier, moved by hand.
final class TestTime: Sendable {
    private let offset = Mutex<Int64>(0)
    private let start = ContinuousClock.now

    var seconds: Int64 { 1_000_000 + self.offset.withLock { $0 } }
    var instant: ContinuousClock.Instant { self.start + .seconds(self.offset.withLock { $0 }) }

    func advance(by seconds: Int64) {
        self.offset.withLock { $0 += seconds }
    }
}
