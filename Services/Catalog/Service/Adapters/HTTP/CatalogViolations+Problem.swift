public import CatalogDomain
public import ServiceKit

extension CatalogViolations: ProblemConvertible {
    /// 422 with a pointer to each wrong field.
    public var problem: Problem {
        let errors = self.violations.map { violation in
            let path = violation.field.split(separator: ".").map(String.init)
            return FieldError(pointer: FieldError.pointer(path), detail: violation.rule)
        }
        return .invalid(errors)
    }
}
