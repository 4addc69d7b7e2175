import CatalogDomain
import Commerce
import Testing

@Suite struct ProductDetailsTests {
    private func fields(
        name: String = "Tea", description: String = "", amount: Int64 = 100, currency: String = "GBP", image: String? = nil
    ) throws -> [String] {
        let money = Money(amount: amount, currency: try Currency(currency))
        do throws(CatalogViolations) {
            _ = try ProductDetails(name: name, description: description, price: money, imageURL: image)
            return []
        } catch {
            return error.violations.map(\.field)
        }
    }

    @Test func ordinaryDetailsAreAdmitted() throws {
        #expect(try self.fields().isEmpty)
        #expect(try self.fields(name: "WHITE HANGING HEART T-LIGHT HOLDER", amount: 0).isEmpty)
        #expect(try self.fields(amount: 100_000_000, image: "/images/tea.jpg").isEmpty)
        #expect(try self.fields(image: "https://example.org/tea.jpg").isEmpty)
    }

    @Test func everyWrongFieldIsNamedAtOnce() throws {
        let wrong = try self.fields(
            name: " ", description: String(repeating: "x", count: 5_001), amount: -1, currency: "EUR", image: "javascript:alert(1)"
        )
        #expect(wrong == ["name", "description", "price.currency", "price.amount", "image_url"])
    }

    @Test(arguments: ["", "   ", "a\u{0}b", "line\nbreak", String(repeating: "n", count: 201)])
    func namesThatAreNoneAreRefused(name: String) throws {
        #expect(try self.fields(name: name) == ["name"])
    }

    /// As PostgreSQL counts: an e with an accent of its own is two characters, though it looks like one.
    @Test func textsAreCountedInScalars() throws {
        #expect(try self.fields(name: String(repeating: "e\u{301}", count: 100)).isEmpty)
        #expect(try self.fields(name: String(repeating: "e\u{301}", count: 101)) == ["name"])
        #expect(try self.fields(description: String(repeating: "e\u{301}", count: 2_500)).isEmpty)
        #expect(try self.fields(description: String(repeating: "e\u{301}", count: 2_501)) == ["description"])
    }

    @Test(arguments: ["http://example.org/a.jpg", "//example.org/a.jpg", "https://example.org/\"", ""])
    func picturesFromElsewhereAreRefused(url: String) throws {
        #expect(try self.fields(image: url) == ["image_url"])
    }

    @Test func pricesBeyondAMillionPoundsAreRefused() throws {
        #expect(try self.fields(amount: 100_000_001) == ["price.amount"])
        #expect(try self.fields(amount: .max) == ["price.amount"])
        #expect(try self.fields(amount: .min) == ["price.amount"])
    }
}
