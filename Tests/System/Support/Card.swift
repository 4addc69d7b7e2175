/// The provider's test cards.
enum Card {
    static let approved = "4242424242424242"
    static let declined = "4000000000000002"
    static let insufficientFunds = "4000000000009995"
    static let answerLost = "4000000000000119"
    static let slow = "4000000000000259"
    static let errorTwice = "4000000000000341"
}
