/// A service as its process sees it: its name, its settings, and an initialiser that puts its parts together.
public protocol ServiceApp {
    /// The name of the service: in logs, metrics and the path of its OpenAPI document.
    static var name: String { get }

    /// All settings that it reads beside those of every process (``ProcessSettings``). Others cannot be read.
    static var settings: [any SettingDescription] { get }

    /// Makes the parts and hands them to the host: routes, services, checks. Must not wait for other systems beyond
    /// what the host offers; work of that kind belongs to `host.beforeServing`.
    init(host: ServiceHost) async throws
}

extension ServiceApp {
    public static var settings: [any SettingDescription] { [] }
}
