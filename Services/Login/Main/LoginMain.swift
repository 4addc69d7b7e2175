import LoginService
import ServiceKit

@main
struct LoginMain {
    static func main() async {
        await ServiceProcess.run(LoginApp.self)
    }
}
