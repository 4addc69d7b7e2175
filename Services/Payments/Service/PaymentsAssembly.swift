package import Events
package import Logging
package import Postgres
import ServiceKit
package import ServiceLifecycle

/// The inside of payments, without its HTTP edge: what hears commands, what calls the provider, what says replies.
package struct PaymentsAssembly: Sendable {
    /// The name under which payments reads other services' topics.
    package static let group = "payments"

    package let outbox: Outbox
    package let signal: WorkSignal
    package let processor: CommandProcessor
    package let worker: CallWorker
    /// Everything that must run, in the order in which it is needed.
    package let services: [any Service]

    package init(
        postgres: PostgresClient,
        log: any EventLog,
        gateway: any PaymentGateway,
        worker configuration: CallWorkerConfiguration = CallWorkerConfiguration(),
        logger: Logger
    ) {
        let outbox = Outbox(topic: PaymentsTopics.own, source: "souk/payments")
        let signal = WorkSignal()
        let processor = CommandProcessor(outbox: outbox) { signal.wake() }
        let queue = PostgresCallQueue(postgres: postgres, processor: processor)
        let worker = CallWorker(queue: queue, gateway: gateway, signal: signal, configuration: configuration, logger: logger)
        let relay = OutboxRelay(outbox: outbox, postgres: postgres, log: log, logger: logger)
        let consumer = EventConsumer(
            group: Self.group,
            topics: [TopicSubscription(topic: PaymentsTopics.commands)],
            log: log,
            postgres: postgres,
            handler: PaymentCommandHandler(processor: processor),
            logger: logger
        )
        self.outbox = outbox
        self.signal = signal
        self.processor = processor
        self.worker = worker
        let backlog = PeriodicWork("provider-backlog", every: .seconds(5), deadline: .seconds(5), logger: logger) {
            try await worker.measureBacklog()
        }
        self.services = [relay, worker, consumer, backlog]
    }
}
