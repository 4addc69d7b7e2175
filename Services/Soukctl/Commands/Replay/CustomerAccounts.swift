/// Opens the accounts of the file's customers. A customer has the same address in every replay.
package struct CustomerAccounts: Sendable {
    private let client: ShopClient
    private let passwords: CustomerPasswords
    private let run: String

    package init(client: ShopClient, passwords: CustomerPasswords, run: String) {
        self.client = client
        self.passwords = passwords
        self.run = run
    }

    /// - Returns: The customer's account: a new one, or the one of an earlier replay.
    package func open(_ customer: String) async throws -> CustomerAccount {
        let bare = customer.lowercased()
        let account = CustomerAccount(name: "Customer \(customer)", email: "customer-\(bare)@retail.example", password: "")
        if let opened = try await self.open(account) { return opened }
        // Somebody has this address under a password we do not know: a replay from another folder.
        var other = account
        other.email = "customer-\(bare)-\(self.run)@retail.example"
        guard let opened = try await self.open(other) else {
            throw SoukctlError(.unexpectedAnswer, "\(other.email) is taken")
        }
        return opened
    }

    /// - Returns: `nil` when the address is taken and its password is not known here.
    private func open(_ account: CustomerAccount) async throws -> CustomerAccount? {
        var account = account
        account.password = try self.passwords.password(for: account.email)
        let request = try ShopRequest(
            "POST",
            "/v1/accounts",
            json: ShopMessages.NewAccount(email: account.email, password: account.password, name: account.name),
            headers: ["Idempotency-Key": "\(self.run)-account-\(account.email)"]
        )
        let answer = try await self.client.send(request)
        switch answer.status {
        case 201: return account
        case 409:
            // An earlier replay has opened it, or an earlier try of this one whose answer got lost.
            let session = Session(client: self.client, email: account.email, password: account.password)
            return try await session.logIn() == nil ? account : nil
        default: throw SoukctlError(.unexpectedAnswer, answer.summary(of: request))
        }
    }
}
