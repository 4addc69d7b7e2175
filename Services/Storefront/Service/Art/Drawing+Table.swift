/// Things for the table and the kitchen.
extension Drawing {
    mutating func spices() {
        let c = self.palette
        self.shadow(200, 140)
        self.path("M116 214C140 138 168 116 200 92C232 116 260 138 284 214Z", c.accent)
        self.path("M200 92C232 116 260 138 284 214H222C226 160 218 120 200 92Z", c.ink, opacity: 0.12)
        for place in 0..<26 {
            let row = Double(place / 6)
            let x = 150 + Double(place % 6) * 20 + (place / 6 % 2 == 0 ? 0 : 9)
            self.circle(x - 2 + Double(self.random.below(5)), 200 - row * 17, 2.6, place % 3 == 0 ? c.main : c.light, opacity: 0.7)
        }
        self.path("M84 208H316C316 284 270 328 200 328C130 328 84 284 84 208Z", c.main)
        self.path("M258 208H316C316 284 270 328 200 328C250 308 262 262 258 208Z", c.ink, opacity: 0.16)
        self.path("M84 208H316L314 224H86Z", c.second)
        for place in 0..<5 { self.star(124 + Double(place) * 38, 262, points: 8, outer: 15, inner: 9, c.light) }
        self.placed(300, 150, turn: 32) { drawing in
            drawing.line("M0 0V-92", c.second, 9)
            drawing.ellipse(0, 18, 20, 30, c.second)
            drawing.ellipse(0, 16, 13, 20, c.accent)
        }
    }

    mutating func bowl() {
        let c = self.palette
        self.shadow(200, 104)
        self.path("M62 178H338C338 262 282 322 200 322C118 322 62 262 62 178Z", c.main)
        self.path("M262 178H338C338 262 282 322 200 322C256 296 272 240 262 178Z", c.ink, opacity: 0.14)
        self.ellipse(200, 178, 138, 32, c.light)
        self.ellipse(200, 182, 118, 24, c.second)
        self.star(200, 182, points: 8, outer: 22, inner: 12, c.light, opacity: 0.7)
        self.path("M160 318H240L250 334H150Z", c.second)
        for place in 0..<6 {
            let x = 102 + Double(place) * 39
            self.path("M\(Self.text(x - 17)) 222Q\(Self.text(x)) 268 \(Self.text(x + 17)) 222Z", place % 2 == 0 ? c.accent : c.light)
            self.circle(x, 228, 5, c.second)
        }
        self.line("M78 216Q200 226 322 216", c.light, 4)
    }

    mutating func plate() {
        let c = self.palette
        self.circle(204, 196, 138, c.ink, opacity: 0.16)
        self.circle(200, 188, 138, c.light)
        self.circle(200, 188, 124, c.main)
        self.circle(200, 188, 92, c.light)
        self.rosette(200, 188, count: 12, radius: 108, size: 12, c.accent)
        self.star(200, 188, points: 8, outer: 80, inner: 52, c.second)
        self.star(200, 188, points: 8, outer: 50, inner: 32, c.accent)
        self.star(200, 188, points: 8, outer: 26, inner: 15, c.light)
    }

    mutating func tray() {
        let c = self.palette
        self.ellipse(200, 252, 166, 84, c.ink, opacity: 0.2)
        self.ellipse(200, 236, 166, 84, c.second)
        self.ellipse(200, 230, 152, 74, c.main)
        self.ellipse(200, 230, 122, 57, c.accent)
        self.ellipse(200, 230, 112, 51, c.main)
        self.mirrored { $0.line("M36 226C8 200 8 258 38 248", c.second, 10) }
        self.placed(200, 230, scale: 1) { drawing in
            for place in 0..<9 {
                drawing.placed(-92 + Double(place) * 23, 0, scale: 0.9) { $0.star(0, 0, points: 8, outer: 9, inner: 5, c.light) }
            }
            drawing.ellipse(0, 0, 40, 19, c.light)
            drawing.ellipse(0, 0, 31, 14, c.second)
        }
        self.placed(200, 216, scale: 0.8) { drawing in
            drawing.path(
                "M-34 -96C-27 -62 -16 -56 -18 -38C-20 -22 -30 -14 -25 -2C-20 5 20 5 25 -2C30 -14 20 -22 18 -38C16 -56 27 -62 34 -96Z",
                c.light)
            drawing.path(
                "M-28 -72C-22 -56 -14 -50 -16 -36C-18 -22 -27 -14 -22 -4C-18 2 18 2 22 -4C27 -14 18 -22 16 -36C14 -50 22 -56 28 -72Z",
                c.accent)
        }
    }

    mutating func cutlery() {
        let c = self.palette
        self.path("M96 70H304V318H96Z", c.ink, opacity: 0.14)
        self.rect(90, 62, 220, 252, c.light, radius: 4)
        self.rect(90, 62, 220, 18, c.main)
        self.rect(90, 296, 220, 18, c.main)
        for place in 0..<9 { self.star(102 + Double(place) * 24.5, 71, points: 4, outer: 7, inner: 3, c.light) }
        self.line("M144 190V280", c.second, 13)
        self.path("M122 108V150C122 180 166 180 166 150V108H158V148H148V108H140V148H130V108Z", c.second)
        self.line("M200 190V280", c.accent, 13)
        self.ellipse(200, 144, 25, 40, c.accent)
        self.ellipse(200, 146, 16, 29, c.ink, opacity: 0.14)
        self.line("M256 190V280", c.main, 13)
        self.path("M246 200V108C270 112 278 160 270 200Z", c.main)
    }

    mutating func cake() {
        let c = self.palette
        self.shadow(200, 84)
        self.path("M188 284H212L218 318H182Z", c.second)
        self.path("M136 318H264L270 332H130Z", c.second)
        self.ellipse(200, 282, 142, 17, c.second)
        self.ellipse(200, 276, 142, 16, c.light)
        self.path("M110 188H290V268C250 282 150 282 110 268Z", c.main)
        self.path("M256 188H290V268C280 272 268 274 256 275Z", c.ink, opacity: 0.14)
        self.ellipse(200, 188, 90, 18, c.light)
        self.path(
            "M110 188C110 224 134 226 136 204C138 234 164 236 168 210C170 240 198 240 202 212C206 240 232 238 234 208C238 232 262 230 264 204C268 222 290 220 290 188C260 204 140 204 110 188Z",
            c.light)
        for (x, tone) in [(160.0, c.accent), (200, c.second), (240, c.accent)] {
            self.rect(x - 4, 128, 8, 54, tone, radius: 4)
            self.path(
                "M\(Self.text(x)) 100C\(Self.text(x + 10)) 114 \(Self.text(x + 7)) 124 \(Self.text(x)) 124C\(Self.text(x - 7)) 124 \(Self.text(x - 10)) 114 \(Self.text(x)) 100Z",
                c.accent, stroke: c.main, 2)
        }
        self.line("M112 250C150 264 250 264 288 250", c.accent, 6)
    }

    /// Small things around a middle.
    mutating func rosette(_ x: Double, _ y: Double, count: Int, radius: Double, size: Double, _ tone: String) {
        for place in 0..<count {
            self.placed(x, y, turn: Double(place) * 360 / Double(count)) { drawing in
                drawing.path(
                    "M0 \(Self.text(-radius - size))Q\(Self.text(size * 0.7)) \(Self.text(-radius)) 0 \(Self.text(-radius + size))Q\(Self.text(-size * 0.7)) \(Self.text(-radius)) 0 \(Self.text(-radius - size))Z",
                    tone)
            }
        }
    }
}
