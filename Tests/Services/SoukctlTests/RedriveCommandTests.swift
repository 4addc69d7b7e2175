import ArgumentParser
import Events
import Foundation
import SoukctlCommands
import Testing

@Suite struct RedriveCommandTests {
    @Test func groupAloneMeansAllOfIt() throws {
        let command = try RedriveCommand.parse(["catalog"])
        #expect(command.group == "catalog")
        #expect(try command.selection() == .all)
    }

    @Test func oneEventIsNamedByItsPlaceOrItsID() throws {
        let place = ParkedSelection.place(LogPartition(topic: "orders", index: 3), sequence: 41)
        #expect(try RedriveCommand.parse(["catalog", "orders/3/41"]).selection() == place)
        let id = "01995b1c-7f3e-7d42-8a11-0c5c3f5e9b10"
        #expect(try RedriveCommand.parse(["catalog", id]).selection() == .event(id: id))
    }

    @Test func nothingInPlaceOfANameIsNotAll() throws {
        #expect(try RedriveCommand.parse(["catalog", ""]).selection() == .event(id: ""))
    }

    @Test(arguments: ["orders/3", "orders/x/1", "orders/3/0", "orders/-1/4", "/0/1", "orders/0/1/2", "orders/0/9223372036854775808"])
    func whatIsNoPlaceIsRefused(event: String) {
        #expect(throws: (any Error).self) { try RedriveCommand.parse(["catalog", event]) }
    }

    @Test func groupMustBeGiven() {
        #expect(throws: (any Error).self) { try RedriveCommand.parse([]) }
    }

    @Test func eventsAloneStillShows() throws {
        let alone = try Soukctl.parseAsRoot(["events"])
        #expect(alone is ShowEventsCommand)
        let show = try Soukctl.parseAsRoot(["events", "--shop", "shop.json"]) as? ShowEventsCommand
        #expect(show?.shop == "shop.json")
        let redrive = try Soukctl.parseAsRoot(["events", "redrive", "catalog", "--shop", "shop.json"]) as? RedriveCommand
        #expect(redrive?.group == "catalog")
        #expect(redrive?.shop == "shop.json")
    }

    @Test func shopFileOfEarlierDaysIsNamedAsTheReason() throws {
        let text = #"{"url": "http://shop", "staff": {"email": "e", "password": "p"}, "databases": {}}"#
        let shop = try JSONDecoder().decode(ShopFile.self, from: Data(text.utf8))
        let error = #expect(throws: SoukctlError.self) { try Redriver(shop: shop) }
        #expect(error?.message.contains("no connection strings of the redriver") == true)
    }
}
