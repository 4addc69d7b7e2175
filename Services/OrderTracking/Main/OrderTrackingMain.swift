import OrderTrackingService
import ServiceKit

/// The executable `order-tracking`.
@main
struct OrderTrackingMain {
    static func main() async {
        await ServiceProcess.run(OrderTrackingApp.self)
    }
}
