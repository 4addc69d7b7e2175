import ServiceKit
import StorefrontService

/// The executable `storefront`.
@main
struct StorefrontMain {
    static func main() async {
        await ServiceProcess.run(StorefrontApp.self)
    }
}
