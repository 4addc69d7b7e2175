import OrderTrackingDomain
import ServiceKit

/// The settings of order-tracking's own.
enum OrderTrackingSettings {
    static let reserveTimeout = Setting.seconds(
        "RESERVE_TIMEOUT_SECONDS", default: 60, in: 1...3_600, help: "How long catalog may take to reserve before an order is cancelled.")
    static let authorizeTimeout = Setting.seconds(
        "AUTHORIZE_TIMEOUT_SECONDS", default: 120, in: 1...3_600,
        help: "How long payments may take to authorize before an order is cancelled.")
    static let resendAfter = Setting.seconds(
        "RESEND_SECONDS", default: 5, in: 0.1...600, help: "After how long an unanswered command is sent again the first time.")

    static let all: [any SettingDescription] =
        DataSettings.database + [
            DataSettings.redisLogURL, ServiceHost.endpointSetting("cart"), reserveTimeout, authorizeTimeout, resendAfter,
        ]

    /// The saga's patience.
    static func timing(_ settings: Settings) throws -> SagaTiming {
        SagaTiming(
            reserveDeadline: try settings.value(self.reserveTimeout), authorizeDeadline: try settings.value(self.authorizeTimeout),
            firstCheck: try settings.value(self.resendAfter)
        )
    }
}
