import ServiceKit

/// The settings of cart's own.
enum CartSettings {
    static let productTTL = Setting.seconds(
        "PRODUCT_CACHE_SECONDS", default: 10, in: 0.1...3_600, help: "How long a cart may show a price without asking the catalog.")
    static let guestDays = Setting.int(
        "GUEST_CART_DAYS", default: 30, in: 1...3_650, unit: "days", help: "After how long an untouched guest cart is deleted.")

    static let all: [any SettingDescription] =
        DataSettings.database + [
            DataSettings.redisCacheURL, DataSettings.redisLogURL, ServiceHost.endpointSetting("catalog"), productTTL, guestDays,
        ]
}
