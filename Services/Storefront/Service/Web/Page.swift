import HTTPTypes

/// A page to be shown: its template, its values, its title.
struct Page: Sendable {
    var template: String
    var title: String
    var view: View
    var status = HTTPResponse.Status.ok
    var headers: HTTPFields = [:]
    /// Which entry of the navigation is the current one.
    var section = ""
    /// What search engines and cards show.
    var description: String?

    init(_ template: String, title: String, _ view: View = [:]) {
        self.template = template
        self.title = title
        self.view = view
    }

    /// The same with another status.
    func with(status: HTTPResponse.Status) -> Page {
        var copy = self
        copy.status = status
        return copy
    }

    /// The same in a part of the navigation.
    func within(_ section: String) -> Page {
        var copy = self
        copy.section = section
        return copy
    }
}
