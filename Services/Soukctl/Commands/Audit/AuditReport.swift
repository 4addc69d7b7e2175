/// The auditor's verdict.
package struct AuditReport: Sendable {
    private static let rowsShown = 10

    package let results: [CheckResult]

    package init(_ results: [CheckResult]) {
        self.results = results
    }

    package var isClean: Bool { self.results.allSatisfy(\.isClean) }

    /// One line for each check, its offending rows below it, and the verdict.
    package var text: String {
        var rows: [String] = []
        for result in self.results {
            let mark = result.isClean ? "ok    " : "FAILED"
            rows.append("\(mark)  \(result.title) (\(result.examined))")
            rows += result.findings.prefix(Self.rowsShown).map { "          \($0)" }
            if result.findings.count > Self.rowsShown { rows.append("          and \(result.findings.count - Self.rowsShown) more") }
        }
        let failed = self.results.count { !$0.isClean }
        rows.append(failed == 0 ? "Audit: clean" : "Audit: \(failed) of \(self.results.count) checks FAILED")
        return rows.joined(separator: "\n")
    }
}
