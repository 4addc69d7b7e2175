import FoundationEssentials
import HTTPTypes
import Hummingbird
import NIOCore
import ServiceKit
import Tracing

/// Turns pages into answers: the template within the layout, with what every page shows around its content.
struct PageRenderer: Sendable {
    let templates: Templates
    let headers: SecurityHeaders
    let instance: String

    /// The whole answer. The session's notice is shown here, and thereby told.
    func response(to page: Page, _ visit: Visit, csrf: String) throws -> Response {
        let notice = visit.session.notice
        if notice != nil { visit.update { $0.notice = nil } }
        let common: View = ["csrf": csrf, "here": visit.here]
        let body = try self.templates.render(page.template, page.view.merging(common))
        let html = try self.templates.render("layout", self.layout(page, visit, notice, body: body).merging(common))
        var response = self.html(html, status: page.status)
        for field in page.headers { response.headers[field.name] = field.value }
        return response
    }

    /// A part of a page, for the script that keeps it up to date.
    func fragment(_ template: String, _ view: View, csrf: String) throws -> Response {
        self.html(try self.templates.render(template, view.merging(["csrf": csrf])), status: .ok)
    }

    private func html(_ text: String, status: HTTPResponse.Status) -> Response {
        var response = Response(
            status: status,
            // Pages show who is logged in, and forms that belong to one session.
            headers: [.contentType: "text/html; charset=utf-8", .cacheControl: "no-store", .vary: "Cookie"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text))
        )
        self.headers.apply(to: &response)
        return response
    }

    private func layout(_ page: Page, _ visit: Visit, _ notice: Session.Notice?, body: String) -> View {
        let session = visit.session
        var view: View = [
            "title": page.title, "body": body, "description": page.description,
            "firstName": session.login.map { $0.name.split(separator: " ").first.map(String.init) ?? $0.name },
            "isGuest": session.login == nil, "isStaff": session.login?.isStaff ?? false,
            "cartCount": session.cartCount > 0 ? String(min(session.cartCount, 999)) : nil,
            "cartWords": session.cartCount == 1 ? "1 piece" : "\(session.cartCount) pieces",
            "search": visit.request.uri.path == "/search" ? visit.query("q") : nil,
            "instance": self.instance, "trace": Self.trace(),
        ]
        if let notice {
            view["notice"] = notice.text
            view["noticeKind"] = notice.kind.rawValue
        }
        if !page.section.isEmpty { view["in\(page.section)"] = true }
        return view.merging(Assets.addresses)
    }

    /// The trace that this page belongs to, for whoever looks for it in the logs.
    private static func trace() -> String? {
        guard let context = ServiceContext.current else { return nil }
        var fields = HTTPFields()
        InstrumentationSystem.instrument.inject(context, into: &fields, using: HTTPFieldsCarrier())
        return fields[.traceParent]?.split(separator: "-").dropFirst().first.map(String.init)
    }
}
