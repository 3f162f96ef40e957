import Foundation
import MezzCore
package import MezzMedia
package import MezzPackaging
import MezzPixels
package import MezzStorage
import MezzWorkflow
import Synchronization

/// What a machine lends to a job: where the source lies, where files go, which tools run. Nothing in here may
/// change a result.
package final class JobEnvironment: Sendable {
    package let source: SourceLocation
    package let store: any ObjectStore
    package let tools: ToolSet
    /// Folder for the scratch folders of tasks; emptied when a job starts.
    package let scratch: String
    /// Trial encodes measured before, by this job or another.
    package let trials: TrialStore
    /// Whether failures of tools are tried again: on another machine they may not come back.
    package let retriesFailures: Bool
    /// Fetches parts of stored sources; `nil` where the store's files can be read directly.
    package let parts: SourceParts?
    /// Keys of protected titles; in memory alone.
    package let keys: [KeyRing]
    /// Programs that a job may have sound encoded by; `nil` allows any, as whoever runs the job here chose it.
    package let audioEncoders: Set<String>?
    private let indexes = Mutex<[ContentHash: FrameIndex]>([:])

    package init(
        source: SourceLocation, store: any ObjectStore, tools: ToolSet, scratch: String, trials: TrialStore,
        parts: SourceParts? = nil, keys: [KeyRing] = [], audioEncoders: Set<String>? = nil,
        retriesFailures: Bool = false
    ) {
        self.source = source
        self.store = store
        self.tools = tools
        self.scratch = scratch
        self.trials = trials
        self.parts = parts
        self.keys = keys
        self.audioEncoders = audioEncoders
        self.retriesFailures = retriesFailures
    }

    /// The frame index, read once and kept for all tasks.
    func frameIndex(_ artifact: Artifact) async throws -> FrameIndex {
        if let known = indexes.withLock({ $0[artifact.hash] }) { return known }
        guard let path = try await store.localPath(of: artifact.hash),
            let data = FileManager.default.contents(atPath: path), let index = FrameIndex(encoded: data)
        else {
            throw Failure(
                .failed, what: "the frame index is damaged", place: artifact.name,
                remedy: "remove the .mezz folder and run again")
        }
        indexes.withLock { $0[artifact.hash] = index }
        return index
    }
}
