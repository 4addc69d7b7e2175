import HTTPTypes
import Hummingbird
import Synchronization

/// One request of a visitor, with the session that it came with and what becomes of it.
///
/// A class, since parts of a page are fetched at the same time and each may change the session: a token is renewed, a
/// service tells after which write to read.
final class Visit: Sendable {
    let request: Request
    /// The visitor's address, as the balancer saw it.
    let clientAddress: String
    /// The fields of the form that was sent.
    let form: Form
    private let original: Session?
    private let state: Mutex<Session>

    init(request: Request, clientAddress: String, session: Session?, form: Form = Form()) {
        self.request = request
        self.clientAddress = clientAddress
        self.form = form
        self.original = session
        self.state = Mutex(session ?? .new())
    }

    /// What is known of the visitor now.
    var session: Session { self.state.withLock { $0 } }

    /// The session if it has to be sent to the browser: it is new, or it changed.
    var changed: Session? {
        let session = self.session
        return session == self.original ? nil : session
    }

    func update(_ body: (inout Session) -> Void) {
        self.state.withLock { body(&$0) }
    }

    /// The path and query, to come back to.
    var location: String { self.request.uri.string }

    /// The page that the visitor is on: this one, or the one whose form this was. What a form is sent to is no page.
    var here: String {
        guard self.request.method == .post else { return self.location }
        guard let referer = self.request.headers[.referer], let start = referer.firstRange(of: "://")?.upperBound,
            let slash = referer[start...].firstIndex(of: "/")
        else { return "/" }
        return SafePath.checked(String(referer[slash...]))
    }

    /// A part of the query.
    func query(_ name: String) -> String? {
        self.request.uri.query.map { Form(encoded: $0) }?[name]
    }

    /// Tells something on the next page.
    func tell(_ text: String, _ kind: Session.Notice.Kind = .good) {
        self.update { $0.notice = Session.Notice(kind: kind, text: text) }
    }
}
