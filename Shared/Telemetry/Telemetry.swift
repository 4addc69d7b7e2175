public import Logging
import Metrics
import Synchronization
import Tracing

/// Logs, metrics and trace context of one process, installed once.
///
/// Only the place that starts a process knows this type. All other code uses the swift-log, swift-metrics and
/// swift-distributed-tracing interfaces and so stays free of any exporter.
public struct Telemetry: Sendable {
    /// The metrics of the process; ``PrometheusRegistry/text()`` is what `/metrics` answers.
    public let registry: PrometheusRegistry

    /// The root logger: JSON lines on the standard error stream.
    public let logger: Logger

    private static let installed = Mutex<Telemetry?>(nil)

    /// Installs the log handler, the metrics factory and the tracer for the whole process.
    ///
    /// A second call answers with what the first one installed, since the systems behind it can be set only once.
    ///
    /// - Parameters:
    ///   - service: The name of the service, a field of every log line.
    ///   - instance: Which instance of it this process is, a field of every log line.
    ///   - logLevel: Lines below this level are not written.
    /// - Returns: The registry and the root logger.
    @discardableResult
    public static func bootstrap(service: String, instance: String, logLevel: Logger.Level = .info) -> Telemetry {
        installed.withLock { installed in
            if let installed { return installed }
            let registry = PrometheusRegistry()
            ProcessMetrics.install(in: registry, service: service, instance: instance)
            LoggingSystem.bootstrap { label in
                JSONLogHandler(label: label, service: service, instance: instance, logLevel: logLevel)
            }
            MetricsSystem.bootstrap(registry)
            InstrumentationSystem.bootstrap(TraceContextTracer())
            let telemetry = Telemetry(registry: registry, logger: Logger(label: service))
            installed = telemetry
            return telemetry
        }
    }
}
