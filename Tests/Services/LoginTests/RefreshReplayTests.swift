import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Postgres
import ServiceKit
import TestSupport
import Testing

@testable import LoginService

/// A refresh that is sent twice by the same client: side by side, or because its answer was lost.
@Suite(.enabled(if: TestServers.postgres != nil && TestServers.redis != nil))
struct RefreshReplayTests {
    private static let settings = ["SIGNING_KEY_SECRET": "0123456789abcdef0123456789abcdef"]

    private func tokens(_ login: LoginFixture, _ email: String) async throws -> LoginFixture.Tokens {
        _ = try await login.register(email)
        return try await login.logIn(email).decoded()
    }

    @Test func sameRequestGetsTheSameRefreshTokenAgain() async throws {
        try await LoginFixture.with(Self.settings) { login in
            let first = try await self.tokens(login, "twice@example.com").refresh_token
            let one: LoginFixture.Tokens = try await login.refresh(first, key: "a-key-of-the-client").decoded()
            let again = try await login.refresh(first, key: "a-key-of-the-client")
            #expect(again.status == .created)
            #expect(again.headers[.idempotencyReplayed] == "true")
            let two: LoginFixture.Tokens = try again.decoded()
            #expect(two.refresh_token == one.refresh_token)
            #expect(try await login.refresh(one.refresh_token).status == .created)
        }
    }

    @Test func parallelRequestsUnderOneKeyAllGoOn() async throws {
        try await LoginFixture.with(Self.settings) { login in
            let first = try await self.tokens(login, "parallel@example.com").refresh_token
            let answers = try await withThrowingTaskGroup(of: TestResponse.self) { group in
                for _ in 0..<8 { group.addTask { try await login.refresh(first, key: "one-key-for-all") } }
                return try await group.reduce(into: [TestResponse]()) { $0.append($1) }
            }
            #expect(answers.allSatisfy { $0.status == .created })
            let next = Set(try answers.map { try $0.decoded(LoginFixture.Tokens.self).refresh_token })
            #expect(next.count == 1)
        }
    }

    @Test(arguments: [nil, "another-key"])
    func whoHasOnlyTheTokenEndsTheSession(key: String?) async throws {
        try await LoginFixture.with(Self.settings) { login in
            let first = try await self.tokens(login, "thief@example.com").refresh_token
            let next: LoginFixture.Tokens = try await login.refresh(first, key: "a-key-of-the-client").decoded()
            #expect(try await login.refresh(first, key: key).status == .unauthorized)
            #expect(try await login.refresh(next.refresh_token).status == .unauthorized)
        }
    }

    @Test func afterTheWindowItIsAReuse() async throws {
        try await LoginFixture.with(Self.settings) { login in
            let first = try await self.tokens(login, "late@example.com").refresh_token
            let next: LoginFixture.Tokens = try await login.refresh(first, key: "a-key-of-the-client").decoded()
            try await login.postgres.execute("update refresh_tokens set used_at = used_at - interval '3 minutes' where used_at is not null")
            #expect(try await login.refresh(first, key: "a-key-of-the-client").status == .unauthorized)
            #expect(try await login.refresh(next.refresh_token).status == .unauthorized)
        }
    }

    @Test func withoutASecretNothingIsAnsweredTwice() async throws {
        try await LoginFixture.with { login in
            let first = try await self.tokens(login, "plain@example.com").refresh_token
            #expect(try await login.refresh(first, key: "a-key-of-the-client").status == .created)
            #expect(try await login.refresh(first, key: "a-key-of-the-client").status == .unauthorized)
        }
    }
}
