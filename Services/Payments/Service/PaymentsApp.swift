import Events
import Hummingbird
import Logging
import Postgres
import Redis
import ResilienceMetrics
public import ServiceKit

/// Payments as a process.
public struct PaymentsApp: ServiceApp {
    public static let name = "payments"

    public static var settings: [any SettingDescription] { PaymentsSettings.all }

    public init(host: ServiceHost) async throws {
        let settings = host.settings
        let apiKey = try settings.value(PaymentsSettings.apiKey)
        let configuration = PSPConfiguration(
            url: try settings.value(PaymentsSettings.pspURL),
            apiKey: apiKey,
            requestTimeout: try settings.value(PaymentsSettings.timeout)
        )
        let secrets = try settings.value(PaymentsSettings.webhookSecret).split(separator: ",").map(String.init)
        let worker = CallWorkerConfiguration(concurrency: try settings.value(PaymentsSettings.concurrency))

        let postgres = try await host.postgres(migrations: PaymentsMigrations.all)
        let log = RedisEventLog(redis: try host.redisLog())
        let gateway = PSPGateway(
            configuration: configuration, client: host.httpClient,
            observer: PolicyMetrics(target: PSPGateway.target, method: "all"),
            breakerObserver: BreakerMetrics(target: PSPGateway.target, logger: host.logger)
        )
        let payments = PaymentsAssembly(postgres: postgres, log: log, gateway: gateway, worker: worker, logger: host.logger)
        for service in payments.services { host.add(service) }
        let reconciliation = Reconciliation(postgres: postgres, gateway: gateway, logger: host.logger)
        let interval = try settings.value(PaymentsSettings.reconciliation)
        host.add(
            PeriodicWork("reconciliation", every: interval, deadline: .seconds(60), logger: host.logger) { try await reconciliation.run() }
        )
        let outboxSample = OutboxSample(outbox: payments.outbox, postgres: postgres)
        try host.sample("outbox") { try await outboxSample.take() }
        let ledgerSample = LedgerSample(postgres: postgres)
        try host.sample("ledger") { try await ledgerSample.take() }

        let signal = payments.signal
        let routes = PaymentRoutes(
            register: RegisterPaymentMethod(postgres: postgres, gateway: gateway, idempotency: host.idempotency(postgres)),
            methods: ListPaymentMethods(postgres: postgres),
            find: FindPayment(postgres: postgres),
            secret: apiKey
        )
        routes.add(to: host.router)
        let webhooks = WebhookRoute(
            verifier: WebhookVerifier(secrets: secrets),
            intake: WebhookIntake(postgres: postgres) { signal.wake() },
            logger: host.logger
        )
        webhooks.add(to: host.router)
        host.serveOpenAPI(PackageResources.openapi_json, as: "payments")
    }
}
