import RPC
import Resilience
import SwiftProtobuf
import Synchronization
import Testing
import Wire

@Suite(.serialized, .timeLimit(.minutes(5))) struct LoopbackTests {
    private let echo = RPCHandler(TestMethods.echo) { request, _ in request }

    @Test func aCallIsAnswered() async throws {
        try await withLoopback(handlers: [echo]) { client, _ in
            let reply = try await client.call(TestMethods.echo, "ring")
            #expect(reply.value == "ring")
        }
    }

    @Test func manyCallsAtOnceAreAnsweredEachWithItsOwn() async throws {
        try await withLoopback(handlers: [echo]) { client, _ in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<600 {
                    group.addTask {
                        let reply = try await client.call(TestMethods.echo, .init("\(number)"))
                        #expect(reply.value == "\(number)")
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test(arguments: [0, 1, 65_530, 65_536, 1_000_000, 4_000_000])
    func bigMessagesPassBothWays(count: Int) async throws {
        let handler = RPCHandler(TestMethods.bytes) { request, _ in request }
        try await withLoopback(handlers: [handler]) { client, _ in
            var request = TestMethods.Bytes()
            request.value = .init(repeating: 7, count: count)
            let reply = try await client.call(TestMethods.bytes, request)
            #expect(reply.value.count == count)
        }
    }

    @Test func moreThanOneWindowPassesOverOneConnection() async throws {
        // A connection stops dead at 64 KiB, or at its raised window, if nobody opens the windows again.
        let handler = RPCHandler(TestMethods.bytes) { request, _ in request }
        var configuration = RPCClientConfiguration.patient
        configuration.connectionsPerEndpoint = 1
        try await withLoopback(handlers: [handler], client: configuration) { client, _ in
            var request = TestMethods.Bytes()
            request.value = .init(repeating: 1, count: 900_000)
            for _ in 0..<24 {
                let reply = try await client.call(TestMethods.bytes, request)
                #expect(reply.value.count == 900_000)
            }
        }
    }

    @Test func statusAndMessageReachTheCaller() async throws {
        let handler = RPCHandler(TestMethods.echo) { _, _ in
            throw RPCError(.failedPrecondition, "zwölf % Rabatt\nausverkauft 🛍", details: [1, 2, 255])
        }
        try await withLoopback(handlers: [handler]) { client, _ in
            let error = await #expect(throws: RPCError.self) { try await client.call(TestMethods.echo, "x") }
            #expect(error == RPCError(.failedPrecondition, "zwölf % Rabatt\nausverkauft 🛍", details: [1, 2, 255]))
        }
    }

    @Test func errorsThatNobodyTranslatedHideTheirText() async throws {
        struct Secret: Error {}
        let handler = RPCHandler(TestMethods.echo) { _, _ in throw Secret() }
        try await withLoopback(handlers: [handler]) { client, _ in
            let error = await #expect(throws: RPCError.self) { try await client.call(TestMethods.echo, "x") }
            #expect(error == RPCError(.unknown))
        }
    }

    @Test func anUnknownMethodIsUnimplemented() async throws {
        try await withLoopback(handlers: []) { client, _ in
            let error = await #expect(throws: RPCError.self) { try await client.call(TestMethods.echo, "x") }
            #expect(error?.code == .unimplemented)
        }
    }

    @Test func theServerAnswersAtTheDeadlineAndCancelsTheHandler() async throws {
        let hasBegun = Mutex(false)
        let (cancelled, report) = AsyncStream.makeStream(of: Void.self)
        let handler = RPCHandler(TestMethods.echo) { _, context in
            hasBegun.withLock { $0 = true }
            #expect(CallScope.current.deadline == context.deadline)
            do {
                try await Task.sleep(for: .seconds(600))
            } catch {
                report.yield()
            }
            return "late"
        }
        var configuration = RPCClientConfiguration.patient
        // The client would answer itself after its slack: here the server's answer is wanted, however late.
        configuration.deadlineSlack = .seconds(60)
        try await withLoopback(handlers: [handler], client: configuration) { client, _ in
            // A busy machine may not come to the handler in so short a time: then the next call has more.
            for timeout in [80, 500, 3_000, 20_000] where !hasBegun.withLock({ $0 }) {
                let error = await #expect(throws: RPCError.self) {
                    try await client.call(TestMethods.echo, "x", timeout: .milliseconds(timeout))
                }
                guard hasBegun.withLock({ $0 }) else { continue }
                #expect(error == RPCError(.deadlineExceeded, "the deadline has passed"))
            }
            let begun = hasBegun.withLock { $0 }
            try #require(begun)
            for await _ in cancelled { break }
        }
    }

    @Test func theInheritedDeadlineHolds() async throws {
        let handler = RPCHandler(TestMethods.echo) { _, context in .init("\(context.deadline.remaining < .seconds(61))") }
        try await withLoopback(handlers: [handler]) { client, _ in
            let reply = try await withDeadline(.after(.seconds(60))) {
                try await client.call(TestMethods.echo, "x", timeout: .seconds(600))
            }
            #expect(reply.value == "true")
            let error = await #expect(throws: RPCError.self) {
                try await withDeadline(.after(.zero)) { try await client.call(TestMethods.echo, "x") }
            }
            #expect(error?.code == .deadlineExceeded)
        }
    }

    @Test func cancellingTheCallerCancelsTheHandler() async throws {
        let (started, begin) = AsyncStream.makeStream(of: Void.self)
        let (cancelled, report) = AsyncStream.makeStream(of: Void.self)
        let handler = RPCHandler(TestMethods.echo) { _, _ in
            begin.yield()
            do {
                try await Task.sleep(for: .seconds(600))
            } catch {
                report.yield()
            }
            return "late"
        }
        try await withLoopback(handlers: [handler]) { client, _ in
            let call = Task { try await client.call(TestMethods.echo, "x") }
            for await _ in started { break }
            call.cancel()
            let error = await #expect(throws: RPCError.self) { try await call.value }
            #expect(error?.code == .cancelled)
            for await _ in cancelled { break }
        }
    }

    @Test func metadataReachesTheHandler() async throws {
        let handler = RPCHandler(TestMethods.echo) { _, context in
            .init("\(context.metadata["X-Tenant"] ?? "-") \(context.metadata.bytes("trace-bin") ?? [])")
        }
        try await withLoopback(handlers: [handler]) { client, _ in
            var metadata: RPCMetadata = ["X-Tenant": "bazaar"]
            metadata.append("trace-bin", bytes: [0, 255])
            let reply = try await client.call(TestMethods.echo, "x", metadata: metadata)
            #expect(reply.value == "bazaar [0, 255]")
        }
    }

    @Test func aCallerWithoutTheSecretIsTurnedAway() async throws {
        let handler = RPCHandler(TestMethods.echo) { _, context in .init(context.caller ?? "nobody") }
        let authenticator = RPCAuthenticator.sharedSecrets([("s3cret", "cart")])
        var configuration = RPCClientConfiguration.patient
        try await withLoopback(handlers: [handler], authenticator: authenticator, client: configuration) { client, _ in
            let error = await #expect(throws: RPCError.self) { try await client.call(TestMethods.echo, "x") }
            #expect(error?.code == .unauthenticated)
        }
        configuration.bearerToken = "s3cret"
        try await withLoopback(handlers: [handler], authenticator: authenticator, client: configuration) { client, _ in
            let reply = try await client.call(TestMethods.echo, "x")
            #expect(reply.value == "cart")
        }
    }

    @Test func aFailedWriteIsNotRetriedAndAReadIs() async throws {
        let attempts = Mutex(0)
        let body: @Sendable (TestMethods.Text, RPCContext) async throws -> TestMethods.Text = { request, context in
            let number = attempts.withLock { attempts in
                attempts += 1
                return attempts
            }
            if number % 2 == 1 { throw RPCError(.unavailable, "try again") }
            return .init("\(context.previousAttempts)")
        }
        let handlers = [RPCHandler(TestMethods.echo, body), RPCHandler(TestMethods.write, body)]
        try await withLoopback(handlers: handlers) { client, _ in
            let reply = try await client.call(TestMethods.echo, "x")
            #expect(reply.value == "1")
            let error = await #expect(throws: RPCError.self) { try await client.call(TestMethods.write, "x") }
            #expect(error?.code == .unavailable)
            #expect(attempts.withLock { $0 } == 3)
        }
    }
}
