internal import CatalogDomain
internal import Commerce
internal import Contracts
internal import Events

/// Makes the events that catalog says.
enum CatalogEvents {
    /// A product was created or changed, or its stock moved.
    static func changed(_ product: Product) throws -> NewEvent {
        try Self.changed(
            sku: product.sku, name: product.details.name, price: product.details.price, available: product.available,
            revision: product.revision
        )
    }

    /// A product was sold out by an order, or can be had again.
    static func changed(_ level: StockLevel) throws -> NewEvent {
        try Self.changed(
            sku: level.sku, name: level.name, price: level.price, available: level.available, revision: level.revision
        )
    }

    private static func changed(
        sku: SKU, name: String, price: Money, available: Int64, revision: Int64
    ) throws -> NewEvent {
        var message = Souk_Events_V1_ProductChanged()
        message.sku = sku.rawValue
        message.name = name
        message.price = Souk_Events_V1_Money(price)
        message.available = available
        message.version = revision
        return try NewEvent(message, key: sku.rawValue, aggregateType: "product", aggregateVersion: revision)
    }

    /// The answer to a command of order-tracking.
    ///
    /// - Parameters:
    ///   - state: How the order's reservation stands.
    ///   - shortages: What was missing, if it was rejected for that.
    ///   - version: The reservation's version after the answer.
    static func reply(
        _ state: ReservationState, to command: String, order: OrderID, shortages: [StockShortage] = [], version: Int64
    ) throws -> NewEvent {
        let key = order.rawValue
        switch state {
        case .held:
            var message = Souk_Events_V1_StockReserved()
            (message.commandID, message.orderID) = (command, key)
            return try NewEvent(message, key: key, aggregateType: "reservation", aggregateVersion: version)
        case .committed:
            var message = Souk_Events_V1_StockCommitted()
            (message.commandID, message.orderID) = (command, key)
            return try NewEvent(message, key: key, aggregateType: "reservation", aggregateVersion: version)
        case .released:
            var message = Souk_Events_V1_StockReleased()
            (message.commandID, message.orderID) = (command, key)
            return try NewEvent(message, key: key, aggregateType: "reservation", aggregateVersion: version)
        case .rejected:
            var message = Souk_Events_V1_StockRejected()
            (message.commandID, message.orderID) = (command, key)
            message.shortages = shortages.map(Souk_Events_V1_StockShortage.init)
            return try NewEvent(message, key: key, aggregateType: "reservation", aggregateVersion: version)
        }
    }
}

extension Souk_Events_V1_StockShortage {
    fileprivate init(_ shortage: StockShortage) {
        self.init()
        self.sku = shortage.sku.rawValue
        self.wanted = Int32(clamping: shortage.wanted)
        self.available = shortage.available
    }
}
