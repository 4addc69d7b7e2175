import ServiceKit
import Testing

@testable import StorefrontService

@Suite struct SettingsTests {
    @Test func everySettingIsListedOnce() {
        let names = StorefrontApp.settings.map(\.name)
        #expect(Set(names).count == names.count)
        #expect(names.contains("SHOP_API_URL"))
    }
}
