/// What a shopper looks for: the words of the text, each matched by its beginning.
public struct SearchQuery: Hashable, Sendable {
    /// Lower-case letters and digits only, so they need no escaping anywhere.
    public let words: [String]

    /// Words beyond this many are left out.
    public static let maximumWords = 8
    /// Characters of a word beyond this many are left out.
    public static let maximumWordLength = 40

    /// Takes the words out of a text; nil when there are none.
    public init?(_ text: String) {
        let words = text.lowercased()
            .split { !$0.isLetter && !$0.isNumber }
            .prefix(Self.maximumWords)
            .map { String($0.prefix(Self.maximumWordLength)) }
        guard !words.isEmpty else { return nil }
        self.words = words
    }

    /// The query in PostgreSQL's language: every word must occur, or a word that begins with it.
    public var tsquery: String {
        self.words.map { "'\($0)':*" }.joined(separator: " & ")
    }
}
