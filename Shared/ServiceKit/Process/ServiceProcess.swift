import Configuration
import Glibc
import Logging
import RPC
import ServiceLifecycle
import Telemetry
import UnixSignals

/// Runs one service as a process: reads the settings, starts telemetry, puts the service together, serves until SIGTERM
/// or SIGINT, drains, ends.
public enum ServiceProcess {
    /// Runs a service until it is told to stop.
    ///
    /// With `--help` it prints the table of settings instead, with `--help=json` the same for programs. A setting that cannot be used ends the process with a
    /// sentence and exit status 78 (`EX_CONFIG`); anything else that keeps it from running with 1.
    public static func run<App: ServiceApp>(_ app: App.Type) async {
        let table = SettingsTable(service: App.name, settings: ProcessSettings.all + App.settings)
        if CommandLine.arguments.contains("--help") { return print(table.text) }
        if CommandLine.arguments.contains("--help=json") { return print(table.json) }
        // A peer that goes away is an error of that connection, not the end of the process.
        signal(SIGPIPE, SIG_IGN)
        do {
            let settings = Settings(declared: ProcessSettings.all + App.settings)
            EventLoopExecutor.install(loops: try settings.value(ProcessSettings.eventLoops))
            try await self.run(app, settings: settings)
        } catch let error as ConfigurationError {
            self.end(with: error.description, status: 78, service: App.name)
        } catch {
            self.end(with: "\(error)", status: 1, service: App.name)
        }
    }

    static func run<App: ServiceApp>(_ app: App.Type, settings: Settings) async throws {
        let telemetry = Telemetry.bootstrap(
            service: App.name,
            instance: try settings.value(ProcessSettings.instance),
            logLevel: try settings.value(ProcessSettings.logLevel)
        )
        Problem.baseURL = try settings.value(ProcessSettings.problemBaseURL)
        let host = try ServiceHost(name: App.name, settings: settings, telemetry: telemetry)
        let service = try await App(host: host)
        let group = try self.group(for: host)
        try await group.run()
        withExtendedLifetime(service) {}
        telemetry.logger.info("Stopped")
    }

    /// Everything that runs, in the order of dependence: the admin server first, so that it answers to the end, the
    /// clients and workers, the servers, and last the drain, which hears of a shutdown first.
    private static func group(for host: ServiceHost) throws -> ServiceGroup {
        let settings = host.settings
        let readiness = ReadinessState()
        let address = try settings.value(ProcessSettings.httpHost)
        let admin = AdminServer.application(
            host: address,
            port: try settings.value(ProcessSettings.adminPort),
            telemetry: host.telemetry,
            readiness: readiness,
            checks: host.checks,
            routes: host.routes,
            logger: host.logger
        )
        let http = HTTPService(
            responder: try host.edge(),
            host: address,
            port: try settings.value(ProcessSettings.httpPort),
            before: host.startSteps,
            readiness: readiness,
            logger: host.logger
        )
        let drain = DrainService(readiness: readiness, pause: try settings.value(ProcessSettings.drain), logger: host.logger)
        var servers: [any Service] = [http, drain]
        if !host.rpcHandlers.isEmpty {
            let port = try settings.value(ProcessSettings.grpcPort)
            servers.insert(RPCServer(host: address, port: port, handlers: host.rpcHandlers, logger: host.logger), at: 0)
        }
        var configuration = ServiceGroupConfiguration(
            services: [admin] + host.services + servers,
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: host.logger
        )
        configuration.maximumGracefulShutdownDuration = try settings.value(ProcessSettings.shutdown)
        return ServiceGroup(configuration: configuration)
    }

    private static func end(with sentence: String, status: Int32, service: String) -> Never {
        LogOutput.standardError.line("\(service): \(sentence)")
        exit(status)
    }
}
