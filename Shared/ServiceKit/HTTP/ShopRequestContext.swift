public import Auth
public import Hummingbird
import NIOCore

/// What a handler knows about the request beside the request itself.
public struct ShopRequestContext: RequestContext {
    public var coreContext: CoreRequestContextStorage

    /// Who makes the request, if it carried a valid access token.
    public internal(set) var principal: Principal?

    /// The address of the client, as the nearest trusted proxy saw it.
    public internal(set) var clientAddress: String

    /// What the client wrote here last, if the request carried a token of this service that says so. Anything else in
    /// `Souk-Read-After` is as if it were not there: who wrote nothing has no reason to be answered past a cache.
    public internal(set) var readAfter: ReadAfterToken?

    public init(source: ApplicationRequestContextSource) {
        self.coreContext = CoreRequestContextStorage(source: source)
        self.clientAddress = source.channel.remoteAddress?.ipAddress ?? "unknown"
    }

    /// The template of the route's path, such as `/v1/products/{sku}`; nil if there was no route.
    public var route: String? {
        // The framework names the absence of a route.
        self.endpointPath == "NotFound" ? nil : self.endpointPath
    }

    public var requestDecoder: JSONCoding { JSONCoding() }
    public var responseEncoder: JSONCoding { JSONCoding() }

    /// The largest body that is read, in bytes.
    public var maxUploadSize: Int { 256 * 1_024 }

    /// Who makes the request.
    ///
    /// - Throws: A ``Problem`` 401 if the request carries no token.
    public func requirePrincipal() throws(Problem) -> Principal {
        guard let principal = self.principal else {
            throw .unauthorized("This needs an access token: Authorization: Bearer <token>.", isTokenBad: false)
        }
        return principal
    }

    /// The member of the staff who makes the request.
    ///
    /// - Throws: A ``Problem``: 401 without a token, 403 without the scope `staff`.
    @discardableResult
    public func requireStaff() throws(Problem) -> Principal {
        let principal = try self.requirePrincipal()
        guard principal.isStaff else {
            throw Problem(.forbidden, type: "forbidden", detail: "This needs the scope staff.")
        }
        return principal
    }

    /// A part of the path, such as `sku` in `/v1/products/{sku}`, with percent signs decoded.
    ///
    /// - Throws: A ``Problem`` 404 if it is missing or cannot be decoded.
    public func pathParameter(_ name: String) throws(Problem) -> String {
        guard let value = self.parameters.get(name).flatMap(PercentEncoding.decode), !value.isEmpty else {
            throw .notFound("resource")
        }
        return value
    }
}
