import Foundation

/// An SVG picture in the making: 400 by 400 units, things stand on a floor at 330.
///
/// Only presentation attributes are written, no styles and no scripts: the pages' policy allows neither.
struct Drawing {
    /// Where things stand.
    static let floor = 330.0

    let palette: Palette
    var random: ArtRandom
    private(set) var svg = ""

    init(palette: Palette, random: ArtRandom) {
        self.palette = palette
        self.random = random
    }

    mutating func path(_ data: String, _ fill: String, stroke: String? = nil, _ width: Double = 0, opacity: Double = 1) {
        self.svg += "<path d=\"\(data)\"" + Self.paint(fill, stroke, width, opacity) + "/>"
    }

    /// A line along a path, with round ends.
    mutating func line(_ data: String, _ stroke: String, _ width: Double, opacity: Double = 1) {
        self.svg +=
            "<path d=\"\(data)\" stroke-linecap=\"round\" stroke-linejoin=\"round\"" + Self.paint("none", stroke, width, opacity) + "/>"
    }

    mutating func circle(
        _ x: Double, _ y: Double, _ r: Double, _ fill: String, stroke: String? = nil, _ width: Double = 0, opacity: Double = 1
    ) {
        self.svg +=
            "<circle cx=\"\(Self.text(x))\" cy=\"\(Self.text(y))\" r=\"\(Self.text(r))\"" + Self.paint(fill, stroke, width, opacity) + "/>"
    }

    mutating func ellipse(_ x: Double, _ y: Double, _ rx: Double, _ ry: Double, _ fill: String, opacity: Double = 1) {
        self.svg +=
            "<ellipse cx=\"\(Self.text(x))\" cy=\"\(Self.text(y))\" rx=\"\(Self.text(rx))\" ry=\"\(Self.text(ry))\""
            + Self.paint(fill, nil, 0, opacity) + "/>"
    }

    mutating func rect(
        _ x: Double, _ y: Double, _ width: Double, _ height: Double, _ fill: String, radius: Double = 0, opacity: Double = 1
    ) {
        self.svg +=
            "<rect x=\"\(Self.text(x))\" y=\"\(Self.text(y))\" width=\"\(Self.text(width))\" height=\"\(Self.text(height))\" rx=\"\(Self.text(radius))\""
            + Self.paint(fill, nil, 0, opacity) + "/>"
    }

    /// A star, or with equal radii a polygon.
    mutating func star(
        _ x: Double, _ y: Double, points: Int, outer: Double, inner: Double, _ fill: String, turn: Double = 0, stroke: String? = nil,
        _ width: Double = 0, opacity: Double = 1
    ) {
        let corners = (0..<points * 2).map { corner -> String in
            let angle = Double(corner) * .pi / Double(points) + turn - .pi / 2
            let radius = corner % 2 == 0 ? outer : inner
            return "\(Self.text(x + radius * cos(angle))) \(Self.text(y + radius * sin(angle)))"
        }
        self.path("M" + corners.joined(separator: "L") + "Z", fill, stroke: stroke, width, opacity: opacity)
    }

    /// Draws something moved, turned (in degrees about its place) and scaled.
    mutating func placed(_ x: Double, _ y: Double, scale: Double = 1, turn: Double = 0, _ body: (inout Drawing) -> Void) {
        self.svg += "<g transform=\"translate(\(Self.text(x)) \(Self.text(y))) rotate(\(Self.text(turn))) scale(\(Self.text(scale)))\">"
        body(&self)
        self.svg += "</g>"
    }

    /// Draws something twice: as it is, and as its mirror image about the middle.
    mutating func mirrored(_ body: (inout Drawing) -> Void) {
        body(&self)
        self.svg += "<g transform=\"translate(400 0) scale(-1 1)\">"
        body(&self)
        self.svg += "</g>"
    }

    /// The shadow of something that stands.
    mutating func shadow(_ x: Double, _ width: Double) {
        self.ellipse(x, Self.floor + 3, width, width * 0.13, self.palette.ink, opacity: 0.22)
    }

    /// A number without a tail of zeros.
    static func text(_ value: Double) -> String {
        let rounded = (value * 10).rounded() / 10
        return rounded == rounded.rounded() ? String(Int(rounded)) : String(rounded)
    }

    private static func paint(_ fill: String, _ stroke: String?, _ width: Double, _ opacity: Double) -> String {
        var text = " fill=\"\(fill)\""
        if let stroke { text += " stroke=\"\(stroke)\" stroke-width=\"\(Self.text(width))\"" }
        if opacity < 1 { text += " opacity=\"\((opacity * 100).rounded() / 100)\"" }
        return text
    }
}
