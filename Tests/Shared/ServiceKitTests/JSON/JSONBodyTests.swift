import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import ServiceKit
import Testing

@Suite(.timeLimit(.minutes(5)))
struct JSONBodyTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var body: [UInt8]
        var status: Int
        var pointer: String?

        init(_ body: String, _ status: Int, _ pointer: String? = nil) {
            self.init(Array(body.utf8), status, pointer)
        }

        init(_ body: [UInt8], _ status: Int, _ pointer: String? = nil) {
            self.body = body
            self.status = status
            self.pointer = pointer
        }

        var testDescription: String { String(decoding: self.body.prefix(60), as: UTF8.self) }
    }

    static let good = #"{"name":"n","lines":[{"sku":"a","quantity":1}]}"#

    static let rows: [Row] = [
        Row(good, 200),
        Row(#" {"name":"n", "lines":[], "unknown":{"x":[1,2,{"y":null}]}} "#, 200),
        Row("", 400), Row("   ", 400), Row("{", 400), Row("nul", 400), Row("{}x", 400), Row("[1,]", 400), Row(#"{"a":1,}"#, 400),
        Row(#"{"a":01}"#, 400), Row(#"{"a":1.}"#, 400), Row(#"{"a":+1}"#, 400), Row(#"{"a":.5}"#, 400), Row(#"{"a":1e}"#, 400),
        Row(#"{'a':1}"#, 400), Row(#"{"a":NaN}"#, 400), Row("\u{feff}{}", 400), Row(#"{"a":"\x"}"#, 400), Row("{\"a\":\"\n\"}", 400),
        Row(#"{"a":"\ud800"}"#, 400), Row(#"{"a":"\ud800\u0041"}"#, 400),
        Row(#"{"name":"a","name":"b","lines":[]}"#, 400),
        Row(#"{"name":"a","n\u0061me":"b","lines":[]}"#, 400),
        Row([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d], 400),
        Row([0x22, 0xc0, 0xaf, 0x22], 400), Row([0x22, 0xed, 0xa0, 0x80, 0x22], 400),
        Row(String(repeating: "[", count: 100_000), 400),
        Row(String(repeating: "[", count: 34) + String(repeating: "]", count: 34), 400),
        Row("[]", 422, "#"), Row("null", 422, "#"), Row("7", 422, "#"), Row(#""text""#, 422, "#"),
        Row(#"{"lines":[]}"#, 422, "#/name"),
        Row(#"{"name":null,"lines":[]}"#, 422, "#/name"),
        Row(#"{"name":7,"lines":[]}"#, 422, "#/name"),
        Row(#"{"name":"n","lines":{}}"#, 422, "#/lines"),
        Row(#"{"name":"n","lines":[{"sku":"a"}]}"#, 422, "#/lines/0/quantity"),
        Row(#"{"name":"n","lines":[{"sku":"a","quantity":1},{"sku":"a","quantity":"2"}]}"#, 422, "#/lines/1/quantity"),
        Row(#"{"name":"n","lines":[{"sku":"a","quantity":1.5}]}"#, 422, "#/lines/0/quantity"),
        Row(#"{"name":"n","lines":[{"sku":"a","quantity":99999999999999999999}]}"#, 422, "#/lines/0/quantity"),
        Row(#"{"name":"n","lines":[{"sku":"a","quantity":1e400}]}"#, 422, "#/lines/0/quantity"),
        Row(#"{"name":"n","lines":[{"sku":"a","quantity":true}]}"#, 422, "#/lines/0/quantity"),
        Row(#"{"name":"n","lines":[],"gift":1}"#, 422, "#/gift"),
        Row(#"{"name":"n","lines":[],"rate":1e999}"#, 422, "#/rate"),
    ]

    @Test(arguments: rows)
    func badBodiesGetAClearProblem(row: Row) async throws {
        try await EdgeTestApplication.make().test(.router) { client in
            let response = try await client.execute(
                uri: "/orders", method: .post, headers: [.contentType: "application/json"], body: ByteBuffer(bytes: row.body))
            #expect(response.status.code == row.status, "\(String(buffer: response.body))")
            guard row.status != 200 else { return }
            let problem = try response.problem()
            #expect(problem.errors?.first?.pointer == row.pointer)
            // No name of a Swift type and no word of the library's reaches the caller.
            for word in ["Swift", "Decod", "Int", "Double", "Line", "Order"] {
                #expect(!String(buffer: response.body).contains(word))
            }
        }
    }

    @Test(arguments: [
        ("application/json", 200), ("application/json; charset=utf-8", 200), ("Application/JSON;charset=UTF-8", 200),
        ("application/merge-patch+json", 200), ("text/plain", 415), ("application/x-www-form-urlencoded", 415),
        ("application/json; charset=utf-16", 415), ("", 415),
    ])
    func onlyJSONIsRead(type: String, status: Int) async throws {
        try await EdgeTestApplication.make().test(.router) { client in
            let response = try await client.execute(
                uri: "/orders", method: .post, headers: [.contentType: type], body: ByteBuffer(string: Self.good))
            #expect(response.status.code == status)
        }
    }

    @Test func hugeBodyIs413() async throws {
        try await EdgeTestApplication.make().test(.live) { client in
            let body = ByteBuffer(string: "\"" + String(repeating: "x", count: 300_000) + "\"")
            let response = try await client.execute(uri: "/orders", method: .post, body: body)
            #expect(response.status == .contentTooLarge)
            #expect(try response.problem().type == "/problems/content-too-large")
        }
    }
}
