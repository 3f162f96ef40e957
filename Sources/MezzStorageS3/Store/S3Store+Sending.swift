internal import FoundationEssentials
internal import MezzCore
internal import MezzStorage

extension S3Store {
    /// How often an upload is begun anew that somebody else gave up.
    private static let uploadTries = 3

    /// Sends a file unless it is there.
    func send(_ source: SourceFile) async throws(StoreError) {
        let hash = source.object.hash
        let known = try await info(of: hash)
        if let known, try await isSame(known, as: source) { return }
        // What is there and differs is damaged: it is replaced.
        if try await upload(source, onlyIfMissing: known == nil) { return }
        // Somebody was faster, or an earlier try of ours was, unnoticed.
        if let known = try await info(of: hash), try await isSame(known, as: source) { return }
        _ = try await upload(source, onlyIfMissing: false)
    }

    private func upload(_ source: SourceFile, onlyIfMissing: Bool) async throws(StoreError) -> Bool {
        if source.parts.count == 1 {
            return try await calling { () throws(S3Fault) in
                try await client.put(key(of: source.object.hash), source.parts[0], onlyIfMissing: onlyIfMissing)
            }
        }
        for _ in 0..<Self.uploadTries {
            let upload = MultipartUpload(store: self, source: source, onlyIfMissing: onlyIfMissing)
            switch try await upload.run() {
            case .done: return true
            case .preceded: return false
            case .givenUpByOthers: continue
            }
        }
        throw .unreachable(place: client.address.place, detail: "the upload was given up by others, time and again")
    }

    /// Whether an object that the server has is the file, as far as the server tells.
    private func isSame(_ info: S3ObjectInfo, as source: SourceFile) async throws(StoreError) -> Bool {
        guard info.size == source.object.bytes else { return false }
        guard source.parts.count == 1 else { return true }
        if let sum = info.sha256 { return sum == Data(source.parts[0].sha256).base64EncodedString() }
        guard let sum = info.md5 else { return true }
        return try await BlockingWork.run { () throws(StoreError) in try source.parts[0].md5() } == sum
    }
}
