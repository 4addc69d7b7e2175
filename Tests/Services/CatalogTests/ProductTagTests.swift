import Testing

@testable import CatalogService

@Suite struct ProductTagTests {
    @Test func aTagReadsBack() {
        let tag = ProductTag(version: 3, revision: 41)
        #expect(tag.text == "\"3-41\"")
        #expect(ProductTag(tag.text) == tag)
    }

    @Test(arguments: ["", "\"", "\"\"", "3-41", "\"3\"", "\"3-\"", "\"3-4-5\"", "W/\"3-41\"", "\"x-y\""])
    func otherTextsAreNoTags(text: String) {
        #expect(ProductTag(text) == nil)
    }

    @Test func aConditionLooksAtTheDetailsOnly() {
        #expect(SeenVersion.any.holds(for: 9))
        #expect(SeenVersion.oneOf([3, 4]).holds(for: 4))
        #expect(!SeenVersion.oneOf([]).holds(for: 4))
    }
}
