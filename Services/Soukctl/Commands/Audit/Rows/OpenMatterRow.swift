/// Something between payments and the provider that is not settled.
package struct OpenMatterRow: Sendable, Hashable {
    /// What it is about: an order or the provider's own id.
    package var subject: String
    /// What is open, in the words of the database.
    package var what: String
    /// Seconds since it was opened.
    package var age: Int64

    package init(subject: String, what: String, age: Int64) {
        self.subject = subject
        self.what = what
        self.age = age
    }
}
