internal import CatalogDomain
internal import HTTPTypes
internal import ServiceKit

extension ChangeRefusal: ProblemConvertible {
    /// The refusal as the staff sees it.
    var problem: Problem {
        switch self {
        case .skuTaken:
            Problem(.conflict, type: "sku-already-exists", detail: "There is a product with this SKU already.")
        case .unknownProduct:
            .notFound("product")
        case .detailsChanged:
            .preconditionFailed
        case .insufficientStock(let available):
            Problem(
                .conflict, type: "insufficient-stock",
                detail: "Only \(available) pieces are not promised to an order; the stock cannot fall below zero."
            )
        case .stockLimit:
            Problem(
                .conflict, type: "stock-limit", detail: "A product can have at most \(StockDelta.maximumStock) pieces."
            )
        }
    }
}
