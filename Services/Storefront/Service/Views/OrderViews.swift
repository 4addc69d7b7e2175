import Commerce

/// Orders as pages show them.
enum OrderViews {
    /// An order among others.
    static func row(_ order: Order) -> View {
        let words = OrderWords(order)
        return [
            "id": order.id, "href": "/orders/\(Form.encode(order.id))", "placed": TimeText.day(order.createdAt),
            "placedAt": TimeText.machine(order.createdAt), "total": MoneyText.text(order.total), "status": words.label, "tone": words.tone,
            "summary": self.summary(order),
            "pictures": order.items.prefix(4).map { ["image": ProductArt(sku: $0.sku, name: $0.name).path] as View },
            "canCancel": words.canCancel, "customer": order.shippingAddress.name, "place": self.place(order.shippingAddress),
            "shortID": String(order.id.suffix(8)).uppercased(),
        ]
    }

    /// What changes while the order goes on: the part that is kept up to date.
    static func live(_ order: Order) -> View {
        let words = OrderWords(order)
        return self.row(order).merging([
            "sentence": words.sentence, "isOver": words.isOver, "steps": self.steps(order) ?? [],
            "hasSteps": self.steps(order) != nil,
            "entries": order.timeline.map { entry in
                [
                    "label": OrderWords.label(of: entry.status), "at": TimeText.machine(entry.at), "time": TimeText.moment(entry.at),
                    "detail": entry.detail,
                ] as View
            },
            "shipments": order.shipments.isEmpty
                ? nil : order.shipments.map { ["carrier": $0.carrier, "tracking": $0.trackingNumber] as View },
            "refunds": order.refunds.isEmpty
                ? nil : order.refunds.map { ["amount": MoneyText.text($0.amount), "reason": $0.reason, "status": $0.status] as View },
            "refunded": order.refunded.amount > 0 ? MoneyText.text(order.refunded) : nil,
        ])
    }

    static func page(_ order: Order) -> View {
        let address = order.shippingAddress
        let lines: [String] = [
            address.name, address.line1, address.line2 ?? "", "\(address.postcode) \(address.city)", Countries.name(address.country),
        ]
        return self.live(order).merging([
            "lines": order.items.map { item in
                [
                    "name": item.name, "href": ProductViews.path(item.sku), "image": ProductArt(sku: item.sku, name: item.name).path,
                    "quantity": String(item.quantity), "unitPrice": MoneyText.text(item.unitPrice),
                    "lineTotal": MoneyText.text(item.lineTotal),
                ] as View
            },
            "address": lines.filter { !$0.isEmpty }.map { ["text": $0] as View },
        ])
    }

    /// The road that an order takes, and where on it this one is.
    private static func steps(_ order: Order) -> [View]? {
        let road = [
            ("placed", "Placed"), ("reserving", "Reserved"), ("authorizing", "Paid"), ("confirmed", "Confirmed"), ("shipped", "Shipped"),
            ("delivered", "Delivered"),
        ]
        guard let place = road.firstIndex(where: { $0.0 == order.status }) else { return nil }
        return road.enumerated().map { index, step in
            // Reserving and authorizing are being done while they are the status.
            let isDone = index < place || (index == place && !["reserving", "authorizing"].contains(step.0))
            return ["label": step.1, "isDone": isDone, "isCurrent": index == place, "number": String(index + 1)]
        }
    }

    private static func summary(_ order: Order) -> String {
        guard let first = order.items.first else { return "" }
        let others = order.items.count - 1
        return others == 0 ? first.name : "\(first.name) and \(others) more"
    }

    private static func place(_ address: Address) -> String { "\(address.city), \(Countries.name(address.country))" }
}
