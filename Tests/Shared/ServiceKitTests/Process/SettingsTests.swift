import Testing

@testable import ServiceKit

@Suite struct SettingsTests {
    let port = Setting.int("HTTP_PORT", default: 8080, in: 0...65_535, unit: "port", help: "The port.")
    let secret = Setting.string("PSP_API_KEY", default: nil, help: "The key.", isSecret: true)

    @Test func missingValuesTakeTheDefault() throws {
        #expect(try Settings(values: [:]).value(self.port) == 8080)
        #expect(try Settings(values: ["HTTP_PORT": ""]).value(self.port) == 8080)
        #expect(try Settings(values: ["HTTP_PORT": "9"]).value(self.port) == 9)
    }

    @Test(arguments: ["x", "-1", "65536", "1.5", " 1"])
    func wrongValuesAreASentence(text: String) {
        let error = #expect(throws: ConfigurationError.self) { try Settings(values: ["HTTP_PORT": text]).value(self.port) }
        #expect(error?.description == "HTTP_PORT \"\(text)\" cannot be used. It must be a whole number (port) from 0 to 65535: The port.")
    }

    @Test func missingValueWithoutDefaultIsASentence() {
        let error = #expect(throws: ConfigurationError.self) { try Settings(values: [:]).value(self.secret) }
        #expect(error?.description.hasPrefix("PSP_API_KEY is not set.") == true)
    }

    @Test func secondsAreRead() throws {
        let drain = Setting.seconds("DRAIN_SECONDS", default: 2, in: 0...10, help: "x")
        #expect(try Settings(values: ["DRAIN_SECONDS": "0.5"]).value(drain) == .milliseconds(500))
        #expect(throws: ConfigurationError.self) { try Settings(values: ["DRAIN_SECONDS": "nan"]).value(drain) }
    }

    @Test func onlyDeclaredSettingsAreRead() throws {
        let settings = Settings(declared: [self.port])
        #expect(throws: ConfigurationError.self) { try settings.optional(self.secret) }
        #expect(try settings.value(self.port) > 0)
    }

    @Test func tableSaysWhatIsNeeded() {
        let drain = Setting.seconds("DRAIN_SECONDS", default: 2, in: 0.5...10, help: "How long.")
        let optional = Setting.string("URL", default: nil, isRequired: false, expectation: "a URL", help: "Where.")
        let table = SettingsTable(service: "x", settings: [self.secret, drain, optional])
        #expect(
            table.json == #"[{"default":"2","expectation":"seconds from 0.5 to 10","help":"How long.","name":"DRAIN_SECONDS"},"#
                + #"{"default":"must be set","expectation":"a text","help":"The key.","name":"PSP_API_KEY"},"#
                + #"{"default":"not set","expectation":"a URL","help":"Where.","name":"URL"}]"#
        )
        #expect(table.text.contains("  DRAIN_SECONDS  (default: 2)\n      seconds from 0.5 to 10. How long."))
    }
}
