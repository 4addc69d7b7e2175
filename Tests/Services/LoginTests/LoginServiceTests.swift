import Auth
import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Postgres
import ServiceKit
import TestSupport
import Testing

@Suite(.enabled(if: TestServers.postgres != nil && TestServers.redis != nil), .timeLimit(.minutes(10)))
struct LoginServiceTests {
    @Test func accountIsMadeAndItsOwnerLogsInAndOut() async throws {
        try await LoginFixture.with { login in
            let account = try await login.register(" Ann@Example.com ")
            #expect(account.email == "ann@example.com")
            #expect(account.id.hasPrefix("acc_"))
            #expect(account.scopes == ["shopper"])
            let response = try await login.logIn("ANN@example.com")
            #expect(response.status == .created)
            let tokens = try response.decoded(LoginFixture.Tokens.self)
            #expect(tokens.token_type == "Bearer")
            #expect(tokens.expires_in == 900)
            let me = try await login.send(.get, "/v1/accounts/me", token: tokens.access_token)
            #expect(try me.decoded(LoginFixture.Account.self) == account)
            for _ in 0..<2 {
                let out = try await login.send(.delete, "/v1/sessions/current", token: tokens.access_token)
                #expect(out.status == .noContent)
            }
            let refreshed = try await login.refresh(tokens.refresh_token)
            #expect(refreshed.status == .unauthorized)
        }
    }

    @Test func wrongFieldsAreAllNamed() async throws {
        try await LoginFixture.with { login in
            let response = try await login.send(.post, "/v1/accounts", ["email": "x", "password": "short", "name": ""])
            #expect(response.status == .unprocessableContent)
            let problem = try response.decoded(LoginFixture.ProblemBody.self)
            #expect(problem.errors?.map(\.pointer) == ["#/email", "#/password", "#/name"])
        }
    }

