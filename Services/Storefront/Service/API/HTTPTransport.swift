import AsyncHTTPClient
import HTTPTypes
import NIOCore
import NIOHTTP1
import Resilience
import ServiceKit
import ServiceLifecycle
import Tracing

/// The services over HTTP/1.1. It has clients of its own: a pool of the default size would be used up by a handful of
/// live streams, and streams must not keep pages waiting.
struct HTTPTransport: APITransport, Service {
    private static let bodyLimit = 4 * 1_024 * 1_024

    private let origins: [APIService: String]
    private let proxyKey: String
    private let agent: String
    private let calls: HTTPClient
    private let streams: HTTPClient

    init(origins: [APIService: String], proxyKey: String, agent: String) {
        self.origins = origins
        self.proxyKey = proxyKey
        self.agent = agent
        self.calls = HTTPClient(eventLoopGroupProvider: .singleton, configuration: Self.configuration(connections: 256))
        var streaming = Self.configuration(connections: 100_000)
        // order-tracking says every ten seconds that a stream is alive: one that misses three of them is not.
        streaming.timeout.read = .seconds(30)
        self.streams = HTTPClient(eventLoopGroupProvider: .singleton, configuration: streaming)
    }

    private static func configuration(connections: Int) -> HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration()
        // A redirect of a service would be a mistake of ours: tokens do not travel to wherever it says.
        configuration.redirectConfiguration = .disallow
        configuration.timeout.connect = .milliseconds(1_000)
        // Retries are ours; between the pool's own there would soon be a minute, long after the other side is back.
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = connections
        // Shorter than the balancer keeps an idle connection, so that none is used which it closes at that moment.
        configuration.connectionPool.idleTimeout = .seconds(30)
        configuration.httpVersion = .http1Only
        return configuration
    }

    /// Lives as long as the process; then the connections are closed.
    func run() async throws {
        try? await gracefulShutdown()
        try await self.calls.shutdown()
        try await self.streams.shutdown()
    }

    func send(_ request: APIRequest, to service: APIService, deadline: Deadline) async throws -> APIAnswer {
        let (head, body) = try await self.calls.exchange(
            self.message(request, service), within: deadline.remaining, bodyLimit: Self.bodyLimit
        )
        return APIAnswer(
            status: Int(head.status.code), headers: Self.fields(head.headers), body: Array(body.readableBytesView)
        )
    }

    func open(_ request: APIRequest, at service: APIService, deadline: Deadline) async throws -> APIStream {
        let head = try await self.streams.open(self.message(request, service), within: deadline.remaining)
        return APIStream(status: Int(head.status.code), headers: Self.fields(head.headers), chunks: head.body)
    }

    private func message(_ request: APIRequest, _ service: APIService) -> HTTPClientRequest {
        var message = HTTPClientRequest(url: (self.origins[service] ?? "") + request.path)
        message.method = HTTPMethod(rawValue: request.method.rawValue)
        var fields = request.headers
        if let context = ServiceContext.current {
            InstrumentationSystem.instrument.inject(context, into: &fields, using: HTTPFieldsCarrier())
        }
        for field in fields { message.headers.add(name: field.name.rawName, value: field.value) }
        message.headers.replaceOrAdd(name: "User-Agent", value: self.agent)
        if !self.proxyKey.isEmpty { message.headers.add(name: "Souk-Proxy-Key", value: self.proxyKey) }
        if let body = request.body { message.body = .bytes(ByteBuffer(bytes: body)) }
        return message
    }

    private static func fields(_ headers: HTTPHeaders) -> HTTPFields {
        var fields = HTTPFields()
        for (name, value) in headers {
            if let name = HTTPField.Name(name) { fields.append(HTTPField(name: name, value: value)) }
        }
        return fields
    }
}
