/// The picture of the front page: a row of arches at dusk with lanterns between them.
enum HeroArt {
    static func svg() -> String {
        var text =
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1200 560\" width=\"1200\" height=\"560\" preserveAspectRatio=\"xMidYMid slice\">"
        text += "<defs><linearGradient id=\"dusk\" x1=\"0\" y1=\"0\" x2=\"0\" y2=\"1\"><stop offset=\"0\" stop-color=\"#1c2150\"/>"
        text += "<stop offset=\"0.55\" stop-color=\"#7c3a5c\"/><stop offset=\"1\" stop-color=\"#e08a4b\"/></linearGradient></defs>"
        text += "<rect width=\"1200\" height=\"560\" fill=\"url(#dusk)\"/>"
        text += self.stars()
        text += self.arches(tone: "#5b2b4f", y: 40, width: 240, offset: -120, opacity: 0.55)
        text += self.arches(tone: "#2a1b3f", y: 0, width: 300, offset: -150, opacity: 1)
        text += self.lanterns()
        text += "<rect y=\"520\" width=\"1200\" height=\"40\" fill=\"#1b1230\"/>"
        for place in 0..<40 {
            let x = place * 30 + 15
            text += "<path d=\"M\(x) 526l10 14l-10 14l-10 -14z\" fill=\"\(place % 2 == 0 ? "#e2a12b" : "#b8441f")\" opacity=\"0.85\"/>"
        }
        return text + "</svg>"
    }

    private static func stars() -> String {
        var random = ArtRandom("dusk")
        return (0..<70).map { _ in
            let (x, y, r) = (random.below(1_200), random.below(250), Double(8 + random.below(12)) / 10)
            return "<circle cx=\"\(x)\" cy=\"\(y)\" r=\"\(r)\" fill=\"#fdf3dc\" opacity=\"0.\(3 + random.below(6))\"/>"
        }.joined()
    }

    /// A wall with pointed openings.
    private static func arches(tone: String, y: Int, width: Int, offset: Int, opacity: Double) -> String {
        var path = "M0 \(y)H1200V560H0Z"
        var x = offset
        while x < 1_200 {
            let (left, right, middle) = (x + 34, x + width - 34, x + width / 2)
            path += "M\(left) 560V\(y + 260)C\(left) \(y + 170) \(middle - 44) \(y + 150) \(middle) \(y + 84)"
            path += "C\(middle + 44) \(y + 150) \(right) \(y + 170) \(right) \(y + 260)V560Z"
            x += width
        }
        return "<path d=\"\(path)\" fill=\"\(tone)\" fill-rule=\"evenodd\" opacity=\"\(opacity)\"/>"
    }

    private static func lanterns() -> String {
        var text = ""
        for (x, length, size) in [
            (150, 120, 1.0), (450, 170, 1.25), (600, 90, 0.8), (750, 150, 1.1), (900, 100, 0.85), (1_050, 190, 1.3), (300, 80, 0.75),
        ] {
            text += "<path d=\"M\(x) 0V\(length)\" stroke=\"#0d1127\" stroke-width=\"3\"/>"
            text += "<g transform=\"translate(\(x) \(length)) scale(\(size))\">"
            text +=
                "<circle cy=\"60\" r=\"86\" fill=\"#f3b04a\" opacity=\"0.16\"/><circle cy=\"60\" r=\"54\" fill=\"#f3b04a\" opacity=\"0.24\"/>"
            text += "<path d=\"M-22 16C-18 2 -8 -2 0 -12C8 -2 18 2 22 16Z\" fill=\"#c9583c\"/>"
            text += "<path d=\"M-24 16H24L38 56L22 104H-22L-38 56Z\" fill=\"#7a2f23\"/>"
            text +=
                "<path d=\"M-14 26H14L24 56L13 94H-13L-24 56Z\" fill=\"#ffcf6b\"/><path d=\"M0 20V100M-36 56H36\" stroke=\"#7a2f23\" stroke-width=\"4\"/>"
            text += "<path d=\"M-26 104H26L14 118H-14Z\" fill=\"#c9583c\"/><circle cy=\"124\" r=\"5\" fill=\"#ffcf6b\"/></g>"
        }
        return text
    }
}
