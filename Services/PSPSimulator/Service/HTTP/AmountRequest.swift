/// The body of a capture: all that is authorized, unless an amount is given.
struct AmountRequest: Decodable {
    let amount: Int64?
}
