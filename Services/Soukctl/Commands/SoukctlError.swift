/// Why a command could not do its work.
package struct SoukctlError: Error, Sendable, CustomStringConvertible {
    /// What kind of trouble it is.
    package struct Code: Sendable, Hashable {
        private let name: String

        /// The command line or a file it names is wrong.
        package static let usage = Code(name: "usage")
        /// The shop gave an answer that the contract does not allow here.
        package static let unexpectedAnswer = Code(name: "unexpectedAnswer")
        /// The shop did not get there in time.
        package static let patienceOver = Code(name: "patienceOver")
        /// The books could not be read.
        package static let audit = Code(name: "audit")
        /// Parked events could not be reached.
        package static let redrive = Code(name: "redrive")
    }

    package let code: Code
    package let message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    package var description: String { self.message }
}
