import Foundation
import Synchronization

/// The generated passwords of the file's customers, kept beside `shop.json` so that a later replay can log in again.
package final class CustomerPasswords: Sendable {
    private let path: String
    private let known: Mutex<[String: String]>

    /// Reads what an earlier replay kept. A file that cannot be read is as good as none.
    package init(path: String) {
        self.path = path
        let data = FileManager.default.contents(atPath: path)
        self.known = Mutex(data.flatMap { try? JSONDecoder().decode([String: String].self, from: $0) } ?? [:])
    }

    /// The password of this address; a new one is on disk before it is used.
    package func password(for email: String) throws -> String {
        try self.known.withLock { known in
            if let password = known[email] { return password }
            let password = Self.random()
            known[email] = password
            try self.write(known)
            return password
        }
    }

    private func write(_ passwords: [String: String]) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
        try encoder.encode(passwords).write(to: URL(filePath: self.path), options: .atomic)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: self.path)
    }

    private static func random() -> String {
        let letters = Array("abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789")
        return String((0..<24).compactMap { _ in letters.randomElement() })
    }
}
