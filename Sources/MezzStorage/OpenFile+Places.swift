#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

/// Reading and writing at places, by several tasks at once: none moves a position that others share.
extension OpenFile {
    /// Reads up to `buffer.count` bytes from `offset` on; 0 at the end of the file.
    package func readBytes(
        into buffer: UnsafeMutableRawBufferPointer, at offset: Int
    ) throws(StoreError) -> Int {
        while true {
            let count = pread(descriptor, buffer.baseAddress, buffer.count, off_t(offset))
            if count >= 0 { return count }
            guard errno == EINTR else { throw StoreError(path: path, code: errno) }
        }
    }

    /// Writes all of `bytes` from `offset` on.
    package func writeBytes(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(StoreError) {
        var done = 0
        while done < bytes.count {
            let rest = UnsafeRawBufferPointer(rebasing: bytes[done...])
            let count = pwrite(descriptor, rest.baseAddress, rest.count, off_t(offset + done))
            if count >= 0 {
                done += count
            } else if errno != EINTR {
                throw StoreError(path: path, code: errno)
            }
        }
    }

    /// Hands the bytes of `range` to `body` in blocks of at most 1 MiB.
    /// - Throws: `.failed` with `EIO` when the file ends before.
    package func blocks(
        of range: Range<Int>, _ body: (UnsafeRawBufferPointer, _ offset: Int) throws(StoreError) -> Void
    ) throws(StoreError) {
        let block = UnsafeMutableRawBufferPointer.allocate(byteCount: min(1 << 20, range.count), alignment: 4096)
        defer { block.deallocate() }
        var offset = range.lowerBound
        while offset < range.upperBound {
            let wanted = min(block.count, range.upperBound - offset)
            let count = try readBytes(into: UnsafeMutableRawBufferPointer(rebasing: block[..<wanted]), at: offset)
            guard count > 0 else { throw .failed(path: path, code: EIO) }
            try body(UnsafeRawBufferPointer(rebasing: block[..<count]), offset)
            offset += count
        }
    }

    /// Copies the bytes of `range` to the same places of `other`.
    func copy(_ range: Range<Int>, to other: borrowing OpenFile) throws(StoreError) {
        let block = UnsafeMutableRawBufferPointer.allocate(byteCount: min(1 << 20, range.count), alignment: 4096)
        defer { block.deallocate() }
        var offset = range.lowerBound
        while offset < range.upperBound {
            let wanted = min(block.count, range.upperBound - offset)
            let count = try readBytes(into: UnsafeMutableRawBufferPointer(rebasing: block[..<wanted]), at: offset)
            guard count > 0 else { throw .failed(path: path, code: EIO) }
            try other.writeBytes(UnsafeRawBufferPointer(rebasing: block[..<count]), at: offset)
            offset += count
        }
    }
}
