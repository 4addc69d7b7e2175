/// What goes wrong with webhooks on purpose, so that clients prove they can bear it.
package struct WebhookFaults: Sendable, Hashable, CustomStringConvertible {
    /// Every third event is sent twice.
    package var duplicates = false
    /// Every fourth event is held back until a later one has gone out.
    package var reorders = false

    package static let none = WebhookFaults()

    package init(duplicates: Bool = false, reorders: Bool = false) {
        self.duplicates = duplicates
        self.reorders = reorders
    }

    /// The list that is read back by ``init(parsing:)``.
    package var description: String {
        let words = [self.duplicates ? "duplicate" : nil, self.reorders ? "reorder" : nil].compactMap { $0 }
        return words.isEmpty ? "none" : words.joined(separator: ",")
    }

    /// Reads a list such as `duplicate,reorder`; `none` or nothing means no faults.
    ///
    /// - Returns: Nil for a word that is none of these.
    package init?(parsing text: String) {
        self.init()
        for word in text.split(separator: ",").map({ $0.filter { $0 != " " } }) {
            switch word {
            case "duplicate": self.duplicates = true
            case "reorder": self.reorders = true
            case "none", "": break
            default: return nil
            }
        }
    }
}
