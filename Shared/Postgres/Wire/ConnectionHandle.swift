import CLibPQ

/// Owns one `PGconn`: libpq's non-blocking calls as they are, without waiting and without rules.
///
/// libpq allows one thread at a time in a connection: the handle never leaves the loop's thread.
@safe final class ConnectionHandle {
    enum Progress { case reading, writing, ready, failed }
    enum Flush { case done, wouldBlock, failed }

    private let pointer: OpaquePointer

    /// Begins to connect.
    ///
    /// - Returns: `nil` when there is no memory for it. A handle that cannot connect says so when it is polled.
    init?(_ parameters: [(keyword: String, value: String)]) {
        let keywords = CStringList(parameters.map(\.keyword))
        let values = CStringList(parameters.map(\.value))
        guard let pointer = unsafe PQconnectStartParams(keywords.pointer, values.pointer, 1) else { return nil }
        unsafe self.pointer = pointer
        // libpq would print the server's notices to stderr.
        _ = unsafe PQsetNoticeProcessor(pointer, { _, _ in }, nil)
    }

    deinit {
        unsafe PQfinish(self.pointer)
    }

    // MARK: - Connecting

    /// The socket, which may change with each ``poll()``; negative when there is none.
    var socket: Int32 { unsafe PQsocket(self.pointer) }
    var isBroken: Bool { unsafe PQstatus(self.pointer) == CONNECTION_BAD }
    var serverVersion: Int32 { unsafe PQserverVersion(self.pointer) }
    var processID: Int32 { unsafe PQbackendPID(self.pointer) }

    /// Whether no transaction is open, as far as the server's answers say.
    var isIdle: Bool { unsafe PQtransactionStatus(self.pointer) == PQTRANS_IDLE }

    func poll() -> Progress {
        switch unsafe PQconnectPoll(self.pointer) {
        case PGRES_POLLING_READING: .reading
        case PGRES_POLLING_WRITING: .writing
        case PGRES_POLLING_OK: .ready
        default: .failed
        }
    }

    func setNonBlocking() -> Bool { unsafe PQsetnonblocking(self.pointer, 1) == 0 }
    func enterPipeline() -> Bool { unsafe PQenterPipelineMode(self.pointer) == 1 }
    func exitPipeline() -> Bool { unsafe PQexitPipelineMode(self.pointer) == 1 }

    /// libpq's words about the last failure.
    var errorMessage: String {
        let text = unsafe String(cString: PQerrorMessage(self.pointer))
        return text.hasSuffix("\n") ? String(text.dropLast()) : text
    }

    /// A handle to cancel the running statement with, from another thread.
    func cancelHandle() -> CancelHandle? {
        unsafe PQgetCancel(self.pointer).map { unsafe CancelHandle(takingOwnershipOf: $0) }
    }

    // MARK: - Sending

    func sendPrepare(name: String, sql: String, types: [UInt32]) -> Bool {
        unsafe PQsendPrepare(self.pointer, name, sql, Int32(types.count), types) == 1
    }

    func sendExecute(name: String, bindings: PostgresBindings) -> Bool {
        let count = bindings.count
        return unsafe bindings.buffer.bytes.withUnsafeBytes { bytes in
            unsafe withUnsafeTemporaryAllocation(of: UnsafePointer<CChar>?.self, capacity: count) { values in
                unsafe withUnsafeTemporaryAllocation(of: Int32.self, capacity: count * 2) { numbers in
                    // An empty value needs an address all the same: a null pointer means NULL.
                    let somewhere = UnsafeRawPointer(numbers.baseAddress)
                    for (index, slot) in bindings.slots.enumerated() {
                        let base = unsafe bytes.baseAddress ?? somewhere
                        let address = unsafe slot.length < 0 ? nil : base?.advanced(by: slot.offset)
                        unsafe values.initializeElement(at: index, to: address?.assumingMemoryBound(to: CChar.self))
                        unsafe numbers.initializeElement(at: index, to: max(0, slot.length))
                        unsafe numbers.initializeElement(at: count + index, to: 1)
                    }
                    return unsafe PQsendQueryPrepared(
                        self.pointer, name, Int32(count),
                        values.baseAddress, numbers.baseAddress, numbers.baseAddress?.advanced(by: count), 1
                    ) == 1
                }
            }
        }
    }

    /// Sends a statement that is not worth preparing.
    func sendUnprepared(_ sql: String) -> Bool {
        unsafe PQsendQueryParams(self.pointer, sql, 0, nil, nil, nil, nil, 1) == 1
    }

    /// Sends a script of any number of statements. Outside pipeline mode only.
    func sendScript(_ sql: String) -> Bool { unsafe PQsendQuery(self.pointer, sql) == 1 }

    /// Ends an exchange. libpq 15 also writes to the socket here what has been collected.
    func sync() -> Bool { unsafe PQpipelineSync(self.pointer) == 1 }

    func flush() -> Flush {
        switch unsafe PQflush(self.pointer) {
        case 0: .done
        case 1: .wouldBlock
        default: .failed
        }
    }

    // MARK: - Receiving

    func consumeInput() -> Bool { unsafe PQconsumeInput(self.pointer) == 1 }

    /// Whether ``nextResult()`` would block.
    var isBusy: Bool { unsafe PQisBusy(self.pointer) == 1 }

    func nextResult() -> ResultStorage? {
        unsafe PQgetResult(self.pointer).map { unsafe ResultStorage(takingOwnershipOf: $0) }
    }
}
