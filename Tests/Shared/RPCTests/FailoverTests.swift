import Foundation
import Resilience
import SwiftProtobuf
import Synchronization
import TestSupport
import Testing

@testable import RPC

/// Several instances that come and go.
@Suite(.serialized, .timeLimit(.minutes(5))) struct FailoverTests {
    /// Holds the calls that say "held" until the test opens it.
    private let gate = Gate<Void>()

    private func instance(
        _ name: String,
        port: Int = 0,
        configuration: RPCServerConfiguration = RPCServerConfiguration()
    ) async throws -> TestInstance {
        let gate = self.gate
        let handler = RPCHandler(TestMethods.write) { request, _ in
            if let milliseconds = Int(request.value) {
                try await Task.sleep(for: .milliseconds(milliseconds))
            }
            if request.value == "held" { try await gate.value() }
            return .init(name)
        }
        return try await .start(port: port, configuration: configuration, handlers: [handler])
    }

    @Test func callsSpreadOverTheInstances() async throws {
        let instances = [try await instance("a"), try await instance("b"), try await instance("c")]
        try await withClient(of: .list(instances.map(\.endpoint))) { client in
            #expect(await eventually { client.balancer.readyConnections == 6 })
            var counts: [String: Int] = [:]
            for _ in 0..<150 {
                counts[try await client.call(TestMethods.write, "").value, default: 0] += 1
            }
            #expect(counts.count == 3)
        }
        for instance in instances { await instance.crash() }
    }

    @Test func aGracefulShutdownCostsNoCallAlthoughNoneMayBeRepeated() async throws {
        let (staying, leaving) = (try await instance("staying"), try await instance("leaving"))
        try await withClient(of: .list([staying.endpoint, leaving.endpoint])) { client in
            #expect(await eventually { client.balancer.readyConnections == 4 })
            let answers = try await withThrowingTaskGroup(of: String.self) { group in
                for number in 0..<400 {
                    if number == 200 {
                        group.addTask {
                            await leaving.shutDown()
                            return "shut down"
                        }
                    }
                    // Steady traffic, a few calls at a time.
                    if number >= 8 { _ = try await group.next() }
                    group.addTask { try await client.call(TestMethods.write, "5").value }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers.contains("staying"))
            for _ in 0..<20 {
                let answer = try await client.call(TestMethods.write, "")
                #expect(answer.value == "staying")
            }
        }
        await staying.crash()
    }

    @Test func aCrashedInstanceIsFoundAgainWhenItIsBack() async throws {
        let first = try await instance("first")
        try await withClient(of: .list([first.endpoint])) { client in
            #expect(try await client.call(TestMethods.write, "").value == "first")
            await first.crash()
            let error = await #expect(throws: RPCError.self) {
                try await client.call(TestMethods.write, "", timeout: .milliseconds(200))
            }
            #expect(error?.code == .unavailable || error?.code == .deadlineExceeded)
            let second = try await instance("second", port: first.endpoint.port)
            let isBack = await eventually { (try? await client.call(TestMethods.write, ""))?.value == "second" }
            #expect(isBack)
            await second.crash()
        }
    }

    @Test func aRefusedCallGoesToAnotherInstance() async throws {
        var narrow = RPCServerConfiguration()
        narrow.maximumConcurrentStreams = 1
        let (small, big) = (try await instance("small", configuration: narrow), try await instance("big"))
        try await withClient(of: .list([small.endpoint, big.endpoint])) { client in
            #expect(await eventually { client.balancer.readyConnections == 4 })
            try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<60 {
                    group.addTask { try await client.call(TestMethods.write, "50").value }
                }
                let answers = try await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
                #expect(answers["small", default: 0] + answers["big", default: 0] == 60)
            }
        }
        await small.crash()
        await big.crash()
    }

    @Test func aWatchedFileIsFollowed() async throws {
        let (first, second) = (try await instance("first"), try await instance("second"))
        let file = FileManager.default.temporaryDirectory.appending(path: "souk-endpoints-\(UUID())")
        defer { try? FileManager.default.removeItem(at: file) }
        try "\(first.endpoint)\n".write(to: file, atomically: true, encoding: .utf8)
        var configuration = RPCClientConfiguration.patient
        configuration.endpointPollInterval = .milliseconds(20)
        try await withClient(of: .file(file.path()), configuration: configuration) { client in
            #expect(try await client.call(TestMethods.write, "").value == "first")
            try "# moved\n\(second.endpoint)\n".write(to: file, atomically: true, encoding: .utf8)
            #expect(try await eventually { try await client.call(TestMethods.write, "").value == "second" })
            // A broken file changes nothing.
            try "not an address".write(to: file, atomically: true, encoding: .utf8)
            #expect(try await client.call(TestMethods.write, "").value == "second")
        }
        await first.crash()
        await second.crash()
    }

    @Test func withoutAnyInstanceACallFailsInTime() async throws {
        var configuration = RPCClientConfiguration.patient
        configuration.connectionPatience = .milliseconds(100)
        // Nothing listens on the discard port of this machine.
        try await withClient(of: .list([Endpoint(host: "127.0.0.1", port: 9)]), configuration: configuration) { client in
            let error = await #expect(throws: RPCError.self) { try await client.call(TestMethods.write, "") }
            #expect(error?.code == .unavailable)
        }
    }

    @Test func threeHundredTimeoutsDoNotHurtAnInnocentCall() async throws {
        let instance = try await instance("a")
        var configuration = RPCClientConfiguration.patient
        configuration.connectionsPerEndpoint = 1
        configuration.breaker.minimumCalls = .max
        try await withClient(of: .list([instance.endpoint]), configuration: configuration) { client in
            #expect(await eventually { client.balancer.readyConnections == 1 })
            async let innocent = client.call(TestMethods.write, "held")
            await withTaskGroup(of: RPCError.Code?.self) { group in
                for _ in 0..<300 {
                    group.addTask {
                        do {
                            _ = try await client.call(TestMethods.write, "held", timeout: .milliseconds(30))
                            return nil
                        } catch {
                            return (error as? RPCError)?.code
                        }
                    }
                }
                for await code in group { #expect(code == .deadlineExceeded) }
            }
            self.gate.fulfil(.success(()))
            let answer = try await innocent
            #expect(answer.value == "a")
        }
        await instance.crash()
    }

    @Test func threeHundredCancellationsDoNotHurtAnInnocentCall() async throws {
        let instance = try await instance("a")
        var configuration = RPCClientConfiguration.patient
        configuration.connectionsPerEndpoint = 1
        try await withClient(of: .list([instance.endpoint]), configuration: configuration) { client in
            #expect(await eventually { client.balancer.readyConnections == 1 })
            async let innocent = client.call(TestMethods.write, "held")
            let calls = (0..<300).map { _ in Task { try await client.call(TestMethods.write, "held") } }
            #expect(await eventually { client.balancer.inFlight == 301 })
            for call in calls { call.cancel() }
            for call in calls { _ = await #expect(throws: RPCError.self) { try await call.value } }
            self.gate.fulfil(.success(()))
            let answer = try await innocent
            #expect(answer.value == "a")
        }
        await instance.crash()
    }
}
