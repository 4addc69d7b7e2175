/// The body of `POST /v1/payment_methods`.
struct PaymentMethodRequest: Decodable {
    let card: CardDetails
}
