internal import ServiceKit

extension SearchPlace {
    /// Reads a cursor; nil when it is none of a search.
    init?(_ cursor: Cursor) {
        guard cursor.values.count == 2, let rank = Double(cursor.values[0]), rank.isFinite else { return nil }
        self.init(rank: rank, sku: cursor.values[1])
    }

    /// A double's description reads back as the same double, so no product is lost or shown twice.
    var cursor: Cursor { Cursor("\(self.rank)", self.sku) }
}
