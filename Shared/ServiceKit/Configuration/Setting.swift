/// One configuration key, declared once: its name, meaning, unit, default and bounds.
///
/// Values come from the environment. A value that cannot be used stops the start with a sentence that names the key,
/// the value and what would be right.
public struct Setting<Value: Sendable>: Sendable {
    /// The environment variable, for example `HTTP_PORT`.
    public let name: String

    /// Used when the variable is not set.
    public let defaultValue: Value?

    /// Whether a process that reads the setting needs a value. False where a part is left out without one.
    public let isRequired: Bool

    /// What the value must be, for people: `a port, 0 to 65535`.
    public let expectation: String

    /// What it is for, one sentence.
    public let help: String

    /// Whether the value must not be shown.
    public let isSecret: Bool

    let parse: @Sendable (String) -> Value?

    /// Declares a key.
    ///
    /// - Parameters:
    ///   - name: The environment variable.
    ///   - defaultValue: Used when the variable is not set; nil if it has to be set, or may be left out.
    ///   - isRequired: Whether a value is needed. Defaults to true.
    ///   - expectation: What the value must be, as the end of "must be …".
    ///   - help: What it is for.
    ///   - isSecret: Whether the value must not be shown.
    ///   - parse: Reads the text; nil if it cannot be used.
    public init(
        _ name: String,
        default defaultValue: Value?,
        isRequired: Bool = true,
        expectation: String,
        help: String,
        isSecret: Bool = false,
        parse: @escaping @Sendable (String) -> Value?
    ) {
        self.name = name
        self.defaultValue = defaultValue
        self.isRequired = isRequired
        self.expectation = expectation
        self.help = help
        self.isSecret = isSecret
        self.parse = parse
    }
}

extension Setting where Value == Int {
    /// A whole number between bounds.
    public static func int(_ name: String, default value: Int?, in range: ClosedRange<Int>, unit: String, help: String) -> Setting {
        Setting(
            name,
            default: value,
            expectation: "a whole number (\(unit)) from \(range.lowerBound) to \(range.upperBound)",
            help: help
        ) { text in Int(text).flatMap { range.contains($0) ? $0 : nil } }
    }
}

extension Setting where Value == Bool {
    /// `true` or `false`.
    public static func bool(_ name: String, default value: Bool?, help: String) -> Setting {
        Setting(name, default: value, expectation: "true or false", help: help) { Bool($0) }
    }
}

extension Setting where Value == String {
    /// A text.
    public static func string(
        _ name: String,
        default value: String?,
        isRequired: Bool = true,
        expectation: String = "a text",
        help: String,
        isSecret: Bool = false
    ) -> Setting {
        Setting(name, default: value, isRequired: isRequired, expectation: expectation, help: help, isSecret: isSecret) { $0 }
    }
}

extension Setting where Value == Duration {
    /// Seconds, with a fraction if need be.
    public static func seconds(
        _ name: String,
        default value: Double?,
        in range: ClosedRange<Double>,
        help: String
    ) -> Setting {
        Setting(
            name,
            default: value.map { .milliseconds(Int64($0 * 1_000)) },
            expectation: "seconds from \(Duration.text(seconds: range.lowerBound)) to \(Duration.text(seconds: range.upperBound))",
            help: help
        ) { text in
            guard let seconds = Double(text), range.contains(seconds) else { return nil }
            return .milliseconds(Int64(seconds * 1_000))
        }
    }
}

extension Setting: SettingDescription {
    public var defaultText: String {
        switch self.defaultValue {
        case nil: self.isRequired ? "must be set" : "not set"
        case let text as String where text.isEmpty: "not set"
        case _ where self.isSecret: "(secret)"
        case let duration as Duration: Duration.text(seconds: duration / .seconds(1))
        case let value?: "\(value)"
        }
    }
}

extension Duration {
    /// Seconds as a person writes them: `2`, `0.1`.
    fileprivate static func text(seconds: Double) -> String {
        Int(exactly: seconds).map(String.init) ?? "\(seconds)"
    }
}
