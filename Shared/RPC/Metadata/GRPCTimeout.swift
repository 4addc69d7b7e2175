/// The `grpc-timeout` header: up to eight digits and a unit.
enum GRPCTimeout {
    private static let millisecondsLimit: Int64 = 99_999_999

    /// Writes whole milliseconds, because some servers ignore values of eight digits, which finer units soon need. Never 0.
    static func encode(_ timeout: Duration) -> String {
        let (seconds, attoseconds) = timeout.components
        guard seconds < 9_999 else { return "\(min(seconds, 9_999_999))S" }
        let milliseconds = seconds * 1000 + attoseconds / 1_000_000_000_000_000
        return "\(min(self.millisecondsLimit, max(1, milliseconds)))m"
    }

    /// Reads any valid value; `nil` for anything else.
    static func parse(_ text: String) -> Duration? {
        let bytes = text.utf8
        guard (2...9).contains(bytes.count), let unit = bytes.last else { return nil }
        var value: Int64 = 0
        for digit in bytes.dropLast() {
            guard (0x30...0x39).contains(digit) else { return nil }
            value = value * 10 + Int64(digit - 0x30)
        }
        switch unit {
        case UInt8(ascii: "H"): return .seconds(value * 3600)
        case UInt8(ascii: "M"): return .seconds(value * 60)
        case UInt8(ascii: "S"): return .seconds(value)
        case UInt8(ascii: "m"): return .milliseconds(value)
        case UInt8(ascii: "u"): return .microseconds(value)
        case UInt8(ascii: "n"): return .nanoseconds(value)
        default: return nil
        }
    }
}
