public import Wire

/// Every gRPC method of the shop, by service.
///
/// A test compares each with the descriptor of its .proto file, so that path and idempotency cannot drift apart.
public enum RPCMethods {
    /// `souk.catalog.v1.Catalog`.
    public enum Catalog {
        /// Products by SKU, as the primary knows them now.
        public static let getProducts = RPCMethod<Souk_Catalog_V1_GetProductsRequest, Souk_Catalog_V1_GetProductsReply>(
            "/souk.catalog.v1.Catalog/GetProducts", idempotency: .noSideEffects, timeout: .seconds(2)
        )
    }

    /// `souk.cart.v1.Cart`.
    public enum Cart {
        /// The account's cart as it would be ordered now.
        public static let getCheckout = RPCMethod<Souk_Cart_V1_GetCheckoutRequest, Souk_Cart_V1_GetCheckoutReply>(
            "/souk.cart.v1.Cart/GetCheckout", idempotency: .noSideEffects, timeout: .seconds(3)
        )
        /// Takes what was ordered out of the cart, once.
        public static let completeCheckout = RPCMethod<Souk_Cart_V1_CompleteCheckoutRequest, Souk_Cart_V1_CompleteCheckoutReply>(
            "/souk.cart.v1.Cart/CompleteCheckout", idempotency: .idempotent, timeout: .seconds(1)
        )
    }

    /// `souk.orders.v1.Orders`.
    public enum Orders {
        /// Where an order stands.
        public static let getOrderStatus = RPCMethod<Souk_Orders_V1_GetOrderStatusRequest, Souk_Orders_V1_GetOrderStatusReply>(
            "/souk.orders.v1.Orders/GetOrderStatus", idempotency: .noSideEffects, timeout: .seconds(2)
        )
    }
}
