/// Where a visitor may be sent after a form: a place of this shop, and nowhere else.
enum SafePath {
    /// The path if it is one of this site, else `fallback`.
    ///
    /// A browser reads `//host`, `/\host` and paths with control characters in them as other sites, so none of these pass;
    /// neither does anything that does not begin with a slash.
    static func checked(_ path: String?, or fallback: String = "/") -> String {
        guard let path, path.hasPrefix("/"), path.utf8.count <= 2_000,
            path.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }),
            !path.hasPrefix("//")
        else { return fallback }
        // Nobody is sent back into a login or out again.
        let first = path.dropFirst().prefix { $0 != "/" && $0 != "?" }
        return ["login", "logout", "register"].contains(first) ? fallback : path
    }
}
