internal import NIOCore
internal import NIOHTTP2

/// Configures `NIOHTTP2Handler` for both sides: its limits against floods are set for a busy inner network.
enum HTTP2Setup {
    static func handler(for configuration: RPCClientConfiguration) -> NIOHTTP2Handler {
        self.handler(
            mode: .client,
            settings: [
                HTTP2Setting(parameter: .enablePush, value: 0),
                HTTP2Setting(parameter: .initialWindowSize, value: configuration.streamWindow),
                HTTP2Setting(parameter: .maxHeaderListSize, value: 64 * 1024),
            ],
            resetLimit: 10_000
        )
    }

    static func handler(for configuration: RPCServerConfiguration) -> NIOHTTP2Handler {
        self.handler(
            mode: .server,
            settings: [
                HTTP2Setting(parameter: .maxConcurrentStreams, value: configuration.maximumConcurrentStreams),
                HTTP2Setting(parameter: .initialWindowSize, value: configuration.streamWindow),
                HTTP2Setting(parameter: .maxHeaderListSize, value: configuration.maximumHeaderLength),
            ],
            resetLimit: configuration.maximumResets
        )
    }

    private static func handler(
        mode: NIOHTTP2Handler.ParserMode,
        settings: HTTP2Settings,
        resetLimit: Int
    ) -> NIOHTTP2Handler {
        var connection = NIOHTTP2Handler.ConnectionConfiguration()
        connection.initialSettings = settings
        connection.maximumSequentialEmptyDataFrames = 10
        // Frames for streams that we have reset may come long after; only remembered streams are forgiven.
        connection.maximumRecentlyResetStreams = 1000
        connection.maximumConnectionGlitches = 1000
        // grpc's bandwidth estimator pings with every burst of data.
        connection.controlFrameRateLimit.maximumCount = 5000
        var stream = NIOHTTP2Handler.StreamConfiguration()
        stream.streamResetFrameRateLimit.maximumCount = resetLimit
        stream.streamErrorRateLimit.maximumCount = 1000
        return NIOHTTP2Handler(
            mode: mode, frameDelegate: nil, connectionConfiguration: connection, streamConfiguration: stream)
    }
}
