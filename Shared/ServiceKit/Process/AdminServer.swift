import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Resilience
import Telemetry

/// The operator's side door: `/livez`, `/readyz`, `/metrics`, `/routes`, on a port of its own that no balancer shows to the world.
enum AdminServer {
    private struct Readiness: Encodable {
        var status: String
        var checks: [String: String]
    }

    static func application(
        host: String,
        port: Int,
        telemetry: Telemetry,
        readiness: ReadinessState,
        checks: [ReadinessCheck],
        routes: [String],
        logger: Logger
    ) -> some ApplicationProtocol {
        let router = Router(context: BasicRequestContext.self)
        router.get("/livez") { _, _ in "ok\n" }
        router.get("/readyz") { _, _ in try await self.readyz(readiness, checks) }
        router.get("/metrics") { _, _ in
            Response(
                status: .ok,
                headers: [.contentType: PrometheusText.contentType],
                body: ResponseBody(byteBuffer: ByteBuffer(string: telemetry.registry.text()))
            )
        }
        router.get("/routes") { _, _ in try JSONCoding.response(routes) }
        return Application(
            router: router,
            configuration: ApplicationConfiguration(address: .hostname(host, port: port)),
            logger: logger
        )
    }

    private static func readyz(_ readiness: ReadinessState, _ checks: [ReadinessCheck]) async throws -> Response {
        let phase = readiness.phase
        var results: [String: String] = [:]
        if phase == .serving {
            results = await withTaskGroup(of: (String, String).self) { group in
                for check in checks {
                    group.addTask { (check.name, await self.result(of: check)) }
                }
                return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
            }
        }
        let isReady = phase == .serving && results.values.allSatisfy { $0 == "ok" }
        let body = Readiness(status: isReady ? "ready" : phase == .serving ? "not ready" : phase.rawValue, checks: results)
        return try JSONCoding.response(body, status: isReady ? .ok : .serviceUnavailable)
    }

    /// A check that does not answer within a second has failed.
    private static func result(of check: ReadinessCheck) async -> String {
        do {
            try await withTimeout(.seconds(1)) { try await check.check() }
            return "ok"
        } catch is TimeoutError {
            return "no answer within 1 s"
        } catch {
            return "failed"
        }
    }
}
