import HTTPTypes
import LoginService
import ServiceKit
import Testing

@Suite(.timeLimit(.minutes(10)))
struct Argon2PasswordHasherTests {
    static let cheap: Argon2Parameters = {
        var parameters = Argon2Parameters()
        parameters.memory = 64
        return parameters
    }()

    @Test func defaultsAreOWASPs() async throws {
        let hasher = try Argon2PasswordHasher(concurrency: 1, queueLimit: 1)
        let hash = try await hasher.hash(Array("correct horse".utf8))
        #expect(hash.hasPrefix("$argon2id$v=19$m=19456,t=2,p=1$"))
        #expect(try await hasher.verify(Array("correct horse".utf8), against: hash))
    }

    @Test func onlyTheSamePasswordFits() async throws {
        let hasher = try Argon2PasswordHasher(parameters: Self.cheap, concurrency: 2, queueLimit: 100)
        let long = [UInt8](repeating: 7, count: 1_024)
        let hash = try await hasher.hash(long)
        #expect(try await hasher.verify(long, against: hash))
        #expect(try await !hasher.verify(Array(long.dropLast()), against: hash))
        #expect(try await !hasher.verify(Array(long.dropLast()) + [8], against: hash))
        #expect(try await !hasher.verify([], against: hash))
        let withNull = try await hasher.hash([1, 2, 0, 4, 5, 6, 7, 8])
        #expect(try await !hasher.verify([1, 2], against: withNull))
    }

    @Test func equalPasswordsHaveDifferentHashes() async throws {
        let hasher = try Argon2PasswordHasher(parameters: Self.cheap, concurrency: 2, queueLimit: 100)
        #expect(try await hasher.hash([1, 2, 3]) != hasher.hash([1, 2, 3]))
    }

    @Test func withoutAHashTheAnswerIsNo() async throws {
        let hasher = try Argon2PasswordHasher(parameters: Self.cheap, concurrency: 2, queueLimit: 100)
        #expect(try await !hasher.verify(Array("anything".utf8), against: nil))
    }

    @Test func weakerHashesAreOutdated() async throws {
        let hasher = try Argon2PasswordHasher(parameters: Self.cheap, concurrency: 2, queueLimit: 100)
        #expect(!hasher.isOutdated(try await hasher.hash([1])))
        #expect(hasher.isOutdated("$argon2id$v=19$m=32,t=2,p=1$abc$def"))
    }

    @Test func whoFindsTheQueueFullIsToldToComeBack() async throws {
        let hasher = try Argon2PasswordHasher(concurrency: 1, queueLimit: 2)
        let outcomes = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<20 {
                group.addTask {
                    do {
                        _ = try await hasher.hash([1, 2, 3])
                        return 200
                    } catch {
                        return (error as? Problem)?.status.code ?? 0
                    }
                }
            }
            return await group.reduce(into: [Int: Int]()) { $0[$1, default: 0] += 1 }
        }
        #expect((outcomes[200] ?? 0) >= 3)
        #expect((outcomes[503] ?? 0) >= 1)
        #expect((outcomes[200] ?? 0) + (outcomes[503] ?? 0) == 20)
        _ = try await hasher.hash([1])
    }
}
