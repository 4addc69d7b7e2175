/// What the table of settings shows about one key.
public protocol SettingDescription: Sendable {
    /// The environment variable.
    var name: String { get }
    /// What the value must be.
    var expectation: String { get }
    /// What it is for.
    var help: String { get }
    /// The default as text.
    var defaultText: String { get }
}
