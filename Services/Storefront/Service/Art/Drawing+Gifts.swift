/// Things to give.
extension Drawing {
    /// A heart about a middle.
    mutating func heartShape(_ x: Double, _ y: Double, _ size: Double, _ tone: String) {
        self.placed(x, y, scale: size / 50) { drawing in
            drawing.path("M0 44C-62 2 -48 -46 -20 -44C-6 -43 0 -30 0 -24C0 -30 6 -43 20 -44C48 -46 62 2 0 44Z", tone)
        }
    }

    mutating func heart() {
        let c = self.palette
        self.line("M200 0V96", c.ink, 3)
        self.circle(200, 100, 9, "none", stroke: c.ink, 4)
        self.heartShape(206, 214, 146, c.ink)
        self.heartShape(200, 206, 146, c.main)
        self.heartShape(200, 204, 116, c.light)
        self.heartShape(200, 203, 98, c.second)
        self.star(200, 192, points: 8, outer: 44, inner: 28, c.accent)
        self.star(200, 192, points: 8, outer: 22, inner: 13, c.light)
    }

    mutating func flower() {
        let c = self.palette
        self.shadow(200, 74)
        for (x, y, r, tone) in [(132.0, 138.0, 40.0, c.accent), (268, 128, 44, c.second), (200, 88, 52, c.main)] {
            self.line("M200 250Q\(Self.text((x + 200) / 2 - 8)) 200 \(Self.text(x)) \(Self.text(y))", "#4d7146", 6)
            self.placed(x, y) { drawing in
                for petal in 0..<7 {
                    drawing.placed(0, 0, turn: Double(petal) * 360 / 7) { $0.ellipse(0, -r * 0.62, r * 0.3, r * 0.42, tone) }
                }
                drawing.circle(0, 0, r * 0.3, c.light)
                drawing.circle(0, 0, r * 0.16, c.ink, opacity: 0.5)
            }
        }
        self.path("M186 246C150 244 132 224 126 202C160 204 180 222 190 246Z", "#5f8755")
        self.path("M214 246C250 244 268 224 274 202C240 204 220 222 210 246Z", "#4d7146")
        self.path("M140 236H260L246 318C244 326 240 330 232 330H168C160 330 156 326 154 318Z", c.main)
        self.rect(132, 228, 136, 24, c.second, radius: 6)
        for place in 0..<3 { self.star(170 + Double(place) * 30, 288, points: 8, outer: 13, inner: 8, c.light) }
    }

    mutating func bird() {
        let c = self.palette
        self.line("M40 300C140 280 260 300 372 268", c.second, 10)
        self.path("M300 290C320 270 350 268 360 250C362 280 336 296 308 294Z", "#5f8755")
        self.line("M186 262V292M208 260V288", c.ink, 6)
        self.path(
            "M96 148C112 108 158 96 186 122C230 136 268 172 330 178C300 214 262 264 196 266C138 268 108 226 112 184C104 176 100 164 96 148Z",
            c.main)
        self.path("M170 172C210 162 250 176 286 186C262 226 216 242 184 226C166 214 160 190 170 172Z", c.second)
        self.line("M188 190C216 186 240 192 262 198M194 208C214 206 230 208 244 212", c.light, 5)
        self.path("M98 146L66 156L102 168Z", c.accent)
        self.circle(134, 146, 11, c.light)
        self.circle(132, 146, 5, c.ink)
        self.star(148, 214, points: 8, outer: 13, inner: 8, c.accent)
        self.path("M150 104C146 84 160 76 168 82C164 92 166 100 168 106Z", c.accent)
    }

    mutating func tree() {
        let c = self.palette
        self.shadow(200, 90)
        self.rect(186, 290, 28, 42, c.ink, radius: 3)
        for (y, width, tone) in [(300.0, 122.0, c.second), (238, 98, c.main), (178, 72, c.second)] {
            self.path(
                "M200 \(Self.text(y - 116))L\(Self.text(200 + width)) \(Self.text(y))Q200 \(Self.text(y + 22)) \(Self.text(200 - width)) \(Self.text(y))Z",
                tone)
        }
        self.star(200, 62, points: 8, outer: 26, inner: 13, c.accent)
        for (x, y) in [(160.0, 282.0), (204, 296), (248, 280), (172, 222), (226, 220), (196, 164)] {
            self.circle(x, y, 10, c.accent)
            self.circle(x - 3, y - 3, 3, c.light)
        }
    }

    mutating func hangingStar() {
        let c = self.palette
        for (x, y, r, n) in [(110.0, 150.0, 48.0, 8), (296, 132, 40, 6), (204, 232, 74, 8)] {
            self.line("M\(Self.text(x)) 0V\(Self.text(y - r))", c.ink, 2.5)
            self.star(x, y, points: n, outer: r + 8, inner: r * 0.62, c.light)
            self.star(x, y, points: n, outer: r, inner: r * 0.56, x > 200 ? c.main : c.second)
            self.star(x, y, points: n, outer: r * 0.56, inner: r * 0.34, c.accent)
            self.circle(x, y, r * 0.15, c.light)
        }
    }

