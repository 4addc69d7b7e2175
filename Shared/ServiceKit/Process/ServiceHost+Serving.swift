import Logging
import ServiceLifecycle
import Telemetry

extension ServiceHost {
    /// A host outside a process, for tests of a whole service.
    ///
    /// - Parameters:
    ///   - name: The service's name.
    ///   - values: Its settings.
    package convenience init(name: String, values: [String: String]) throws {
        let telemetry = Telemetry.bootstrap(service: name, instance: values["INSTANCE"] ?? "test", logLevel: .error)
        try self.init(name: name, settings: Settings(values: values), telemetry: telemetry)
    }

    /// The routes with the outer layer around them.
    package func edge() throws -> EdgeResponder {
        var configuration = EdgeConfiguration(
            instance: self.instance,
            requestTimeout: try self.settings.value(ProcessSettings.requestTimeout),
            maximumInFlight: try self.settings.value(ProcessSettings.maximumInFlight),
            trustedProxies: try self.settings.value(ProcessSettings.trustedProxies),
            tokenVerifier: self.tokenVerifier,
            tokenFreePaths: self.tokenFreePaths
        )
        configuration.readAfter = self.readAfter
        configuration.problemPage = self.problemPage
        return EdgeResponder(router: self.router, configuration: configuration)
    }

    /// Runs the service's clients and workers without opening a port, while `body` speaks to its routes.
    package func withServices(_ body: (EdgeResponder) async throws -> Void) async throws {
        let group = ServiceGroup(services: self.services, logger: self.logger)
        let steps = self.startSteps
        let edge = try self.edge()
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            do {
                for step in steps { try await step() }
                try await body(edge)
            } catch {
                await group.triggerGracefulShutdown()
                throw error
            }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
    }
}
