import Testing

@testable import RPC

@Suite(.timeLimit(.minutes(5))) struct NameResolverTests {
    @Test func aNameGivesAllItsAddresses() async throws {
        let endpoints = try await NameResolver.resolve(host: "localhost", port: 80)
        #expect(endpoints.contains { $0.host == "127.0.0.1" || $0.host == "::1" })
        #expect(endpoints.allSatisfy { $0.port == 80 })
        #expect(Set(endpoints).count == endpoints.count)
    }

    @Test func anAddressIsItsOwnName() async throws {
        let endpoints = try await NameResolver.resolve(host: "127.0.0.1", port: 1)
        #expect(endpoints == [Endpoint(host: "127.0.0.1", port: 1)])
    }

    @Test func aNameWithoutAddressIsAnErrorWithItsName() async {
        let error = await #expect(throws: EndpointSourceError.self) {
            try await NameResolver.resolve(host: "no such name", port: 1)
        }
        #expect(error?.message.hasPrefix("no such name: ") == true)
    }

    @Test func callsReachAServerByName() async throws {
        let handler = RPCHandler(TestMethods.echo) { request, _ in request }
        let instance = try await TestInstance.start(handlers: [handler])
        let source = try EndpointSource(parsing: "dns:localhost:\(instance.endpoint.port)")
        try await withClient(of: source) { client in
            let isServing = try await client.checkHealth(timeout: .seconds(60))
            #expect(isServing)
        }
        await instance.crash()
    }
}
