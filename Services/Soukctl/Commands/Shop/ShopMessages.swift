/// The shop's JSON, as far as this tool reads and writes it. Names are snake_case on the wire.
package enum ShopMessages {
    package struct Money: Sendable, Codable, Hashable {
        package var amount: Int64
        package var currency: String

        package init(_ amount: Int64, currency: String = "GBP") {
            self.amount = amount
            self.currency = currency
        }
    }

    struct NewAccount: Encodable {
        var email: String
        var password: String
        var name: String
    }

    struct Login: Encodable {
        var email: String
        var password: String
    }

    struct Refresh: Encodable {
        var refreshToken: String
    }

    struct Tokens: Decodable {
        var accessToken: String
        var refreshToken: String
        var expiresIn: Int64
    }

    struct Product: Decodable {
        var sku: String
        var name: String
        var description: String?
        var price: Money
        var available: Int64
    }

    struct NewProduct: Encodable {
        var sku: String
        var name: String
        var description: String
        var price: Money
        var stock: Int64
    }

    struct ProductChange: Encodable {
        var name: String
        var description: String
        var price: Money
    }

    struct StockChange: Encodable {
        var delta: Int64
    }

    struct Stock: Decodable {
        var available: Int64
    }

    struct CartItem: Codable {
        var sku: String
        var quantity: Int64
    }

    struct CartQuantity: Encodable {
        var quantity: Int64
    }

    struct Cart: Decodable {
        var items: [PricedItem]

        /// How much of what.
        var quantities: [String: Int64] {
            Dictionary(self.items.map { ($0.sku, $0.quantity) }, uniquingKeysWith: +)
        }
    }

    struct PricedItem: Decodable {
        var sku: String
        var quantity: Int64
        var unitPrice: Money
    }

    struct NewPaymentMethod: Encodable {
        var card: Card
    }

    struct Card: Encodable {
        var number: String
        var expMonth: Int
        var expYear: Int
        var cvc: String
    }

    struct PaymentMethod: Decodable {
        var id: String
    }

    struct NewOrder: Encodable {
        var paymentMethod: String
        var shippingAddress: Address
    }

    struct Address: Encodable {
        var name: String
        var line1: String
        var city: String
        var postcode: String
        var country: String
    }

    struct Order: Decodable {
        var id: String
        var checkoutId: String?
        var status: String
        var cancelReason: String?
        var items: [PricedItem]
        var total: Money
        var timeline: [TimelineEntry]?
    }

    struct TimelineEntry: Decodable {
        var status: String
        var at: String
    }
}
