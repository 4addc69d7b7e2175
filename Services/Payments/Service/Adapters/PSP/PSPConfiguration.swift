/// Where the provider is and how long it is waited for.
package struct PSPConfiguration: Sendable {
    /// The API's address, without a slash at its end.
    package var url: String
    package var apiKey: String
    /// How long one request may take. Defaults to 5 seconds; a slow bank needs 3.
    package var requestTimeout: Duration
    /// How long a call may take with its immediate retries. Defaults to 12 seconds.
    package var callTimeout: Duration

    package init(
        url: String,
        apiKey: String,
        requestTimeout: Duration = .seconds(5),
        callTimeout: Duration = .seconds(12)
    ) {
        self.url = url
        self.apiKey = apiKey
        self.requestTimeout = requestTimeout
        self.callTimeout = callTimeout
    }
}
