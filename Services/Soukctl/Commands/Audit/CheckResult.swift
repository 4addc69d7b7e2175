/// What one check has found.
package struct CheckResult: Sendable, Hashable {
    /// What must be true, as a sentence.
    package var title: String
    /// How many rows were looked at.
    package var examined: Int
    /// What is wrong, one sentence for each offending row.
    package var findings: [String]

    package init(_ title: String, examined: Int, findings: [String]) {
        self.title = title
        self.examined = examined
        self.findings = findings
    }

    package var isClean: Bool { self.findings.isEmpty }
}
