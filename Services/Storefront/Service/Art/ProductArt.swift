/// The picture of a product: the project's own art, the same for the same product at every instance, for ever.
///
/// Nothing is stored and catalog is not asked: the address says what is drawn, so browsers and proxies keep it.
struct ProductArt: Sendable, Hashable {
    /// Raised when the same address should show another picture.
    static let version = "1"

    let motif: Motif
    /// The name of a palette, or `any` for one by chance.
    let palette: String
    let sku: String

    /// The picture of a product.
    init(sku: String, name: String) {
        self.motif = Motif(name: name)
        self.palette = Palette.name(for: name) ?? "any"
        self.sku = sku
    }

    /// The picture at an address; nil where there is none.
    init?(version: String, motif: String, palette: String, file: String) {
        guard version == Self.version, let motif = Motif(rawValue: motif), palette == "any" || Palette.named(palette) != nil,
            file.hasSuffix(".svg"), (5...68).contains(file.utf8.count)
        else { return nil }
        self.motif = motif
        self.palette = palette
        self.sku = String(file.dropLast(4))
    }

    /// Where it is.
    var path: String { "/art/\(Self.version)/\(self.motif.rawValue)/\(self.palette)/\(Form.encode(self.sku)).svg" }

    /// The picture.
    func svg() -> String {
        var random = ArtRandom(self.sku)
        let chosen = Palette.named(self.palette) ?? random.pick(Palette.all)
        var drawing = Drawing(palette: chosen, random: random)
        drawing.backdrop()
        drawing.draw(self.motif)
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 400 400\" width=\"400\" height=\"400\">" + drawing.svg + "</svg>"
    }
}
