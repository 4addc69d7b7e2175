import Auth
import HTTPTypes
import Hummingbird
import NIOCore
import ServiceKit

/// The HTTP API of login.
struct LoginRoutes: Sendable {
    let register: RegisterAccount
    let start: StartSession
    let refresh: RefreshTokens
    let accounts: AccountStore
    let sessions: SessionStore
    let keys: SigningKeys

    func add(to host: ServiceHost) {
        host.router.post("/v1/accounts") { request, context in
            let input = try await request.decodeBody(RegisterAccount.Input.self, context: context)
            return try await self.register(input, request: request, context: context)
        }
        host.router.get("/v1/accounts/me") { _, context in
            let principal = try context.requirePrincipal()
            guard let account = try await self.accounts.find(id: principal.accountID) else { throw Problem.notFound("account") }
            return AccountView(account)
        }
        host.router.post("/v1/sessions") { request, context in
            let input = try await request.decodeBody(StartSession.Input.self, context: context)
            return try Response.json(try await self.start(input, clientAddress: context.clientAddress), status: .created)
        }
        host.router.delete("/v1/sessions/current") { _, context in
            let principal = try context.requirePrincipal()
            try await self.sessions.end(principal.sessionID, accountID: principal.accountID, reason: "logout")
            return Response(status: .noContent)
        }
        host.router.post("/v1/tokens") { request, context in
            let body = try await request.jsonBody(context: context)
            let key = try IdempotencyKey(request: request, context: context, body: NIOCore.ByteBuffer(), required: false)
            let (pair, isReplay) = try await self.refresh(body.decode(RefreshTokens.Input.self), key: key?.key)
            return try Response.json(pair, status: .created, headers: isReplay ? [.idempotencyReplayed: "true"] : [:])
        }
        host.router.get("/.well-known/jwks.json") { _, _ in
            Response(
                status: .ok,
                headers: [.contentType: "application/jwk-set+json", .cacheControl: "public, max-age=300"],
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: try self.keys.published()))
            )
        }
        host.serveOpenAPI(PackageResources.openapi_json, as: LoginApp.name)
    }
}
