import Auth
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import ServiceKit
import Testing

@Suite(.timeLimit(.minutes(5)))
struct EdgeResponderTests {
    @Test func commonHeadersAreOnEveryAnswer() async throws {
        try await EdgeTestApplication.make().test(.router) { client in
            for (path, status) in [("/plain", 200), ("/nowhere", 404), ("/crash", 500)] {
                let response = try await client.execute(uri: path, method: .get)
                #expect(response.status.code == status)
                #expect(response.headers[.soukInstance] == "7")
                #expect(response.headers[.xContentTypeOptions] == "nosniff")
                #expect(response.headers[.cacheControl] == "no-store")
            }
        }
    }

    @Test func unknownPathIs404AndKnownPathWithAnotherMethodIs405() async throws {
        try await EdgeTestApplication.make().test(.router) { client in
            let missing = try await client.execute(uri: "/nowhere", method: .get)
            #expect(try missing.problem().type == "/problems/not-found")
            let method = try await client.execute(uri: "/things/a", method: .delete)
            #expect(method.status == .methodNotAllowed)
            #expect(try method.problem().type == "/problems/method-not-allowed")
            #expect(method.headers[.allow] == "GET, HEAD")
        }
    }

    @Test func unknownErrorsKeepTheirTextForTheLog() async throws {
        try await EdgeTestApplication.make().test(.router) { client in
            let response = try await client.execute(uri: "/crash", method: .get)
            #expect(try response.problem().type == "/problems/internal")
            #expect(!String(buffer: response.body).contains("Secret"))
        }
    }

    @Test func pathPartsAreDecoded() async throws {
        try await EdgeTestApplication.make().test(.router) { client in
            let response = try await client.execute(uri: "/things/a%20b%2Fc", method: .get)
            #expect(String(buffer: response.body) == "a b/c")
            let broken = try await client.execute(uri: "/things/a%2", method: .get)
            #expect(broken.status == .notFound)
        }
    }

    @Test func missingTokenIs401WithAChallenge() async throws {
        try await EdgeTestApplication.make().test(.router) { client in
            let response = try await client.execute(uri: "/me", method: .get)
            #expect(response.status == .unauthorized)
            #expect(response.headers[.wwwAuthenticate] == "Bearer realm=\"souk\"")
            _ = try response.problem()
        }
    }

    @Test func tokensDecideWhoMayDoWhat() async throws {
        let issuer = TestIssuer()
        let document = try TestIssuer.jwks(issuer)
        let verifier = TokenVerifier { document }
        let now = Int64(Date().timeIntervalSince1970)
        func token(_ scopes: Set<String>, lifetime: Int64 = 900) async throws -> String {
            try await issuer.token(AccessClaims(accountID: "acc_1", scopes: scopes, sessionID: "s", issuedAt: now, lifetime: lifetime))
        }
        let shopper = "Bearer " + (try await token(["shopper"]))
        let staff = "Bearer " + (try await token(["shopper", "staff"]))
        let expired = "bearer " + (try await token(["shopper"], lifetime: -1))
        let configuration = EdgeConfiguration(instance: "7", tokenVerifier: verifier, tokenFreePaths: ["/plain"])
        try await EdgeTestApplication.make(configuration).test(.router) { client in
            let table: [(String, String, Int)] = [
                ("/me", shopper, 200), ("/staff", staff, 200), ("/staff", shopper, 403), ("/me", expired, 401), ("/page", expired, 401),
                ("/me", "Basic abc", 401), ("/me", "Bearer", 401), ("/me", "Bearer x.y.z", 401), ("/plain", expired, 200),
            ]
            for (path, header, status) in table {
                let response = try await client.execute(uri: path, method: .get, headers: [.authorization: header])
                #expect(response.status.code == status, "\(path) \(header.prefix(12))")
            }
        }
    }

    @Test func requestsAboveTheBoundAreShed() async throws {
        let configuration = EdgeConfiguration(instance: "7", maximumInFlight: 0)
        try await EdgeTestApplication.make(configuration).test(.router) { client in
            let response = try await client.execute(uri: "/plain", method: .get)
            #expect(response.status == .serviceUnavailable)
            #expect(response.headers[.retryAfter] == "1")
        }
    }

    @Test func clientAddressIsTheNearestProxysWord() async throws {
        func address(_ proxies: Int, _ header: String?) async throws -> String {
            try await EdgeTestApplication.make(EdgeConfiguration(instance: "7", trustedProxies: proxies)).test(.router) { client in
                let headers: HTTPFields = header.map { [.forwardedFor: $0] } ?? [:]
                return String(buffer: try await client.execute(uri: "/address", method: .get, headers: headers).body)
            }
        }
        #expect(try await address(1, "6.6.6.6, 10.0.0.1") == "10.0.0.1")
        #expect(try await address(2, "6.6.6.6, 10.0.0.1, 10.0.0.2") == "10.0.0.1")
        #expect(try await address(0, "6.6.6.6") == "unknown")
    }

    @Test func pagesAreBoundedAndCursorsAreOurs() async throws {
        try await EdgeTestApplication.make().test(.router) { client in
            for (query, status) in [("limit=0", 422), ("limit=101", 422), ("limit=x", 422), ("cursor=%25%25", 422), ("limit=100", 200)] {
                let response = try await client.execute(uri: "/page?\(query)", method: .get)
                #expect(response.status.code == status, "\(query)")
            }
            let cursor = Cursor("a b", "7").text
            let response = try await client.execute(uri: "/page?cursor=\(cursor)", method: .get)
            #expect(String(buffer: response.body) == #"{"items":[20],"next_cursor":"a b"}"#)
            let last = try await client.execute(uri: "/page", method: .get)
            #expect(String(buffer: last.body) == #"{"items":[20],"next_cursor":null}"#)
        }
    }

    @Test func entityTagsCompareAsTheStandardSays() throws {
        let tag = ETag(version: 3)
        func request(_ headers: HTTPFields) -> Request {
            Request(
                head: HTTPRequest(method: .get, scheme: nil, authority: nil, path: "/", headerFields: headers),
                body: RequestBody(buffer: ByteBuffer()))
        }
        #expect(tag.isKnown(to: request([.ifNoneMatch: "\"1\", W/\"3\""])))
        #expect(!tag.isKnown(to: request([.ifNoneMatch: "\"33\""])))
        #expect(try request([.ifMatch: "\"3\""]).requiredIfMatch() == 3)
        #expect(try request([.ifMatch: "*"]).requiredIfMatch() == nil)
        #expect(throws: Problem.self) { try request([.ifMatch: "W/\"3\""]).requiredIfMatch() }
        #expect(throws: Problem.self) { try request([:]).requiredIfMatch() }
    }
}
