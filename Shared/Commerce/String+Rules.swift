extension String {
    /// Whether it holds a control character: general category Cc, which Unicode has fixed for ever as these 65.
    ///
    /// The runtime's tables of all categories were 7 % of a search, since products are checked as they are read.
    public var hasControlCharacters: Bool {
        self.unicodeScalars.contains { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) }
    }

    /// Whether it has more characters than a limit: Unicode scalars, as JSON Schema and PostgreSQL count.
    public func isLonger(than limit: Int) -> Bool {
        // No scalar has less than one byte, and native strings know how many bytes they have.
        self.utf8.count > limit && self.unicodeScalars.count > limit
    }
}
