import Hummingbird

/// What a request of a visitor leads to.
enum Outcome: Sendable {
    /// A page.
    case page(Page)
    /// Another place of this shop: after every form that did something, so that reloading does not do it again.
    case redirect(String)
    /// Anything else, as it is.
    case response(Response)
}
