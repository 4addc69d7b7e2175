/// The body of `POST /v1/payment-methods`.
struct NewPaymentMethod: Decodable {
    let card: CardDetails
}
