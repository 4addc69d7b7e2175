import PSPSimulatorService
import ServiceKit

@main
struct PSPSimulatorMain {
    static func main() async {
        await ServiceProcess.run(PSPSimulatorApp.self)
    }
}
