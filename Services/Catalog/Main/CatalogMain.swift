internal import CatalogService
internal import ServiceKit

@main
struct CatalogMain {
    static func main() async {
        await ServiceProcess.run(CatalogApp.self)
    }
}
