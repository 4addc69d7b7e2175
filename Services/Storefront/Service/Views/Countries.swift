/// Where the shop ships to.
enum Countries {
    static let all: [(code: String, name: String)] = [
        ("AT", "Austria"), ("AU", "Australia"), ("BE", "Belgium"), ("CA", "Canada"), ("CH", "Switzerland"), ("CZ", "Czechia"),
        ("DE", "Germany"),
        ("DK", "Denmark"), ("ES", "Spain"), ("FI", "Finland"), ("FR", "France"), ("GB", "United Kingdom"), ("GR", "Greece"),
        ("IE", "Ireland"),
        ("IT", "Italy"), ("JP", "Japan"), ("MA", "Morocco"), ("NL", "Netherlands"), ("NO", "Norway"), ("NZ", "New Zealand"),
        ("PL", "Poland"),
        ("PT", "Portugal"), ("SE", "Sweden"), ("SG", "Singapore"), ("TR", "Türkiye"), ("US", "United States"),
    ]

    static func name(_ code: String) -> String { self.all.first { $0.code == code }?.name ?? code }
}
