public import CartDomain
import HTTPTypes
public import ServiceKit

/// How a violation looks to the caller.
extension CartViolation: ProblemConvertible {
    public var problem: Problem {
        switch self {
        case .tooManyLines:
            Problem(
                .unprocessableContent, type: "cart-full", detail: "A cart holds \(CartRules.maximumLines) different products at most."
            )
        case .quantityTooLarge:
            Problem.invalid("#/quantity", "makes more than 100000 pieces of one product in the cart")
        case .totalTooLarge:
            Problem(.unprocessableContent, type: "cart-total-too-large", detail: "The cart's total is too large.")
        }
    }
}
