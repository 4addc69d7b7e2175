#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// Base64 as gRPC uses it: written without padding, read with or without.
enum Base64 {
    static func encode(_ bytes: [UInt8]) -> String {
        var text = Data(bytes).base64EncodedString()
        while text.last == "=" {
            text.removeLast()
        }
        return text
    }

    static func decode(_ text: String) -> [UInt8]? {
        var text = text
        while text.utf8.count % 4 != 0 {
            text.append("=")
        }
        return Data(base64Encoded: text).map { [UInt8]($0) }
    }
}
