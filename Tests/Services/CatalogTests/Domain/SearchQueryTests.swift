import CatalogDomain
import Testing

@Suite struct SearchQueryTests {
    @Test func wordsAreTakenAndNothingElse() {
        #expect(SearchQuery("Heart T-light")?.tsquery == "'heart':* & 't':* & 'light':*")
        #expect(SearchQuery("o'clock & ! | ( ) : * \\ %")?.words == ["o", "clock"])
        #expect(SearchQuery("Äpfel 85123A")?.words == ["äpfel", "85123a"])
    }

    @Test(arguments: ["", "   ", "&|!", "'''"]) func aTextWithoutWordsIsNoQuery(text: String) {
        #expect(SearchQuery(text) == nil)
    }

    @Test func longTextsAreCut() {
        let query = SearchQuery(String(repeating: "word ", count: 100) + String(repeating: "x", count: 1_000))
        #expect(query?.words.count == SearchQuery.maximumWords)
        #expect(SearchQuery(String(repeating: "x", count: 1_000))?.words == [String(repeating: "x", count: 40)])
    }
}
