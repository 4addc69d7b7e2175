import Foundation
import HTTPTypes
import Hummingbird

/// The least that can answer a product page over HTTP: one Hummingbird route that returns the bytes of a file.
///
/// `make bench` measures the catalogue's page against it. Address, path, file and headers come from the environment, so
/// that it says the very bytes that the shop said.
@main
struct BareServer {
    static func main() async throws {
        let environment = ProcessInfo.processInfo.environment
        guard let port = environment["BARE_PORT"].flatMap(Int.init), let path = environment["BARE_PATH"],
            let file = environment["BARE_BODY_FILE"]
        else {
            print("bare-server wants BARE_PORT, BARE_PATH and BARE_BODY_FILE.")
            exit(64)
        }
        let body = ByteBuffer(bytes: try Data(contentsOf: URL(filePath: file)))
        let headers = Self.headers(environment["BARE_HEADERS"] ?? "content-type: application/json")
        let router = Router()
        router.get(RouterPath(path)) { _, _ in
            Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: body))
        }
        let application = Application(
            router: router,
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: port), backlog: 1_024)
        )
        try await application.runService()
    }

    /// Reads lines of `name: value`.
    private static func headers(_ text: String) -> HTTPFields {
        var fields = HTTPFields()
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2, let name = HTTPField.Name(String(parts[0])) else { continue }
            fields[name] = parts[1].trimmingCharacters(in: .whitespaces)
        }
        return fields
    }
}
