import HTTPTypes
import Hummingbird
import ServiceKit

/// The pages for what went wrong: one honest sentence, and where to go from there.
enum ProblemPages {
    /// A form without this session's token, or from another site.
    static let foreignForm = Problem(
        .forbidden, detail: "This form was not sent from a page of this shop, or the page was open too long. Nothing has been done.")

    /// Whether a person asks; programs read the problem as JSON.
    static func isWanted(by request: Request) -> Bool {
        request.headers[values: .accept].contains { $0.contains("text/html") }
    }

    static func page(for problem: Problem) -> Page {
        let (title, sentence) = Self.words(for: problem)
        var page = Page(
            "problem", title: title,
            [
                "heading": title, "sentence": sentence, "code": String(problem.status.code),
                "isBusy": [429, 503, 504].contains(problem.status.code), "isMissing": problem.status == .notFound,
            ]
        )
        page.status = problem.status
        for name in [HTTPField.Name.retryAfter, .allow] { page.headers[name] = problem.headers[name] }
        return page
    }

    private static func words(for problem: Problem) -> (String, String) {
        switch problem.status.code {
        case 403: ("This is not allowed", problem.detail ?? "You may not see this page or do this.")
        case 404: ("This page is not here", "It may have moved, or the address has a slip in it.")
        case 405: ("This page cannot do that", "The address is right, but not for what was asked of it.")
        case 409, 412: ("This has changed meanwhile", problem.detail ?? "Look at the page again, and repeat what you wanted.")
        case 413: ("That was too much", "What was sent is larger than any form of this shop.")
        case 429: ("A little slower, please", "There were too many requests from your address. Wait a few seconds and try again.")
        case 503: ("Back in a moment", problem.detail ?? "A part of the shop does not answer at the moment. Nothing of yours is lost.")
        case 504: ("That took too long", "A part of the shop did not answer in time. Look whether it happened before you repeat it.")
        case 500...599: ("Something went wrong here", "It is our mistake, and it was noted. Nothing of yours is lost.")
        default: ("That did not work", problem.detail ?? "The request could not be understood.")
        }
    }
}
