/// The cards of the simulated provider, offered as help: this shop takes no real ones.
enum TestCards {
    static let views: [View] = [
        ["number": "4242 4242 4242 4242", "plain": "4242424242424242", "what": "is approved"],
        ["number": "4000 0000 0000 0002", "plain": "4000000000000002", "what": "is declined"],
        ["number": "4000 0000 0000 9995", "plain": "4000000000009995", "what": "has too little money"],
        ["number": "4000 0000 0000 0119", "plain": "4000000000000119", "what": "is charged, but the answer is lost on the way"],
        ["number": "4000 0000 0000 0259", "plain": "4000000000000259", "what": "is slow (3 seconds)"],
        ["number": "4000 0000 0000 0341", "plain": "4000000000000341", "what": "fails twice, then is approved"],
    ]
}
