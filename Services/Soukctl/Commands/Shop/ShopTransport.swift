/// Carries one request to the shop and brings the answer back. One try, no policy.
package protocol ShopTransport: Sendable {
    /// - Throws: Whatever kept the answer from coming: connection refused, reset, time over.
    func send(_ request: ShopRequest) async throws -> ShopAnswer
}
