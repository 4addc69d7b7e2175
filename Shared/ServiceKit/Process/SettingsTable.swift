/// The settings of a service as a table.
struct SettingsTable {
    private struct Row: Encodable {
        var name: String
        var `default`: String
        var expectation: String
        var help: String
    }

    private let service: String
    private let rows: [Row]

    init(service: String, settings: [any SettingDescription]) {
        self.service = service
        self.rows = settings.sorted { $0.name < $1.name }.map { setting in
            Row(name: setting.name, default: setting.defaultText, expectation: setting.expectation, help: setting.help)
        }
    }

    /// For people.
    var text: String {
        var lines = ["\(self.service): settings, read from the environment", ""]
        for row in self.rows {
            lines.append("  \(row.name)  (default: \(row.default))")
            lines.append("      \(row.expectation). \(row.help)")
        }
        return lines.joined(separator: "\n")
    }

    /// For programs, such as the one that writes docs/configuration.md.
    var json: String {
        // Texts alone: they can always be written.
        (try? JSONCoding.bytes(self.rows)).map { String(decoding: $0, as: UTF8.self) } ?? "[]"
    }
}
