import Glibc

/// How much room a folder's disk has.
package enum DiskGauge {
    /// MiB that this user may still write; 0 when the folder is not there.
    package static func free(at folder: String) -> Int {
        var status = statvfs()
        guard statvfs(folder, &status) == 0 else { return 0 }
        return Int(clamping: (UInt64(status.f_bavail) * UInt64(status.f_frsize)) >> 20)
    }
}
