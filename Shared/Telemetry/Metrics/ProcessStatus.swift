import Glibc

/// What the kernel says of this process in `/proc/self`.
struct ProcessStatus: Hashable, Sendable {
    var threads: Int
    var virtualBytes: Int
    var residentBytes: Int

    init(threads: Int, virtualBytes: Int, residentBytes: Int) {
        self.threads = threads
        self.virtualBytes = virtualBytes
        self.residentBytes = residentBytes
    }

    /// This process, now; nil where there is no `/proc`.
    static var now: ProcessStatus? {
        var bytes = [UInt8](repeating: 0, count: 1_024)
        let descriptor = unsafe open("/proc/self/stat", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        let count = unsafe bytes.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
        guard count > 0 else { return nil }
        return ProcessStatus(line: String(decoding: bytes.prefix(count), as: UTF8.self), pageSize: Int(sysconf(Int32(_SC_PAGESIZE))))
    }

    /// Reads the line of `/proc/<pid>/stat`, whose second field is the program's name in parentheses and may hold anything.
    init?(line: String, pageSize: Int) {
        guard let end = line.lastIndex(of: ")") else { return nil }
        // The first of them is field 3 of proc(5).
        let fields = line[line.index(after: end)...].split(separator: " ")
        guard fields.count > 21, let threads = Int(fields[17]), let size = Int(fields[20]), let pages = Int(fields[21]) else {
            return nil
        }
        self.threads = threads
        self.virtualBytes = size
        self.residentBytes = pages * pageSize
    }

    /// How many file descriptors are open now.
    static var openDescriptors: Int? {
        guard let folder = unsafe opendir("/proc/self/fd") else { return nil }
        defer { unsafe closedir(folder) }
        var count = 0
        while unsafe readdir(folder) != nil { count += 1 }
        // The folder itself, its parent, and the descriptor that reads it.
        return max(0, count - 3)
    }
}
