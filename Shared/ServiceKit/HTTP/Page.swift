public import Hummingbird

/// One page of a list: `{"items": […], "next_cursor": "…"}`, with `null` on the last one.
public struct Page<Item: Encodable & Sendable>: ResponseEncodable, Sendable {
    /// The items of this page.
    public var items: [Item]
    /// Where the next page begins.
    public var nextCursor: String?

    /// Creates a page.
    public init(items: [Item], nextCursor: String?) {
        self.items = items
        self.nextCursor = nextCursor
    }

    /// Makes a page of a list that was read one item longer than asked, to know whether more follows.
    ///
    /// - Parameters:
    ///   - items: At most `limit + 1` items.
    ///   - limit: The length of the page.
    ///   - cursor: The cursor behind an item.
    public init(reading items: [Item], limit: Int, cursor: (Item) -> Cursor) {
        let page = Array(items.prefix(limit))
        self.init(items: page, nextCursor: items.count > limit ? page.last.map { cursor($0).text } : nil)
    }

    private enum CodingKeys: String, CodingKey {
        case items
        case nextCursor = "next_cursor"
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(self.items, forKey: .items)
        try container.encode(self.nextCursor, forKey: .nextCursor)
    }
}
