import CArgon2

/// libargon2 could not do its work: no memory, or a stored hash that is none.
struct Argon2Error: Error, Hashable, CustomStringConvertible {
    var code: Int32

    var description: String {
        "argon2: \(unsafe String(cString: argon2_error_message(self.code)))"
    }
}