    @Test func addressIsTakenOnceWhateverTheRace() async throws {
        try await LoginFixture.with { login in
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for index in 0..<10 {
                    let email = index % 2 == 0 ? "race@example.com" : "RACE@Example.com"
                    group.addTask {
                        try await login.send(.post, "/v1/accounts", ["email": email, "password": "correct horse", "name": "R"]).status.code
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses.filter { $0 == 201 }.count == 1)
            #expect(statuses.filter { $0 == 409 }.count == 9)
        }
    }

    @Test func repeatedRegistrationGivesTheFirstAnswer() async throws {
        try await LoginFixture.with { login in
            let body = ["email": "idem@example.com", "password": "correct horse", "name": "I"]
            let first = try await login.send(.post, "/v1/accounts", body, key: "k")
            let second = try await login.send(.post, "/v1/accounts", body, key: "k")
            #expect(second.status == .created)
            #expect(second.headers[.idempotencyReplayed] == "true")
            #expect(first.body == second.body)
            let other = try await login.send(.post, "/v1/accounts", body.merging(["name": "J"]) { $1 }, key: "k")
            #expect(other.problemType == "/problems/idempotency-key-reused")
        }
    }

    @Test func unknownAddressLooksLikeAWrongPassword() async throws {
        try await LoginFixture.with { login in
            _ = try await login.register("known@example.com")
            let address = LoginFixture.randomAddress()
            let wrong = try await login.logIn("known@example.com", password: "wrong", from: address)
            let unknown = try await login.logIn("unknown@example.com", password: "wrong", from: address)
            let noAddress = try await login.logIn("not an address", password: "wrong", from: address)
            #expect(wrong.status == .unauthorized)
            #expect(wrong.body == unknown.body)
            #expect(wrong.body == noAddress.body)
        }
    }

    @Test func usedRefreshTokenEndsTheSession() async throws {
        try await LoginFixture.with { login in
            let account = try await login.register("thief@example.com")
            let first = try await login.logIn("thief@example.com").decoded(LoginFixture.Tokens.self)
            let second = try await login.refresh(first.refresh_token).decoded(LoginFixture.Tokens.self)
            #expect(second.account == account)
            let stolen = try await login.refresh(first.refresh_token)
            #expect(stolen.problemType == "/problems/invalid-refresh-token")
            let owner = try await login.refresh(second.refresh_token)
            #expect(owner.status == .unauthorized)
            let reasons = try await login.postgres.query("select end_reason from sessions").decode(String.self)
            #expect(reasons == ["token_reuse"])
            let events = try await login.postgres.query("select type from outbox order by id").decode(String.self)
            #expect(events == ["souk.account.created.v1", "souk.session.started.v1", "souk.session.ended.v1"])
        }
    }

    @Test func parallelUsesOfOneRefreshTokenGiveOnePairAtMost() async throws {
        try await LoginFixture.with { login in
            _ = try await login.register("parallel@example.com")
            let tokens = try await login.logIn("parallel@example.com").decoded(LoginFixture.Tokens.self)
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<8 { group.addTask { try await login.refresh(tokens.refresh_token).status.code } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses.filter { $0 == 201 }.count == 1)
        }
    }

    @Test func onlyHashesAreStored() async throws {
        try await LoginFixture.with { login in
            _ = try await login.register("hash@example.com", password: "a very secret word")
            let tokens = try await login.logIn("hash@example.com", password: "a very secret word").decoded(LoginFixture.Tokens.self)
            let dump = try await login.postgres.query(
                """
                select string_agg(t::text, ' ') from (
                    select row_to_json(a)::text t from accounts a union all select row_to_json(s)::text from sessions s
                    union all select row_to_json(r)::text from refresh_tokens r union all select row_to_json(o)::text from outbox o
                    union all select row_to_json(i)::text from idempotency_keys i) x
                """
            ).first?.decode(String.self)
            let text = try #require(dump)
            #expect(text.contains("$argon2id$"))
            #expect(!text.contains("a very secret word"))
            #expect(!text.contains(tokens.refresh_token))
        }
    }

    @Test func guessingFromOneAddressIsStoppedAndNobodyElseIs() async throws {
        try await LoginFixture.with(["LOGIN_FAILURES_PER_ACCOUNT_AND_ADDRESS": "3"]) { login in
            let email = "victim-\(UUID().uuidString.lowercased())@example.com"
            _ = try await login.register(email)
            let stranger = LoginFixture.randomAddress()
            for _ in 0..<3 {
                let response = try await login.logIn(email, password: "wrong", from: stranger)
                #expect(response.status == .unauthorized)
            }
            // Not even with the right password, or guessing would go on by watching the difference.
            let refused = try await login.logIn(email, from: stranger)
            #expect(refused.status == .tooManyRequests)
            let seconds = try #require(refused.headers[.retryAfter].flatMap { Int($0) })
            #expect((1...900).contains(seconds))
            let owner = try await login.logIn(email, from: LoginFixture.randomAddress())
            #expect(owner.status == .created)
        }
    }

    @Test func parallelGuessesDoNotSlipThrough() async throws {
        try await LoginFixture.with(["LOGIN_FAILURES_PER_ACCOUNT_AND_ADDRESS": "3"]) { login in
            let email = "burst-\(UUID().uuidString.lowercased())@example.com"
            let stranger = LoginFixture.randomAddress()
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<20 { group.addTask { try await login.logIn(email, password: "wrong", from: stranger).status.code } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses.filter { $0 == 401 }.count == 3)
            #expect(statuses.filter { $0 == 429 }.count == 17)
        }
    }

    @Test func oneAddressAtManyAccountsIsStoppedButNotKnownOnes() async throws {
        try await LoginFixture.with(["LOGIN_FAILURES_PER_ADDRESS": "5"]) { login in
            let email = "home-\(UUID().uuidString.lowercased())@example.com"
            let address = LoginFixture.randomAddress()
            _ = try await login.register(email)
            let known = try await login.logIn(email, from: address)
            #expect(known.status == .created)
            for index in 0..<5 {
                let response = try await login.logIn("nobody\(index)@example.com", password: "wrong", from: address)
                #expect(response.status == .unauthorized)
            }
            let sixth = try await login.logIn("nobody@example.com", password: "wrong", from: address)
            #expect(sixth.status == .tooManyRequests)
            let owner = try await login.logIn(email, from: address)
            #expect(owner.status == .created)
        }
    }

    @Test func aFullSlowLaneTellsStrangersToComeBackAndLetsTheOwnerIn() async throws {
        try await LoginFixture.with(["LOGIN_SLOW_AFTER": "1", "LOGIN_SLOW_WAITING": "0"]) { login in
            let email = "attacked-\(UUID().uuidString.lowercased())@example.com"
            _ = try await login.register(email)
            let home = LoginFixture.randomAddress()
            #expect(try await login.logIn(email, from: home).status == .created)
            #expect(try await login.logIn(email, password: "wrong", from: LoginFixture.randomAddress()).status == .unauthorized)
            for _ in 0..<3 {
                let stranger = try await login.logIn(email, password: "wrong", from: LoginFixture.randomAddress())
                #expect(stranger.status == .tooManyRequests)
                #expect(stranger.headers[.retryAfter] == "1")
            }
            #expect(try await login.logIn(email, from: home).status == .created)
        }
    }

    @Test func goodLoginsAreNeverLimited() async throws {
        try await LoginFixture.with(["LOGIN_FAILURES_PER_ACCOUNT_AND_ADDRESS": "2", "LOGIN_FAILURES_PER_ADDRESS": "2"]) { login in
            let email = "busy-\(UUID().uuidString.lowercased())@example.com"
            let address = LoginFixture.randomAddress()
            _ = try await login.register(email)
            for _ in 0..<10 {
                let response = try await login.logIn(email, from: address)
                #expect(response.status == .created)
            }
        }
    }

    @Test func staffAccountIsThereAndSurvivesASecondStart() async throws {
        let settings = ["STAFF_EMAIL": "staff@souk.example", "STAFF_PASSWORD": "staff password"]
        try await LoginFixture.with(settings) { login in
            let tokens = try await login.logIn("staff@souk.example", password: "staff password").decoded(LoginFixture.Tokens.self)
            #expect(tokens.account.scopes == ["shopper", "staff"])
        }
    }

    @Test func publishedKeysVerifyTheTokens() async throws {
        try await LoginFixture.with(["SIGNING_KEY_SECRET": String(repeating: "s", count: 32)]) { login in
            let account = try await login.register("keys@example.com")
            let tokens = try await login.logIn("keys@example.com").decoded(LoginFixture.Tokens.self)
            let document = try await login.send(.get, "/.well-known/jwks.json")
            #expect(document.headers[.cacheControl] == "public, max-age=300")
            let bytes = Array(document.body.readableBytesView)
            #expect(!String(decoding: bytes, as: UTF8.self).contains("\"d\""))
            let principal = try await TokenVerifier { bytes }.verify(tokens.access_token)
            #expect(principal.accountID == account.id)
            #expect(!principal.isStaff)
            // 32 bytes of key, 12 of nonce, 16 of tag: what is stored is not the key itself.
            let lengths = try await login.postgres.query("select length(private_key) from signing_keys where is_encrypted").decode(
                Int32.self)
            #expect(lengths == [60])
        }
    }

    @Test func forgedAndExpiredTokensAreRefused() async throws {
        try await LoginFixture.with(["ACCESS_TOKEN_SECONDS": "1"]) { login in
            _ = try await login.register("expired@example.com")
            let tokens = try await login.logIn("expired@example.com").decoded(LoginFixture.Tokens.self)
            var forged = tokens.access_token
            forged.removeLast(4)
            let refused = try await login.send(.get, "/v1/accounts/me", token: forged + "AAAA")
            #expect(refused.status == .unauthorized)
            let expired = await eventually(within: .seconds(120)) {
                (try? await login.send(.get, "/v1/accounts/me", token: tokens.access_token).status) == .unauthorized
            }
            #expect(expired)
        }
    }
}
