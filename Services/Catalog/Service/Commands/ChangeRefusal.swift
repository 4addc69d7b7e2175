/// Why a change of the staff was not made.
enum ChangeRefusal: Error, Hashable, Sendable {
    /// There is a product with this code already.
    case skuTaken
    /// There is no such product.
    case unknownProduct
    /// The details are not those that the change is based on.
    case detailsChanged
    /// More pieces were lost than are free.
    case insufficientStock(available: Int64)
    /// There would be more pieces than a product can have.
    case stockLimit
}
