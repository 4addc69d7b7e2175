internal import Instrumentation

/// Puts trace context into metadata and takes it out again.
struct MetadataCarrier: Injector, Extractor {
    func inject(_ value: String, forKey key: String, into carrier: inout RPCMetadata) {
        carrier[key] = value
    }

    func extract(key: String, from carrier: RPCMetadata) -> String? {
        carrier[key]
    }
}
