import Commerce
import FoundationEssentials
import Testing

@testable import StorefrontService

@Suite struct ViewTests {
    private func product(_ available: Int64, name: String = "Lantern", image: String? = nil) -> Product {
        Product(
            sku: "A-1", name: name, description: "One.\nTwo.", price: Money(amount: 3_495, currency: .gbp), available: available,
            imageURL: image)
    }

    @Test(arguments: [(0, "Sold out"), (-1, "Sold out"), (1, "Last one"), (5, "Only 5 left"), (6, "In stock")] as [(Int64, String)])
    func stockIsToldInWords(available: Int64, words: String) {
        #expect(ProductViews.card(self.product(available)).text("stock") == words)
    }

    @Test func picturesOfOtherSitesAreNotShown() {
        #expect(ProductViews.image(self.product(1, image: "https://elsewhere.example/x.png")).hasPrefix("/art/"))
        #expect(ProductViews.image(self.product(1, image: "//elsewhere.example/x.png")).hasPrefix("/art/"))
        #expect(ProductViews.image(self.product(1, image: "/pictures/x.png")) == "/pictures/x.png")
    }

    @Test func noMoreThanTheStockCanBeChosen() {
        #expect((ProductViews.page(self.product(3))["choices"] as? [View])?.count == 3)
        #expect((ProductViews.page(self.product(300))["choices"] as? [View])?.count == 20)
        #expect((ProductViews.page(self.product(0))["choices"] as? [View])?.isEmpty == true)
    }

    @Test(arguments: [
        "placed", "reserving", "authorizing", "confirmed", "shipped", "delivered", "cancelling", "cancelled", "refunded",
        "partially_refunded",
    ])
    func everyStatusHasWords(status: String) {
        let words = OrderWords(status: status)
        #expect(!words.label.isEmpty && !words.label.contains("_"))
        #expect(words.sentence != OrderWords(status: "unheard_of").sentence)
        #expect(OrderWords(status: "unheard_of").label == "Unheard of")
    }

    @Test func everyReasonOfACancellationHasWords() {
        for reason in ["out_of_stock", "payment_declined", "customer", "timeout"] {
            #expect(OrderWords(status: "cancelled", cancelReason: reason).reason?.contains("not been charged") == true)
        }
    }

    @Test func whatIsTypedIsEscaped() throws {
        let evil = "<script>alert('x')</script>\" onload=\"x & y"
        let html = try Templates().render("card", ProductViews.card(self.product(3, name: evil)).merging(["csrf": "t", "here": "/\"><b>"]))
        #expect(!html.contains("<script") && !html.contains("<b>") && !html.contains("\" onload"))
        #expect(html.contains("&lt;script&gt;"))
    }

    @Test func secretsAreNeverWrittenIntoAField() {
        let form = Form(encoded: "password=hunter2hunter2&number=4242424242424242&cvc=123&expiry=12%2F40&email=a%40b.example")
        let fields = [
            FormField(name: "password", label: "Password", type: "password"), FormField(name: "email", label: "E-mail", type: "email"),
        ]
        let views = (fields + CheckoutForm.cardFields).filled(from: form, errors: FieldErrors()).views
        #expect(views.compactMap { $0.text("value") } == ["a@b.example"])
    }

    @Test func onlyWhatMayBeLeftOutIsCalledOptional() {
        let fields = CheckoutForm.addressFields + CheckoutForm.cardFields
        let optional = fields.views.filter { $0["isOptional"] as? Bool == true }
        #expect(optional.compactMap { $0.text("name") } == ["line2"])
    }

    @Test func longTextKeepsItsLines() throws {
        let field = FormField(name: "details", label: "Text", isRequired: false, longest: 5_000, value: "\nOne.\nTwo <b>", isLong: true)
        let html = try Templates().render("field", field.view)
        // A browser drops the line end that follows the tag.
        #expect(html.contains("maxlength=\"5000\">\n\nOne.\nTwo &lt;b&gt;</textarea>"))
        #expect(!html.contains("<input"))
        #expect(try !Templates().render("field", FormField(name: "name", label: "Name").view).contains("<textarea"))
    }

    private func order(_ status: String, _ timeline: [String]) -> Order {
        let (date, none) = (Date(timeIntervalSince1970: 0), Money.zero(.gbp))
        return Order(
            id: "ord_1", status: status, items: [], total: none, captured: none, refunded: none, paymentMethod: "pm_1",
            shippingAddress: Address(), timeline: timeline.map { Order.Entry(status: $0, at: date) }, shipments: [], refunds: [],
            createdAt: date)
    }

    @Test func refundHidesNeitherThatAParcelIsOnItsWayNorThatItHasArrived() {
        #expect(self.order("shipped", ["placed", "shipped"]).isOnItsWay)
        #expect(self.order("refunded", ["shipped", "refunded"]).isOnItsWay)
        #expect(!self.order("partially_refunded", ["shipped", "delivered", "partially_refunded"]).isOnItsWay)
        #expect(!self.order("refunded", ["shipped", "partially_refunded", "delivered", "refunded"]).isOnItsWay)
        #expect(!self.order("delivered", ["shipped", "delivered"]).isOnItsWay)
        #expect(!self.order("confirmed", ["placed", "confirmed"]).isOnItsWay)
    }

    @Test func everyTemplateIsThereAndMentionsOnlyTemplatesThatAre() throws {
        let names = Set(Templates.names)
        #expect(names.count == Templates.sources.count && names.contains("layout"))
        for (name, bytes) in Templates.sources {
            for match in String(decoding: bytes, as: UTF8.self).matches(of: /\{\{>\s*([a-z-]+)\s*\}\}/) {
                #expect(names.contains(String(match.1)), "\(name) mentions \(match.1)")
            }
        }
    }

    @Test func noTemplateHasCodeOrStylesInItself() throws {
        for (name, bytes) in Templates.sources {
            let text = String(decoding: bytes, as: UTF8.self)
            #expect(!text.contains(" style=") && !text.contains(" onclick") && !text.contains("<style"), "\(name)")
            #expect(text.matches(of: /<script(?! src="\{\{site_js\}\}")/).isEmpty, "\(name)")
            #expect(text.matches(of: /(href|src|action)="https?:/).isEmpty, "\(name) leads to another host")
            // Only the layout's body is written as it is: it has been escaped already.
            #expect(text.matches(of: /\{\{\{|\{\{&/).count == (name == "layout" ? 1 : 0), "\(name)")
        }
    }
}
