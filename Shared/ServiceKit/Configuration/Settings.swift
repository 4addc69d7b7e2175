public import Configuration

/// Reads declared settings from a configuration.
public struct Settings: Sendable {
    /// The configuration behind the settings.
    public let config: ConfigReader

    /// Reads settings from a configuration, by default the environment of the process.
    public init(config: ConfigReader = ConfigReader(provider: EnvironmentVariablesProvider())) {
        self.config = config
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
    /// - Throws: ``ConfigurationError`` if the value is not usable.
    public func optional<Value>(_ setting: Setting<Value>) throws(ConfigurationError) -> Value? {
        let key = ConfigKey(setting.name.lowercased().split(separator: "_").map(String.init))
        guard let text = self.config.string(forKey: key, isSecret: setting.isSecret), !text.isEmpty else { return nil }
        guard let value = setting.parse(text) else {
            let shown = setting.isSecret ? "" : " \"\(text)\""
            throw ConfigurationError("\(setting.name)\(shown) cannot be used. It must be \(setting.expectation): \(setting.help)")
        }
        return value
    }
}
