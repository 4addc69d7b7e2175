import ServiceKit
import Testing

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
}
