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
}
