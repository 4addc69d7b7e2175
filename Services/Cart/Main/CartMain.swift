import CartService
import ServiceKit

/// The executable `cart`.
@main
struct CartMain {
    static func main() async {
        await ServiceProcess.run(CartApp.self)
    }
}
