public import Logging
import ServiceContextModule

/// Writes each log event as one JSON object on one line.
///
/// Fields: `time` (RFC 3339, milliseconds), `level`, `service`, `instance`, `logger`, `message`, `trace_id` and
/// `span_id` of the current trace, `error`, and `metadata`. Values under keys that name personal data or secrets are
/// replaced by `[redacted]`: the caller should not log them at all, this is the net below.
public struct JSONLogHandler: LogHandler {
    public var logLevel: Logger.Level
    public var metadata: Logger.Metadata = [:]
    public var metadataProvider: Logger.MetadataProvider?

    private let prefix: [UInt8]
    private let output: LogOutput

    /// Creates a handler.
    ///
    /// - Parameters:
    ///   - label: The logger's label.
    ///   - service: The service that writes.
    ///   - instance: The instance of the service.
    ///   - logLevel: The lowest level that is written.
    ///   - output: Where lines go, by default the standard error stream.
    public init(
        label: String,
        service: String,
        instance: String,
        logLevel: Logger.Level,
        output: LogOutput = .standardError
    ) {
        self.logLevel = logLevel
        self.output = output
        var prefix = JSONText()
        prefix.field("service", service)
        prefix.field("instance", instance)
        prefix.field("logger", label)
        self.prefix = prefix.bytes
    }

    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { self.metadata[key] }
        set { self.metadata[key] = newValue }
    }

    public func log(event: LogEvent) {
        var line = JSONText(capacity: 512)
        line.raw("{")
        line.field("time", Timestamp.now.rfc3339)
        line.field("level", event.level.rawValue)
        line.continuing(with: self.prefix)
        line.field("message", "\(event.message)")
        if let trace = ServiceContext.current?.traceContext {
            line.field("trace_id", trace.traceIDText)
            line.field("span_id", trace.spanIDText)
        }
        if let error = event.error {
            line.field("error", String(describing: error))
            line.field("error_type", String(describing: type(of: error)))
        }
        self.append(metadataOf: event, to: &line)
        line.raw("}\n")
        self.output.write(line.bytes)
    }

    private func append(metadataOf event: LogEvent, to line: inout JSONText) {
        var merged = self.metadata
        if let provided = self.metadataProvider?.get() {
            merged.merge(provided) { $1 }
        }
        if let own = event.metadata {
            merged.merge(own) { $1 }
        }
        guard !merged.isEmpty else { return }
        line.object("metadata") { line in
            // Sorted, so that equal events give equal lines.
            for (key, value) in merged.sorted(by: { $0.key < $1.key }) {
                line.field(key, metadata: value)
            }
        }
    }
}
