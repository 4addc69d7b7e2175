internal import Tracing

/// The W3C trace context of the current task, in and out of an event.
enum TraceCarrier {
    private struct Fields: Injector, Extractor {
        func inject(_ value: String, forKey key: String, into carrier: inout [String: String]) { carrier[key] = value }
        func extract(key: String, from carrier: [String: String]) -> String? { carrier[key] }
    }

    /// The header that an event carries.
    static let header = "traceparent"

    /// What the current task's context looks like on the wire; nil outside of any trace.
    static func current() -> String? {
        guard let context = ServiceContext.current else { return nil }
        var carrier: [String: String] = [:]
        InstrumentationSystem.instrument.inject(context, into: &carrier, using: Fields())
        return carrier[Self.header]
    }

    /// The context that an event came with.
    static func context(of traceparent: String?) -> ServiceContext {
        var context = ServiceContext.topLevel
        guard let traceparent else { return context }
        InstrumentationSystem.instrument.extract([Self.header: traceparent], into: &context, using: Fields())
        return context
    }
}
