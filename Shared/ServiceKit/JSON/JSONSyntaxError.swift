/// Why some bytes are no acceptable JSON text.
struct JSONSyntaxError: Error, Hashable, CustomStringConvertible {
    /// Where, counted in bytes from 0.
    var offset: Int
    var reason: String

    var description: String { "The body is not well-formed JSON at byte \(self.offset): \(self.reason)." }
}
