public import Hummingbird

/// Which part of a list is wanted: `?limit=` 1 to 100 and `?cursor=`.
public struct PageRequest: Sendable, Hashable {
    /// How many items.
    public var limit: Int
    /// Behind which item; nil for the first page.
    public var cursor: Cursor?

    /// Creates a request.
    public init(limit: Int, cursor: Cursor? = nil) {
        self.limit = limit
        self.cursor = cursor
    }

    /// Reads the query.
    ///
    /// - Throws: A ``Problem`` 422 if the limit is out of bounds or the cursor is not one of ours.
    public init(_ request: Request, defaultLimit: Int = 20) throws(Problem) {
        let query = request.uri.queryParameters
        var limit = defaultLimit
        if let text = query["limit"] {
            guard let value = Int(text), (1...100).contains(value) else {
                throw .invalid("?limit", "must be a whole number from 1 to 100")
            }
            limit = value
        }
        var cursor: Cursor?
        if let text = query["cursor"], !text.isEmpty {
            cursor = Cursor(text: String(text))
            if cursor == nil { throw .invalid("?cursor", "must be the next_cursor of an earlier page") }
        }
        self.init(limit: limit, cursor: cursor)
    }
}
