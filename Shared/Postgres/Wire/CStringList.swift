import Glibc

/// A null-terminated array of C strings for the time of a call.
@safe final class CStringList {
    private let strings: [UnsafeMutablePointer<CChar>?]
    private let array: UnsafeMutableBufferPointer<UnsafePointer<CChar>?>

    init(_ strings: [String]) {
        unsafe self.strings = strings.map { unsafe strdup($0) }
        unsafe self.array = .allocate(capacity: strings.count + 1)
        for index in strings.indices {
            unsafe self.array.initializeElement(at: index, to: UnsafePointer(self.strings[index]))
        }
        unsafe self.array.initializeElement(at: strings.count, to: nil)
    }

    deinit {
        unsafe self.strings.forEach { unsafe free($0) }
        unsafe self.array.deallocate()
    }

    var pointer: UnsafePointer<UnsafePointer<CChar>?>? { unsafe UnsafePointer(self.array.baseAddress) }
}
