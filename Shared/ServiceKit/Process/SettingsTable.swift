/// The settings of a service as a table for people.
enum SettingsTable {
    static func text(service: String, settings: [any SettingDescription]) -> String {
        var lines = ["\(service): settings, read from the environment", ""]
        for setting in settings.sorted(by: { $0.name < $1.name }) {
            lines.append("  \(setting.name)  (default: \(setting.defaultText))")
            lines.append("      \(setting.expectation). \(setting.help)")
        }
        return lines.joined(separator: "\n")
    }
}
