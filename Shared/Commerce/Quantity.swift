/// How many pieces: 1 to 100,000.
///
/// The bound keeps a line's total far from overflow at any admissible price, and catches slips of the keyboard.
public struct Quantity: Hashable, Sendable {
    /// The largest quantity of one line.
    public static let maximum = 100_000

    /// The number of pieces.
    public let value: Int

    /// Takes a number as it came from outside.
    ///
    /// - Throws: ``CommerceError`` with `invalidQuantity` outside 1...``maximum``.
    public init(_ value: Int) throws(CommerceError) {
        guard (1...Quantity.maximum).contains(value) else {
            throw CommerceError(.invalidQuantity, "a quantity is a whole number from 1 to 100000")
        }
        self.value = value
    }
}

extension Quantity: Comparable {
    public static func < (left: Quantity, right: Quantity) -> Bool { left.value < right.value }
}

extension Quantity: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let number = try container.decode(Int.self)
        do {
            self = try Quantity(number)
        } catch {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: error.message)
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(self.value)
    }
}
