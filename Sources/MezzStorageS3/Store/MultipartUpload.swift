internal import MezzCore
internal import MezzStorage

/// One upload of a file in parts. Whatever happens, it is completed or given up at the end.
struct MultipartUpload {
    enum End {
        /// The object is there, from these parts.
        case done
        /// The object is there already.
        case preceded
        /// Whoever completed the same object first cleared this upload away, and the object is gone again.
        case givenUpByOthers
    }

    /// How long clearing up may take, also after cancellation.
    private static let patience = Duration.seconds(20)

    let store: S3Store
    let source: SourceFile
    let onlyIfMissing: Bool

    private var key: String { store.key(of: source.object.hash) }
    private var client: S3Client { store.client }

    func run() async throws(StoreError) -> End {
        let upload: String
        // An answer that was lost may have begun an upload that nobody knows of.
        var isInDoubt = false
        do throws(StoreError) {
            (upload, isInDoubt) = try await store.calling { () throws(S3Fault) in try await client.createUpload(key) }
        } catch {
            if error == .cancelled { await clear(nil, isInDoubt: true) }
            throw error
        }
        let end: End
        do throws(StoreError) {
            end = try await finish(upload)
        } catch {
            await clear(upload, isInDoubt: isInDoubt)
            throw error
        }
        if end != .done || isInDoubt { await clear(end == .done ? nil : upload, isInDoubt: isInDoubt) }
        return end
    }

    private func finish(_ upload: String) async throws(StoreError) -> End {
        do throws(S3Fault) {
            let parts = try await send(to: upload)
            let isDone = try await client.completeUpload(key, upload: upload, parts, onlyIfMissing: onlyIfMissing)
            guard isDone else { return .preceded }
        } catch {
            guard case .answer(let answer) = error, answer.code == "NoSuchUpload" else {
                throw StoreError(error, about: nil, at: client.address)
            }
            // Completed by a try whose answer was lost, or cleared away by others.
            return try await isThere() ? .done : .givenUpByOthers
        }
        guard try await isThere() else { throw .damaged(source.object.hash) }
        return .done
    }

    private func send(to upload: String) async throws(S3Fault) -> [UploadedPart] {
        let (client, key, source) = (client, key, source)
        return try await Lanes.run(Array(source.parts.indices), atOnce: store.settings.lanes) { index throws(S3Fault) in
            try await client.uploadPart(key, upload: upload, number: index + 1, source.parts[index])
        }
    }

    private func isThere() async throws(StoreError) -> Bool {
        try await store.info(of: source.object.hash)?.size == source.object.bytes
    }

    /// Gives up `upload`, and all uploads to this key when one may be unknown. Those of others among them find that out
    /// and look for the object, which is of the same content. Runs on when the task is cancelled; what fails here is
    /// left to ``S3Store/sweepAbandonedUploads(olderThan:)``.
    private func clear(_ upload: String?, isInDoubt: Bool) async {
        let (client, key) = (client, key)
        await Task {
            if let upload { try? await client.abortUpload(key, upload: upload, patience: Self.patience) }
            guard isInDoubt, let all = try? await client.uploads(prefix: key, patience: Self.patience) else { return }
            for other in all where other.key == key {
                try? await client.abortUpload(key, upload: other.id, patience: Self.patience)
            }
        }.value
    }
}
