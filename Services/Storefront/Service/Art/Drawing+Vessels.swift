/// Things that hold a drink.
extension Drawing {
    mutating func glasses() {
        let c = self.palette
        self.shadow(200, 132)
        for (x, scale, tone) in [(122.0, 0.86, c.second), (278, 0.86, c.accent), (200, 1.1, c.main)] {
            self.placed(x, Self.floor - 4, scale: scale) { drawing in
                drawing.ellipse(0, -4, 56, 11, c.light)
                drawing.ellipse(0, -6, 40, 7, tone, opacity: 0.5)
                drawing.path(
                    "M-38 -128C-30 -92 -18 -84 -20 -62C-22 -42 -34 -30 -28 -12C-24 -4 24 -4 28 -12C34 -30 22 -42 20 -62C18 -84 30 -92 38 -128Z",
                    c.light, opacity: 0.92)
                drawing.path(
                    "M-32 -104C-26 -88 -17 -80 -18 -62C-20 -42 -31 -30 -26 -14C-22 -7 22 -7 26 -14C31 -30 20 -42 18 -62C17 -80 26 -88 32 -104Z",
                    tone)
                drawing.ellipse(0, -104, 32, 5, c.ink, opacity: 0.25)
                drawing.path("M-38 -128H38L36 -118H-36Z", c.accent)
                drawing.line("M-20 -92C-14 -74 -16 -40 -22 -26", c.light, 4, opacity: 0.6)
            }
        }
    }

    mutating func teapot() {
        let c = self.palette
        self.shadow(200, 124)
        self.line("M282 196C340 176 346 282 276 276", c.second, 15)
        self.path("M128 268C92 262 84 214 52 198L66 184C104 196 112 226 136 232Z", c.main)
        self.path("M112 246C112 186 150 162 200 162C250 162 288 186 288 246C288 296 252 326 200 326C148 326 112 296 112 246Z", c.main)
        self.path("M200 162C250 162 288 186 288 246C288 296 252 326 200 326C246 306 258 206 200 162Z", c.ink, opacity: 0.14)
        self.path("M150 170C160 144 240 144 250 170Z", c.second)
        self.path("M186 148C186 130 214 130 214 148Z", c.main)
        self.circle(200, 122, 12, c.accent)
        for place in 0..<5 { self.star(140 + Double(place) * 30, 244, points: 8, outer: 15, inner: 9, place % 2 == 0 ? c.accent : c.light) }
        self.line("M122 216C160 206 240 206 278 216M122 274C160 284 240 284 278 274", c.accent, 4)
    }

    mutating func mug() {
        let c = self.palette
        self.shadow(200, 110)
        for (x, lift) in [(168.0, 0.0), (200, 14), (232, 0)] {
            self.line(
                "M\(Self.text(x)) \(Self.text(142 - lift))C\(Self.text(x - 20)) 112 \(Self.text(x + 22)) 96 \(Self.text(x)) \(Self.text(62 - lift))",
                c.main, 6, opacity: 0.3)
        }
        self.line("M282 196C336 190 336 282 276 278", c.main, 18)
        self.path("M116 168H288L278 306C277 320 266 328 252 328H152C138 328 127 320 126 306Z", c.main)
        self.path("M250 168H288L278 306C277 320 266 328 252 328H236Z", c.ink, opacity: 0.14)
        self.ellipse(202, 168, 86, 14, c.light)
        self.ellipse(202, 170, 74, 10, c.second)
        switch self.random.below(3) {
        case 0: self.star(200, 252, points: 8, outer: 40, inner: 26, c.light)
        case 1: self.heartShape(200, 252, 38, c.light)
        default:
            self.path("M123 226H283L281 246H124Z", c.accent)
            self.path("M125 262H280L278 282H127Z", c.light)
        }
    }

    mutating func cezve() {
        let c = self.palette
        self.shadow(176, 110)
        self.line("M238 190L356 122", c.second, 16)
        self.circle(356, 122, 11, c.accent)
        for x in [140.0, 176, 212] {
            self.line("M\(Self.text(x)) 150C\(Self.text(x - 18)) 120 \(Self.text(x + 20)) 104 \(Self.text(x)) 70", c.main, 6, opacity: 0.3)
        }
        self.path("M112 168H240L226 218C262 252 256 328 214 328H138C96 328 90 252 126 218Z", c.main)
        self.path("M200 168H240L226 218C262 252 256 328 214 328H188C230 300 224 236 196 218Z", c.ink, opacity: 0.15)
        self.path("M112 168H240L236 182H116Z", c.accent)
        self.path("M104 160H248V172H104Z", c.second)
        self.line("M124 222H228", c.accent, 5)
        for place in 0..<4 { self.star(130 + Double(place) * 31, 278, points: 4, outer: 15, inner: 6, c.light) }
    }

    mutating func mill() {
        let c = self.palette
        self.shadow(200, 84)
        self.line("M200 86H296", c.ink, 8)
        self.line("M296 86V62", c.ink, 6)
        self.circle(296, 54, 15, c.second)
        self.path("M158 120C158 96 242 96 242 120Z", c.second)
        self.rect(190, 78, 20, 22, c.ink, radius: 4)
        self.rect(150, 118, 100, 92, c.main, radius: 6)
        self.rect(144, 206, 112, 14, c.accent, radius: 5)
        self.rect(150, 218, 100, 106, c.main, radius: 6)
        self.rect(140, 314, 120, 16, c.second, radius: 5)
        self.rect(226, 118, 24, 206, c.ink, opacity: 0.15)
        for place in 0..<3 {
            self.star(176 + Double(place) * 25, 164, points: 8, outer: 13, inner: 8, c.light)
            self.star(176 + Double(place) * 25, 266, points: 4, outer: 14, inner: 6, c.accent)
        }
    }

    mutating func bottle() {
        let c = self.palette
        self.shadow(200, 92)
        self.circle(200, 70, 17, c.accent)
        self.rect(184, 78, 32, 20, c.second, radius: 4)
        self.path(
            "M186 96H214V150C262 168 272 214 270 258C268 300 254 328 238 328H162C146 328 132 300 130 258C128 214 138 168 186 150Z", c.light)
        self.path("M141 206H259C270 236 268 300 238 322H162C132 300 130 236 141 206Z", c.main, opacity: 0.9)
        self.path("M150 232H250V292H150Z", c.light)
        self.star(200, 262, points: 8, outer: 24, inner: 15, c.second)
        self.circle(200, 262, 8, c.accent)
        self.line("M150 186C156 174 166 168 176 164", c.second, 4, opacity: 0.5)
        self.line("M186 104H214", c.second, 4)
    }

    mutating func jars() {
        let c = self.palette
        self.shadow(200, 136)
        for (x, width, height, tone) in [(96.0, 84.0, 110.0, c.second), (304, 84, 132, c.accent), (200, 104, 178, c.main)] {
            let top = Self.floor - height
            self.rect(x - width / 2, top, width, height, tone, radius: 14)
            self.rect(x + width / 2 - 18, top, 18, height, c.ink, radius: 10, opacity: 0.14)
            self.rect(x - width / 2 + 4, top - 16, width - 8, 22, c.ink, radius: 6, opacity: 0.85)
            self.circle(x, top - 22, 9, c.ink)
            self.rect(x - width / 2 + 12, top + height * 0.34, width - 24, height * 0.38, c.light, radius: 6)
            self.star(x, top + height * 0.53, points: 8, outer: height * 0.12, inner: height * 0.075, tone)
        }
    }
}
