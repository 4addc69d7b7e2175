import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import ServiceKit

/// What all pages share: sessions in, pages out, and everything that protects them in between.
struct Shop: Sendable {
    typealias Handler = @Sendable (Visit, ShopRequestContext) async throws -> Outcome

    /// The largest form that is read, in bytes.
    private static let formLimit = 64 * 1_024

    let api: ShopAPI
    let renderer: PageRenderer
    let sealer: SessionSealer
    let cookie: SessionCookie
    let tokens: FormToken
    let origins: OriginCheck
    let logger: Logger

    /// A route that shows something.
    func show(_ path: RouterPath, on router: Router<ShopRequestContext>, _ handler: @escaping Handler) {
        router.get(path) { request, context in
            let visit = self.visit(request, context)
            return try await self.answer(visit) { try await handler(visit, context) }
        }
    }

    /// A route that a form is sent to. Forms of other sites, and of other sessions, are refused before anything happens.
    func accept(_ path: RouterPath, on router: Router<ShopRequestContext>, _ handler: @escaping Handler) {
        router.post(path) { request, context in
            let body = try await request.body.collect(upTo: Self.formLimit)
            let form = Form(encoded: String(buffer: body))
            let visit = self.visit(request, context, form: form)
            return try await self.answer(visit) {
                try self.checkSender(visit)
                return try await handler(visit, context)
            }
        }
    }

    /// The page of a problem that came up outside any route.
    func page(for problem: Problem, _ request: Request) -> Response {
        guard ProblemPages.isWanted(by: request) else { return problem.response() }
        let visit = Visit(request: request, clientAddress: "", session: self.session(in: request))
        // Nothing is told to the browser about its session: this request has none of its own.
        return (try? self.renderer.response(to: ProblemPages.page(for: problem), visit, csrf: self.tokens.make(for: visit.session)))
            ?? problem.response()
    }

    private func visit(_ request: Request, _ context: ShopRequestContext, form: Form = Form()) -> Visit {
        Visit(request: request, clientAddress: context.clientAddress, session: self.session(in: request), form: form)
    }

    private func session(in request: Request) -> Session? {
        self.cookie.value(in: request).flatMap { self.sealer.open($0, now: Clock.now) }
    }

    private func checkSender(_ visit: Visit) throws(Problem) {
        guard self.origins.allows(visit.request), self.tokens.isValid(visit.form["csrf"] ?? "", for: visit.session) else {
            throw ProblemPages.foreignForm
        }
    }

    /// Runs a handler and turns whatever comes of it into an answer that carries the session: a renewed token must reach
    /// the browser even when the page could not be made.
    private func answer(_ visit: Visit, _ body: () async throws -> Outcome) async throws -> Response {
        let hadLogin = visit.session.login != nil
        var response: Response
        do {
            response = try self.response(to: try await body(), visit)
        } catch APIFailure.loggedOut {
            if hadLogin { visit.tell("Your login has ended. Please log in again.", .bad) }
            response = Self.redirect(to: "/login?next=\(Form.encode(SafePath.checked(visit.here)))")
        } catch let error as any ProblemConvertible {
            response = try self.response(to: error.problem, visit)
        } catch let problem as Problem {
            response = try self.response(to: problem, visit)
        }
        if let session = visit.changed {
            let value = try self.sealer.seal(session, now: Clock.now)
            response.headers.append(
                HTTPField(name: .setCookie, value: self.cookie.header(value, maxAge: SessionSealer.lifetime)))
        }
        return response
    }

    private func response(to outcome: Outcome, _ visit: Visit) throws -> Response {
        switch outcome {
        case .page(let page): try self.renderer.response(to: page, visit, csrf: self.tokens.make(for: visit.session))
        case .redirect(let path): Self.redirect(to: path)
        case .response(let response): response
        }
    }

    private func response(to problem: Problem, _ visit: Visit) throws -> Response {
        if problem.status.kind == .serverError {
            self.logger.warning(
                "A page could not be shown", metadata: ["http.status": "\(problem.status.code)", "reason": "\(problem)"])
        }
        guard ProblemPages.isWanted(by: visit.request) else { return problem.response() }
        return try self.response(to: .page(ProblemPages.page(for: problem)), visit)
    }

    private static func redirect(to path: String) -> Response {
        Response(status: .seeOther, headers: [.location: path, .cacheControl: "no-store"])
    }
}
