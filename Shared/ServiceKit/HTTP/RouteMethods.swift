import HTTPTypes
import Hummingbird

/// Which methods the paths of a router know, to tell 405 from 404.
struct RouteMethods: Sendable {
    private struct Route {
        var parts: [Substring]
        var method: HTTPRequest.Method
    }

    private let routes: [Route]

    init(_ router: Router<ShopRequestContext>) {
        self.routes = router.routes.map { route in
            Route(parts: route.path.description.split(separator: "/"), method: route.method)
        }
    }

    /// 405 with `Allow` if another method would have found something, else 404.
    func problem(for request: Request) -> Problem {
        let path = request.uri.path.split(separator: "/")
        var allowed = Set(self.routes.filter { Self.matches($0.parts, path) }.map(\.method.rawValue))
        if allowed.contains("GET") { allowed.insert("HEAD") }
        guard !allowed.isEmpty else {
            return Problem(.notFound, detail: "There is nothing at this path.")
        }
        let list = allowed.sorted().joined(separator: ", ")
        return Problem(.methodNotAllowed, detail: "This path knows \(list).", headers: [.allow: list])
    }

    private static func matches(_ pattern: [Substring], _ path: [Substring]) -> Bool {
        if pattern.last == "**" { return path.count >= pattern.count - 1 }
        guard pattern.count == path.count else { return false }
        return zip(pattern, path).allSatisfy { part, value in
            part.hasPrefix(":") || part.hasPrefix("{") || part == "*" || part == value
        }
    }
}
