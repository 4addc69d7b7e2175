/// The stock after a delivery or a loss.
struct StockBody: Encodable {
    let sku: String
    let available: Int64
}
