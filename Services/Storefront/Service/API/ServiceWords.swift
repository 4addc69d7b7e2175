/// What a shopper is told when a service does not answer: what does not work, and what is not lost.
enum ServiceWords {
    static func outage(of service: APIService) -> String {
        switch service {
        case .login: "Logging in does not work at the moment. You can look around and fill your cart meanwhile."
        case .catalog: "Our shelves cannot be shown at the moment. Your cart and your orders are safe."
        case .cart: "Your cart cannot be shown at the moment. Nothing in it is lost."
        case .payments: "Payments do not work at the moment. You have not been charged."
        case .orders: "Orders cannot be shown or placed at the moment. Orders that you have placed go on."
        }
    }
}
