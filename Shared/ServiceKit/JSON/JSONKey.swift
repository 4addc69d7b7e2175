/// A place in a list, or a member of an object, on a decoder's path.
struct JSONKey: CodingKey {
    var stringValue: String
    var intValue: Int?

    init(index: Int) {
        self.stringValue = String(index)
        self.intValue = index
    }

    init?(stringValue: String) {
        self.stringValue = stringValue
    }

    init?(intValue: Int) {
        self.init(index: intValue)
    }
}
