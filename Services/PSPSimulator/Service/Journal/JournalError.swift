/// Why the journal cannot be used. All of these end the process: a provider without its books must not answer.
package struct JournalError: Error, Sendable, CustomStringConvertible {
    package struct Code: Sendable, Hashable {
        fileprivate enum Value: Hashable {
            case cannotOpen, cannotWrite
            case damaged(line: Int)
        }

        fileprivate let value: Value

        package static let cannotOpen = Code(value: .cannotOpen)
        package static let cannotWrite = Code(value: .cannotWrite)
        /// A line before the last cannot be read.
        package static func damaged(line: Int) -> Code { Code(value: .damaged(line: line)) }
    }

    package let code: Code
    package let path: String

    package init(_ code: Code, path: String) {
        self.code = code
        self.path = path
    }

    package var description: String {
        switch self.code.value {
        case .cannotOpen: "the journal \(self.path) cannot be opened for writing"
        case .cannotWrite: "the journal \(self.path) cannot be written"
        case .damaged(let line): "the journal \(self.path) is damaged at line \(line)"
        }
    }
}
