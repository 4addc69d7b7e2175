/// The ways into the shop from its front page: searches with a picture.
enum Categories {
    private static let all: [(name: String, query: String, motif: Motif, palette: String)] = [
        ("Lanterns", "lantern", .lantern, "night"), ("Kilims", "kilim", .rug, "pomegranate"), ("Tea & coffee", "coffee", .teapot, "clay"),
        ("Spices", "spice", .spice, "saffron"), ("Bowls", "bowl", .bowl, "turquoise"), ("Gifts", "set", .box, "plum"),
    ]

    static var views: [View] {
        self.all.map { category in
            [
                "name": category.name, "href": "/search?q=\(Form.encode(category.query))",
                "image": "/art/\(ProductArt.version)/\(category.motif.rawValue)/\(category.palette)/\(category.query).svg",
            ]
        }
    }
}
