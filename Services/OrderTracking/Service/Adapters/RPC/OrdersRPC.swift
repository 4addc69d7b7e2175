import Commerce
import Contracts
import OrderTrackingDomain
import RPC
import SwiftProtobuf
import Wire

/// `souk.orders.v1.Orders`, for the other services.
struct OrdersRPC: Sendable {
    let store: any OrderStore

    var handlers: [RPCHandler] {
        [
            RPCHandler(RPCMethods.Orders.getOrderStatus) { request, _ in
                guard let id = try? OrderID(request.orderID), let view = try await self.store.view(id) else {
                    throw RPCError(.notFound, "no such order")
                }
                return Souk_Orders_V1_GetOrderStatusReply.with {
                    ($0.orderID, $0.accountID) = (view.order.id.rawValue, view.order.accountID.rawValue)
                    $0.status = view.order.saga.status.rawValue
                    $0.cancelReason = view.order.saga.cancelReason?.rawValue ?? ""
                    $0.total = .init(view.order.saga.total)
                }
            }
        ]
    }
}
