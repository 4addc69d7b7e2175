import Foundation
import Testing

@testable import StorefrontService

@Suite struct ArtTests {
    @Test func pictureOfAProductIsAlwaysTheSame() {
        let art = ProductArt(sku: "85123A", name: "WHITE HANGING HEART T-LIGHT HOLDER")
        #expect(art.svg() == ProductArt(sku: "85123A", name: "WHITE HANGING HEART T-LIGHT HOLDER").svg())
        #expect(art.svg() != ProductArt(sku: "85123B", name: "WHITE HANGING HEART T-LIGHT HOLDER").svg())
    }

    @Test(arguments: [
        ("Brass courtyard lantern", Motif.lantern), ("WHITE METAL LANTERN", .lantern), ("Small kilim, 60 x 90 cm", .rug),
        ("Tea glasses, set of six", .glass),
        ("Copper teapot", .teapot), ("Saffron threads, 2 g", .spice), ("KNITTED UNION FLAG HOT WATER BOTTLE", .bottle),
        ("Paper lantern, set of three", .lantern),
        ("Spice box of walnut", .box), ("Rose water, 250 ml", .bottle), ("Olive oil soap, three bars", .soap), ("NESTING BOXES", .box),
        ("SET OF 3 CAKE TINS PANTRY DESIGN", .cake),
        ("Backgammon board", .board), ("Xyzzy", .pattern), ("", .pattern),
    ])
    func nameChoosesTheMotif(name: String, motif: Motif) {
        #expect(Motif(name: name) == motif)
    }

    @Test func addressSaysWhatIsDrawn() throws {
        let art = ProductArt(sku: "A.1_b-2", name: "Red heart")
        #expect(art.path == "/art/1/heart/pomegranate/A.1_b-2.svg")
        #expect(ProductArt(version: "1", motif: "heart", palette: "pomegranate", file: "A.1_b-2.svg") == art)
        #expect(ProductArt(version: "0", motif: "heart", palette: "any", file: "A.svg") == nil)
        #expect(ProductArt(version: "1", motif: "nothing", palette: "any", file: "A.svg") == nil)
        #expect(ProductArt(version: "1", motif: "heart", palette: "beige", file: "A.svg") == nil)
        #expect(ProductArt(version: "1", motif: "heart", palette: "any", file: "A.png") == nil)
    }

    @Test func everyMotifIsADrawingThatParses() throws {
        for motif in Motif.allCases {
            for seed in ["a", "b", "c"] {
                let art = try #require(ProductArt(version: "1", motif: motif.rawValue, palette: "any", file: "sku-\(seed).svg"))
                let svg = art.svg()
                #expect(svg.utf8.count > 3_000 && svg.utf8.count < 60_000, "\(motif) has \(svg.utf8.count) bytes")
                // The pages' policy allows neither styles nor scripts in it.
                #expect(!svg.contains("style") && !svg.contains("script") && !svg.contains("nan") && !svg.contains("inf"))
                let (opened, closed) = (svg.matches(of: /<g[ >]/).count, svg.matches(of: /<\/g>/).count)
                #expect(opened == closed)
            }
        }
        #expect(HeroArt.svg().hasSuffix("</svg>"))
    }
}
