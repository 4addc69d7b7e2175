import Foundation

/// What a running shop tells other programs: the contents of `.souk/shop.json`.
package struct ShopFile: Sendable, Codable {
    package var url: String
    package var staff: Staff

    /// Connection strings of the auditor, by database.
    package var databases: [String: String]?

    /// Connection strings of the role that lets parked events be tried again, by database.
    package var redriverDatabases: [String: String]?
    package var psp: Provider?

    /// A staff login.
    package struct Staff: Sendable, Codable {
        package var email: String
        package var password: String
    }

    /// The payment provider, as far as the auditor needs it.
    package struct Provider: Sendable, Codable {
        package var url: String?
        package var journalUrl: String?
        package var apiKey: String?
    }

    /// - Throws: ``SoukctlError`` that names the file and what is wrong with it.
    package static func load(_ path: String) throws(SoukctlError) -> ShopFile {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw SoukctlError(.usage, "\(path): no such file. Is the shop up? `make up` writes it.")
        }
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        do {
            return try decoder.decode(ShopFile.self, from: data)
        } catch {
            throw SoukctlError(.usage, "\(path): not a shop file: \(error)")
        }
    }

    /// The path to read: the option, else `SOUK_SHOP`, else `.souk/shop.json` here or in a folder above.
    package static func path(option: String?, environment: [String: String]) -> String {
        if let path = option ?? environment["SOUK_SHOP"], !path.isEmpty { return path }
        var folder = URL(filePath: FileManager.default.currentDirectoryPath)
        while true {
            let candidate = folder.appending(path: ".souk/shop.json").path
            if FileManager.default.fileExists(atPath: candidate) { return candidate }
            guard folder.path != "/" else { return ".souk/shop.json" }
            folder = folder.deletingLastPathComponent()
        }
    }
}

extension ShopFile {
    /// The path of another file in the folder of the shop file.
    package static func beside(_ path: String, _ name: String) -> String {
        URL(filePath: path).deletingLastPathComponent().appending(path: name).path
    }
}
