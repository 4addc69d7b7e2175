import Crypto
import FoundationEssentials

/// Encrypts private keys for the database, if there is a secret for it: AES-256-GCM under a key derived by HKDF, bound to
/// the key's id.
struct KeySealing: Sendable {
    private let key: SymmetricKey?

    /// - Parameter secret: Empty for no encryption.
    init(secret: String) {
        self.key =
            secret.isEmpty
            ? nil
            : HKDF<SHA256>.deriveKey(
                inputKeyMaterial: SymmetricKey(data: Data(secret.utf8)), info: Data("souk-login signing key v1".utf8), outputByteCount: 32)
    }

    var isActive: Bool { self.key != nil }

    func seal(_ bytes: [UInt8], id: String) throws -> [UInt8] {
        guard let key else { return bytes }
        let box = try AES.GCM.seal(bytes, using: key, authenticating: Data(id.utf8))
        return Array(box.combined ?? Data())
    }

    /// - Returns: nil if there is no secret, or not the one it was sealed with.
    func open(_ bytes: [UInt8], id: String) -> [UInt8]? {
        guard let key, let box = try? AES.GCM.SealedBox(combined: bytes) else { return nil }
        return (try? AES.GCM.open(box, using: key, authenticating: Data(id.utf8))).map { Array($0) }
    }
}
