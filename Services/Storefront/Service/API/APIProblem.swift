/// What a service said when it refused (RFC 9457).
struct APIProblem: Decodable, Sendable, Hashable {
    struct Field: Decodable, Sendable, Hashable {
        var pointer: String
        var detail: String
    }

    var type = ""
    var title = ""
    var status = 0
    var detail: String?
    var errors: [Field] = []
    var retryAfter: Duration?

    private enum CodingKeys: String, CodingKey {
        case type, title, detail, errors
    }

    init() {}

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.type = try container.decodeIfPresent(String.self, forKey: .type) ?? ""
        self.title = try container.decodeIfPresent(String.self, forKey: .title) ?? ""
        self.detail = try container.decodeIfPresent(String.self, forKey: .detail)
        self.errors = try container.decodeIfPresent([Field].self, forKey: .errors) ?? []
    }

    /// The last part of the type's URL: what programs compare.
    var slug: String { self.type.split(separator: "/").last.map(String.init) ?? "" }
}
