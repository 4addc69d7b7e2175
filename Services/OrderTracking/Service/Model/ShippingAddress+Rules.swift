import Commerce
import ServiceKit

extension ShippingAddress {
    /// What is wrong with it, field by field; nothing when it can be used.
    ///
    /// - Parameter pointer: Where the address stands in the request.
    func problems(at pointer: String) -> [FieldError] {
        var errors: [FieldError] = []
        func check(_ field: String, _ value: String?, longest: Int, required: Bool = true) {
            let isEmpty = value?.allSatisfy(\.isWhitespace) ?? true
            if required && isEmpty {
                errors.append(FieldError(pointer: "\(pointer)/\(field)", detail: "must not be empty"))
            } else if let value, value.isLonger(than: longest) {
                errors.append(FieldError(pointer: "\(pointer)/\(field)", detail: "may have \(longest) characters at most"))
            } else if let value, value.hasControlCharacters {
                errors.append(FieldError(pointer: "\(pointer)/\(field)", detail: "must not contain control characters"))
            }
        }
        check("name", self.name, longest: 200)
        check("line1", self.line1, longest: 200)
        check("line2", self.line2, longest: 200, required: false)
        check("city", self.city, longest: 100)
        check("postcode", self.postcode, longest: 20)
        if self.country.utf8.count != 2 || !self.country.utf8.allSatisfy({ (0x41...0x5A).contains($0) }) {
            errors.append(FieldError(pointer: "\(pointer)/country", detail: "must be a country's two capital letters (ISO 3166-1)"))
        }
        return errors
    }
}
