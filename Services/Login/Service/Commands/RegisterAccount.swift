import Hummingbird
import LoginDomain
import NIOCore
import ServiceKit

/// Makes an account.
struct RegisterAccount: Sendable {
    struct Input: Decodable, Sendable {
        var email: String
        var password: String
        var name: String
    }

    let accounts: AccountStore
    let hasher: any PasswordHashing
    let idempotency: IdempotencyStore

    func callAsFunction(_ input: Input, request: Request, context: ShopRequestContext) async throws -> StoredResponse {
        let (email, password, name) = try Self.validate(input)
        // Without the password: what is kept for a day must not help to guess it.
        let subject = ByteBuffer(string: "\(email.text)\n\(name.text)")
        let key = try IdempotencyKey(request: request, context: context, body: subject, required: false)
        // Before the expensive hash.
        if let key, let stored = try await self.idempotency.stored(key) { return stored }
        let hash = try await self.hasher.hash(password.bytes)
        return try await self.idempotency.run(key) { transaction in
            let account = try await self.accounts.insert(
                email: email, name: name, passwordHash: hash, scopes: AccountStore.shopperScopes, in: transaction)
            guard let account else {
                throw Problem.emailTaken
            }
            return try StoredResponse(AccountView(account), status: .created, headers: [.location: "/v1/accounts/me"])
        }
    }

    /// All fields are looked at, so that the answer names all that are wrong.
    private static func validate(_ input: Input) throws -> (EmailAddress, NewPassword, DisplayName) {
        var errors: [FieldError] = []
        func check<Value>(_ make: () throws(LoginRuleViolation) -> Value) -> Value? {
            do throws(LoginRuleViolation) {
                return try make()
            } catch {
                errors.append(FieldError(pointer: "#/\(error.field)", detail: error.reason))
                return nil
            }
        }
        let email = check { () throws(LoginRuleViolation) in try EmailAddress(input.email) }
        let password = check { () throws(LoginRuleViolation) in try NewPassword(input.password) }
        let name = check { () throws(LoginRuleViolation) in try DisplayName(input.name) }
        guard let email, let password, let name else { throw Problem.invalid(errors) }
        return (email, password, name)
    }
}
