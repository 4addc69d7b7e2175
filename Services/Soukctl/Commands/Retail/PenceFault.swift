/// Why a text is no amount of money.
package struct PenceFault: Error, Sendable, Equatable {
    package let reason: String

    package init(reason: String) {
        self.reason = reason
    }
}
