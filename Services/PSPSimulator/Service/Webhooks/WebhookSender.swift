package import AsyncHTTPClient
import Foundation
package import Logging
import NIOCore
import NIOHTTP1
import ServiceLifecycle
import Synchronization

/// Sends webhooks until the client accepts them, a few at a time.
///
/// What waits is in memory only: after a restart the client has to ask for the state, as it must be able to anyway.
package final class WebhookSender: Service {
    private struct State {
        var queue: WebhookQueue
        var inFlight = 0
    }

    /// Deliveries that run at once.
    private static let concurrency = 16

    /// Sends one signed body and says whether the client accepted it.
    package typealias Transport = @Sendable (_ body: [UInt8], _ signature: String) async -> Bool

    private let secret: String
    private let transport: Transport
    private let state: Mutex<State>
    private let wake: AsyncStream<Void>
    private let waker: AsyncStream<Void>.Continuation
    private let start = ContinuousClock.now

    package init(secret: String, faults: WebhookFaults, transport: @escaping Transport) {
        self.secret = secret
        self.transport = transport
        self.state = Mutex(State(queue: WebhookQueue(faults: faults)))
        (self.wake, self.waker) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Tells the client of a journal line, where it is one that clients are told of.
    package func announce(_ record: JournalRecord) {
        guard let event = WebhookEvent(record) else { return }
        self.state.withLock { $0.queue.accept(event) }
        self.waker.yield()
    }

    /// Sends what is due until the task is cancelled or the process shuts down.
    package func run() async {
        await withDiscardingTaskGroup { group in
            group.addTask { await self.tick() }
            for await _ in self.wake.cancelOnGracefulShutdown() {
                while let delivery = self.take() {
                    group.addTask { await self.deliver(delivery) }
                }
            }
            group.cancelAll()
        }
    }

    /// Wakes the loop for retries and lets go of events that were held back.
    private func tick() async {
        while !Task.isCancelled {
            // Cancellation ends the pause, and with it the loop.
            try? await Task.sleep(for: .milliseconds(250))
            self.state.withLock { $0.queue.release() }
            self.waker.yield()
        }
    }

    private var now: Duration { self.start.duration(to: .now) }

    private func take() -> WebhookQueue.Delivery? {
        let now = self.now
        return self.state.withLock { state in
            guard state.inFlight < Self.concurrency, let delivery = state.queue.next(at: now) else { return nil }
            state.inFlight += 1
            return delivery
        }
    }

    private func deliver(_ delivery: WebhookQueue.Delivery) async {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let body = (try? encoder.encode(delivery.event)).map { [UInt8]($0) } ?? []
        let seconds = Int64(Date().timeIntervalSince1970)
        let signature = WebhookSignature.header(body: body, secret: self.secret, secondsSince1970: seconds)
        let isAccepted = await self.transport(body, signature)
        let now = self.now
        self.state.withLock { state in
            state.inFlight -= 1
            if !isAccepted { state.queue.failed(delivery, at: now) }
        }
        self.waker.yield()
    }
}

extension WebhookSender {
    /// Sends by HTTP POST; any 2xx within five seconds means accepted.
    package static func http(url: String, client: HTTPClient, logger: Logger) -> Transport {
        { body, signature in
            var request = HTTPClientRequest(url: url)
            request.method = .POST
            request.headers.add(name: "Content-Type", value: "application/json")
            request.headers.add(name: WebhookSignature.headerName, value: signature)
            request.body = .bytes(body)
            do {
                let response = try await client.execute(request, timeout: .seconds(5))
                _ = try await response.body.collect(upTo: 64 * 1024)
                return (200..<300).contains(Int(response.status.code))
            } catch {
                logger.debug("Webhook not delivered")
                return false
            }
        }
    }
}
