extension FieldError {
    /// Says in words, without names of types of ours, why a well-formed body does not fit.
    init(_ error: DecodingError) {
        switch error {
        case .keyNotFound(let key, let context):
            self.init(pointer: Self.pointer(context.codingPath, key), detail: "is required")
        case .valueNotFound(_, let context):
            self.init(pointer: Self.pointer(context.codingPath), detail: "must not be null")
        case .typeMismatch(let type, let context):
            self.init(pointer: Self.pointer(context.codingPath), detail: Self.expectation(of: type))
        case .dataCorrupted(let context):
            self.init(pointer: Self.pointer(context.codingPath), detail: context.debugDescription)
        @unknown default:
            self.init(pointer: "#", detail: "cannot be used")
        }
    }

    private static func pointer(_ path: [any CodingKey], _ last: (any CodingKey)? = nil) -> String {
        let keys = last.map { path + [$0] } ?? path
        return Self.pointer(keys.map { key in key.intValue.map { String($0) } ?? key.stringValue })
    }

    private static func expectation(of type: any Any.Type) -> String {
        if type == String.self { return "must be a string" }
        if type == Bool.self { return "must be true or false" }
        if type is any BinaryInteger.Type { return "must be a whole number" }
        if type is any BinaryFloatingPoint.Type { return "must be a number" }
        if type is any DecodableList.Type { return "must be a list" }
        if type is any DecodableObject.Type { return "must be an object" }
        return "has the wrong type"
    }
}

private protocol DecodableList {}
extension Array: DecodableList {}
private protocol DecodableObject {}
extension Dictionary: DecodableObject {}
