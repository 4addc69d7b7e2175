import CArgon2

/// libargon2's two calls, with Swift's types. Slow: tens of milliseconds of one core.
enum Argon2 {
    static func hash(_ password: [UInt8], salt: [UInt8], _ parameters: Argon2Parameters) throws(Argon2Error) -> String {
        let length = argon2_encodedlen(
            parameters.iterations, parameters.memory, parameters.parallelism, UInt32(salt.count), UInt32(parameters.hashLength), Argon2_id)
        var encoded = [CChar](repeating: 0, count: length)
        let code = unsafe password.withUnsafeBytes { password in
            unsafe salt.withUnsafeBytes { salt in
                unsafe encoded.withUnsafeMutableBufferPointer { encoded in
                    unsafe argon2id_hash_encoded(
                        parameters.iterations, parameters.memory, parameters.parallelism,
                        password.baseAddress, password.count, salt.baseAddress, salt.count, parameters.hashLength,
                        encoded.baseAddress, encoded.count)
                }
            }
        }
        guard code == ARGON2_OK.rawValue else { throw Argon2Error(code: code) }
        return String(decoding: encoded.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Compares in a time that does not depend on where the hashes differ.
    static func verify(_ password: [UInt8], against encoded: String) throws(Argon2Error) -> Bool {
        let code = unsafe password.withUnsafeBytes { password in
            unsafe encoded.withCString { unsafe argon2id_verify($0, password.baseAddress, password.count) }
        }
        switch code {
        case ARGON2_OK.rawValue: return true
        case ARGON2_VERIFY_MISMATCH.rawValue: return false
        default: throw Argon2Error(code: code)
        }
    }
}
