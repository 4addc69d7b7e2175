import PaymentsService
import ServiceKit

@main
struct PaymentsMain {
    static func main() async {
        await ServiceProcess.run(PaymentsApp.self)
    }
}
