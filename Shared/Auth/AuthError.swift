/// Why a token was not accepted.
public struct AuthError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The reason. More may be added.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        enum Base: String { case malformed, badSignature, expired, wrongIssuer, wrongAudience, unknownKey, unavailable }
        let base: Base

        /// It is no token, or not one of the kind that is signed here.
        public static let malformed = Code(base: .malformed)
        /// The signature does not fit: forged or damaged.
        public static let badSignature = Code(base: .badSignature)
        /// Its time is over: fetch a new one with the refresh token.
        public static let expired = Code(base: .expired)
        /// Another issuer signed it.
        public static let wrongIssuer = Code(base: .wrongIssuer)
        /// It was made for somebody else.
        public static let wrongAudience = Code(base: .wrongAudience)
        /// No key of that name is published.
        public static let unknownKey = Code(base: .unknownKey)
        /// No keys could be fetched yet, so nothing can be said about the token.
        public static let unavailable = Code(base: .unavailable)

        public var description: String { self.base.rawValue }
    }

    /// The reason.
    public let code: Code

    /// Creates an error.
    public init(_ code: Code) {
        self.code = code
    }

    /// A sentence that may be shown to the caller.
    public var description: String {
        switch self.code.base {
        case .malformed: "The access token cannot be read."
        case .badSignature, .unknownKey: "The access token's signature is not valid."
        case .expired: "The access token has expired."
        case .wrongIssuer: "The access token was issued by somebody else."
        case .wrongAudience: "The access token was made for somebody else."
        case .unavailable: "Access tokens cannot be verified at the moment."
        }
    }
}
