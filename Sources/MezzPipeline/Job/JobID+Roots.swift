import Foundation
import MezzCore
import MezzWorkflow

extension JobID {
    /// The same source and the same wishes of the same mezz are the same job: another version writes tasks that this
    /// one may not understand, but shares their results.
    ///
    /// - Parameter stamp: Of the toolset, where workers of several share a queue.
    init(_ roots: [TaskRequest], stamp: String = "") throws {
        let seed = try CanonicalJSON.encode(roots) + Data((mezzVersion + stamp).utf8)
        self.init(String(ContentHash.of(seed).hex.prefix(16)))
    }
}
