/// ISO 3166 codes for the countries of the data set.
package enum RetailCountry {
    private static let codes: [String: String] = [
        "Australia": "AU", "Austria": "AT", "Bahrain": "BH", "Belgium": "BE", "Bermuda": "BM", "Brazil": "BR",
        "Canada": "CA", "Channel Islands": "JE", "Cyprus": "CY", "Czech Republic": "CZ", "Denmark": "DK", "EIRE": "IE",
        "Finland": "FI", "France": "FR", "Germany": "DE", "Greece": "GR", "Hong Kong": "HK", "Iceland": "IS",
        "Israel": "IL", "Italy": "IT", "Japan": "JP", "Korea": "KR", "Lebanon": "LB", "Lithuania": "LT", "Malta": "MT",
        "Netherlands": "NL", "Nigeria": "NG", "Norway": "NO", "Poland": "PL", "Portugal": "PT", "RSA": "ZA",
        "Saudi Arabia": "SA", "Singapore": "SG", "Spain": "ES", "Sweden": "SE", "Switzerland": "CH", "Thailand": "TH",
        "USA": "US", "United Arab Emirates": "AE", "United Kingdom": "GB",
    ]

    /// The two-letter code, or that of the shop's own country for names such as `Unspecified`.
    package static func code(_ name: String) -> String { Self.codes[name] ?? "GB" }
}
