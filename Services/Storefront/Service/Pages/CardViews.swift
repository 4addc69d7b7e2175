/// Cards as pages show them: never more than their last four digits.
enum CardViews {
    static func rows(_ methods: [PaymentMethod], chosen: String? = nil) -> [View] {
        // The same card used twice is two methods: one is enough to choose from.
        var seen: Set<String> = []
        return methods.filter { seen.insert("\($0.brand) \($0.last4) \($0.expMonth) \($0.expYear)").inserted }.prefix(5).map { method in
            [
                "id": method.id, "brand": method.brand.capitalizedFirst, "last4": method.last4, "isChosen": method.id == chosen,
                "expiry":
                    "\(method.expMonth < 10 ? "0" : "")\(method.expMonth)/\(method.expYear % 100 < 10 ? "0" : "")\(method.expYear % 100)",
            ]
        }
    }
}
