/// Rules for names and labels of the text format.
enum MetricName {
    static let overflowLabels = "overflow=\"true\""

    static func counter(_ label: String) -> String {
        let name = self.legal(label)
        return name.hasSuffix("_total") ? name : name + "_total"
    }

    static func timer(_ label: String) -> String {
        let name = self.legal(label)
        return name.hasSuffix("_seconds") ? name : name + "_seconds"
    }

    /// `[a-zA-Z_:][a-zA-Z0-9_:]*`
    static func legal(_ name: String) -> String {
        self.replaceIllegal(name, allowColon: true)
    }

    /// `[a-zA-Z_][a-zA-Z0-9_]*`, and not `__…`, which Prometheus keeps for itself.
    static func legalLabel(_ name: String) -> String {
        let legal = self.replaceIllegal(name, allowColon: false)
        return legal.hasPrefix("__") ? "x" + legal : legal
    }

    /// The label set as it stands between the braces, sorted, so that equal sets are equal text.
    static func labels(_ dimensions: [(String, String)]) -> String {
        guard !dimensions.isEmpty else { return "" }
        var seen: Set<String> = []
        return
            dimensions
            .map { (self.legalLabel($0.0), $0.1) }
            .filter { seen.insert($0.0).inserted }
            .sorted { $0.0 < $1.0 }
            .map { "\($0.0)=\"\(PrometheusText.escapeLabel($0.1))\"" }
            .joined(separator: ",")
    }

    private static func replaceIllegal(_ name: String, allowColon: Bool) -> String {
        var bytes: [UInt8] = []
        for byte in name.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"):
                bytes.append(byte)
            case UInt8(ascii: ":") where allowColon:
                bytes.append(byte)
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                if bytes.isEmpty { bytes.append(UInt8(ascii: "_")) }
                bytes.append(byte)
            default:
                bytes.append(UInt8(ascii: "_"))
            }
        }
        return bytes.isEmpty ? "_" : String(decoding: bytes, as: UTF8.self)
    }
}
