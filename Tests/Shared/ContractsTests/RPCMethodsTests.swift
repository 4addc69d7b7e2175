import Contracts
import Foundation
import SwiftProtobuf
import Testing
import Wire

/// Compares the methods declared in Swift with the services declared in the .proto files.
@Suite struct RPCMethodsTests {
    private struct Declared: Hashable {
        var path: String
        var request: String
        var reply: String
        var idempotency: RPCIdempotency
    }

    @Test func methodsAreThoseOfTheProtoFiles() throws {
        let swift: Set<Declared> = [
            self.declared(RPCMethods.Catalog.getProducts),
            self.declared(RPCMethods.Cart.getCheckout),
            self.declared(RPCMethods.Cart.completeCheckout),
            self.declared(RPCMethods.Orders.getOrderStatus),
        ]
        #expect(try self.declaredInProtos() == swift)
    }

    private func declared<Request, Reply>(_ method: RPCMethod<Request, Reply>) -> Declared {
        Declared(
            path: method.path, request: Request.protoMessageName, reply: Reply.protoMessageName, idempotency: method.idempotency
        )
    }

    private func declaredInProtos() throws -> Set<Declared> {
        let protos = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../Shared/Contracts/Protos")
        let files = try #require(FileManager.default.enumerator(at: protos, includingPropertiesForKeys: nil))
        var found: Set<Declared> = []
        for case let file as URL in files where file.pathExtension == "proto" {
            let text = try String(contentsOf: file, encoding: .utf8)
            guard let package = text.firstMatch(of: /package ([\w.]+);/)?.1, let service = text.firstMatch(of: /service (\w+)/)?.1
            else { continue }
            for match in text.matches(of: /rpc (\w+)\((\w+)\) returns \((\w+)\) \{\s*option idempotency_level = (\w+);/) {
                found.insert(
                    Declared(
                        path: "/\(package).\(service)/\(match.1)", request: "\(package).\(match.2)", reply: "\(package).\(match.3)",
                        idempotency: match.4 == "NO_SIDE_EFFECTS" ? .noSideEffects : match.4 == "IDEMPOTENT" ? .idempotent : .unknown
                    )
                )
            }
        }
        return found
    }
}
