/// The identity of a request on its way through the services: W3C Trace Context, version 00.
public struct TraceContext: Sendable, Hashable {
    /// The upper and lower half of the trace's 128 bits; never both zero.
    public var traceID: (high: UInt64, low: UInt64) {
        get { (self.high, self.low) }
        set { (self.high, self.low) = newValue }
    }

    /// The span within the trace; never zero.
    public var spanID: UInt64

    /// Bit 0: the trace is recorded.
    public var flags: UInt8

    /// The vendors' own list, passed on unchanged.
    public var state: String?

    private var high: UInt64
    private var low: UInt64

    /// Creates a context of known parts.
    public init(traceID: (high: UInt64, low: UInt64), spanID: UInt64, flags: UInt8 = 1, state: String? = nil) {
        self.high = traceID.high
        self.low = traceID.low
        self.spanID = spanID
        self.flags = flags
        self.state = state
    }

    /// Reads a `traceparent` header.
    ///
    /// A later version than 00 is read by its first four fields, as the standard asks. Anything else that is not exact
    /// gives nil, and the request starts a new trace.
    ///
    /// - Parameters:
    ///   - traceparent: `00-<32 hex>-<16 hex>-<2 hex>`.
    ///   - state: The `tracestate` header; dropped if it is longer than 512 bytes.
    public init?(traceparent: String, state: String? = nil) {
        let bytes = Array(traceparent.utf8.prefix(512))
        let dash = UInt8(ascii: "-")
        guard bytes.count >= 55, bytes[2] == dash, bytes[35] == dash, bytes[52] == dash,
            let version = HexDigits.value(bytes[0..<2]), version != 0xff,
            version == 0 ? bytes.count == 55 : (bytes.count == 55 || bytes[55] == dash),
            let high = HexDigits.value(bytes[3..<19]),
            let low = HexDigits.value(bytes[19..<35]),
            let spanID = HexDigits.value(bytes[36..<52]),
            let flags = HexDigits.value(bytes[53..<55]),
            high | low != 0, spanID != 0
        else { return nil }
        self.init(traceID: (high, low), spanID: spanID, flags: UInt8(flags), state: state.flatMap { $0.utf8.count <= 512 ? $0 : nil })
    }

    /// The header that carries this context on.
    public var traceparent: String {
        "00-\(self.traceIDText)-\(self.spanIDText)-\(HexDigits.text(UInt64(self.flags)).suffix(2))"
    }

    /// 32 hexadecimal digits.
    public var traceIDText: String { HexDigits.text(self.high) + HexDigits.text(self.low) }

    /// 16 hexadecimal digits.
    public var spanIDText: String { HexDigits.text(self.spanID) }
}
