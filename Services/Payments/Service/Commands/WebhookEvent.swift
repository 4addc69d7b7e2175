/// What the provider tells us in a webhook. Not trusted for anything but where to look.
package struct WebhookEvent: Sendable, Hashable, Decodable {
    package struct Object: Sendable, Hashable, Decodable {
        /// The payment intent.
        package let id: String
        package let status: String
        package let metadata: [String: String]?
    }

    package let id: String
    package let type: String
    package let data: Object

    /// Whether its names can be kept and looked up: of a length that an index takes, and without NUL.
    package var isUsable: Bool {
        [self.id, self.type, self.data.id, self.data.status, self.data.metadata?["payment_id"] ?? "-"].allSatisfy { name in
            (1...255).contains(name.unicodeScalars.count) && !name.utf8.contains(0)
        }
    }
}
