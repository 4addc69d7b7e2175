public import Configuration

/// Reads declared settings from a configuration.
public struct Settings: Sendable {
    /// The configuration behind the settings.
    public let config: ConfigReader

    /// The names that may be read; nil for any.
    private let declared: Set<String>?

    /// Reads settings from a configuration, by default the environment of the process.
    ///
    /// - Parameters:
    ///   - config: Where the values are.
    ///   - declared: What the service says that it reads. Reading anything else is refused, so that the tables of `--help` and
    ///     of the documentation are complete. Defaults to nil: anything may be read.
    public init(
        config: ConfigReader = ConfigReader(provider: EnvironmentVariablesProvider()), declared: [any SettingDescription]? = nil
    ) {
        self.config = config
        self.declared = declared.map { Set($0.map(\.name)) }
    }

    /// Reads settings from a dictionary, for tests.
    public init(values: [String: String]) {
        self.init(config: ConfigReader(provider: EnvironmentVariablesProvider(environmentVariables: values)))
    }

    /// The value of a setting, or its default.
    ///
    /// - Throws: ``ConfigurationError`` if the value is not usable, or is missing and has no default.
    public func value<Value>(_ setting: Setting<Value>) throws(ConfigurationError) -> Value {
        if let value = try self.optional(setting) ?? setting.defaultValue { return value }
        throw ConfigurationError("\(setting.name) is not set. It must be \(setting.expectation): \(setting.help)")
    }

    /// The value of a setting, or nil if it is not set; the default is not used.
    ///
    /// - Throws: ``ConfigurationError`` if the value is not usable, or the setting is not declared.
    public func optional<Value>(_ setting: Setting<Value>) throws(ConfigurationError) -> Value? {
        if let declared = self.declared, !declared.contains(setting.name) {
            throw ConfigurationError(
                "\(setting.name) is read but not among the service's declared settings. That is a mistake in the program.")
        }
        let key = ConfigKey(setting.name.lowercased().split(separator: "_").map(String.init))
        guard let text = self.config.string(forKey: key, isSecret: setting.isSecret), !text.isEmpty else { return nil }
        guard let value = setting.parse(text) else {
            let shown = setting.isSecret ? "" : " \"\(text)\""
            throw ConfigurationError("\(setting.name)\(shown) cannot be used. It must be \(setting.expectation): \(setting.help)")
        }
        return value
    }
}
