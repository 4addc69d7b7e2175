/// With what a customer of the file logs in.
package struct CustomerAccount: Sendable, Hashable {
    package var name: String
    package var email: String
    package var password: String
}