    mutating func clock() {
        let c = self.palette
        self.shadow(200, 100)
        self.mirrored { drawing in
            drawing.line("M136 300L118 328", c.ink, 12)
            drawing.circle(134, 92, 32, c.second)
        }
        self.line("M200 64V92", c.ink, 10)
        self.circle(200, 198, 124, c.main)
        self.circle(200, 198, 102, c.light)
        for hour in 0..<12 {
            self.placed(200, 198, turn: Double(hour) * 30) {
                $0.rect(-3, -92, 6, hour % 3 == 0 ? 20 : 10, hour % 3 == 0 ? c.main : c.ink, radius: 3)
            }
        }
        self.star(200, 198, points: 8, outer: 44, inner: 28, c.accent, opacity: 0.5)
        self.placed(200, 198, turn: Double(self.random.below(12)) * 30) { $0.line("M0 8V-48", c.ink, 8) }
        self.placed(200, 198, turn: Double(self.random.below(12)) * 30) { $0.line("M0 12V-74", c.second, 5) }
        self.circle(200, 198, 9, c.main)
    }

    mutating func frame() {
        let c = self.palette
        self.path("M94 62H322V326H94Z", c.ink, opacity: 0.16)
        self.rect(84, 52, 232, 268, c.main, radius: 5)
        self.rect(98, 66, 204, 240, c.accent, radius: 3)
        self.rect(112, 80, 176, 212, c.light)
        self.rect(130, 98, 140, 176, c.sky)
        self.circle(226, 142, 24, c.accent)
        self.path("M130 274V226C150 200 170 204 186 224C204 190 236 188 270 230V274Z", c.second)
        self.path("M130 274V250C170 234 220 240 270 258V274Z", c.main)
        self.mirrored { drawing in
            for y in [59.0, 313] { drawing.star(91, y, points: 4, outer: 12, inner: 5, c.light) }
        }
    }

    mutating func sign() {
        let c = self.palette
        self.line("M116 148L200 66L284 148", c.ink, 4)
        self.circle(200, 64, 8, c.ink)
        self.path("M76 152H336V288H76Z", c.ink, opacity: 0.16)
        self.rect(68, 142, 264, 140, c.main, radius: 14)
        self.rect(80, 154, 240, 116, c.light, radius: 8)
        self.rect(88, 162, 224, 100, c.second, radius: 5)
        self.star(200, 212, points: 8, outer: 38, inner: 24, c.accent)
        self.star(200, 212, points: 8, outer: 18, inner: 11, c.light)
        self.mirrored { drawing in
            drawing.line("M104 196H146M104 212H138M104 228H146", c.light, 6)
            drawing.circle(116, 148, 6, c.ink)
        }
    }

    mutating func cards() {
        let c = self.palette
        for (x, y, turn, tone) in [(152.0, 196.0, -12.0, c.second), (250, 190, 11, c.accent), (200, 206, -2, c.main)] {
            self.placed(x, y, turn: turn) { drawing in
                drawing.rect(-70, -94, 148, 200, c.ink, radius: 5, opacity: 0.14)
                drawing.rect(-76, -102, 148, 200, c.light, radius: 5)
                drawing.rect(-64, -90, 124, 176, tone, radius: 3)
                drawing.star(-2, -18, points: 8, outer: 46, inner: 30, c.light)
                drawing.star(-2, -18, points: 8, outer: 26, inner: 16, tone)
                drawing.line("M-36 52H32M-22 68H18", c.light, 5)
            }
        }
    }

    mutating func toy() {
        let c = self.palette
        self.shadow(200, 112)
        self.line("M92 322C150 296 250 296 308 322", c.second, 12)
        self.path(
            "M128 298V206C128 176 152 164 180 166L242 168C246 130 262 104 292 104C306 104 312 112 310 124L288 160C284 190 284 236 284 298H258L250 246H160L152 298Z",
            c.main)
        self.path("M262 118C252 132 246 150 246 172L228 168C230 140 242 120 262 118Z", c.accent)
        self.path("M128 204C104 208 96 232 102 262C116 254 126 238 128 222Z", c.accent)
        self.circle(284, 128, 6, c.light)
        self.path("M178 164H238V204C220 216 196 216 178 204Z", c.second)
        for x in [190.0, 208, 226] { self.star(x, 186, points: 4, outer: 9, inner: 4, c.light) }
        self.line("M254 156L300 142", c.light, 4)
    }

    mutating func jewel() {
        let c = self.palette
        self.path("M110 328C110 210 130 120 200 96C270 120 290 210 290 328Z", c.main)
        self.path("M250 128C280 170 290 240 290 328H256C260 250 262 180 250 128Z", c.ink, opacity: 0.16)
        for place in 0..<15 {
            let t = Double(place) / 14
            let x = 136 + 128 * t
            let y = 176 + 4 * t * (1 - t) * 96
            self.circle(x, y, 10, place % 2 == 0 ? c.accent : c.light)
        }
        self.star(200, 288, points: 8, outer: 32, inner: 20, c.accent)
        self.star(200, 288, points: 8, outer: 17, inner: 10, c.second)
        self.circle(200, 84, 14, c.second)
    }
}
