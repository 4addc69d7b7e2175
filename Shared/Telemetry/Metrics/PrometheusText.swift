/// A text in the Prometheus exposition format 0.0.4 that grows line by line.
public struct PrometheusText: Sendable {
    /// The `Content-Type` of the format.
    public static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    /// What was written so far; ends with a line feed.
    public private(set) var text = ""

    /// Starts a family. All of its samples must follow before the next family starts.
    public mutating func family(_ name: String, type: String, help: String?) {
        if let help {
            self.text += "# HELP \(name) \(Self.escapeHelp(help))\n"
        }
        self.text += "# TYPE \(name) \(type)\n"
    }

    /// Writes one value.
    public mutating func sample(_ name: String, labels: String = "", _ value: Double) {
        self.sample(name, labels: labels, text: Self.number(value))
    }

    mutating func sample(_ name: String, labels: String, text value: String) {
        self.text += labels.isEmpty ? "\(name) \(value)\n" : "\(name){\(labels)} \(value)\n"
    }

    /// A number as Go writes it.
    static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        if let whole = Int64(exactly: value) { return String(whole) }
        return String(value)
    }

    static func escapeLabel(_ value: String) -> String {
        self.escape(value, quotes: true)
    }

    static func escapeHelp(_ value: String) -> String {
        self.escape(value, quotes: false)
    }

    private static func escape(_ value: String, quotes: Bool) -> String {
        var escaped = ""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\\": escaped += "\\\\"
            case "\n": escaped += "\\n"
            case "\"" where quotes: escaped += "\\\""
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
