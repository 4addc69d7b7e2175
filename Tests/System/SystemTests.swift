import Testing

/// The whole shop over HTTP: real processes behind the balancer, as a client meets them.
///
/// `make test` opens a shop of its own for these tests and says where it is (`SOUK_TEST_SHOP`). They run one after the
/// other, since some of them kill services. Bounds are wide: what is tested is what happens, not how soon.
@Suite(.serialized, .enabled(if: TestShop.path != nil), .timeLimit(.minutes(60)))
enum SystemTests {}
