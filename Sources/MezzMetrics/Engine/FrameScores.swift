package import MezzCore

/// What was measured of one encode, frame by frame.
package struct FrameScores: Sendable, Hashable {
    /// Numbers of the scored frames, ascending.
    package let frames: [Int]
    /// Metrics in the order of libvmaf's log: features, then features over time, then models.
    package let names: [String]
    /// By metric, then by frame.
    package let columns: [[Double]]

    package init(frames: [Int], names: [String], columns: [[Double]]) {
        precondition(names.count == columns.count && columns.allSatisfy { $0.count == frames.count })
        self.frames = frames
        self.names = names
        self.columns = columns
    }

    /// The values of a metric by frame; `nil` for a name that was not measured.
    package subscript(name: String) -> [Double]? {
        names.firstIndex(of: name).map { columns[$0] }
    }

    /// A metric over all frames, or over those in `range`; `nil` without any.
    package func pooled(_ name: String, over range: FrameRange? = nil) -> Pool? {
        guard let values = self[name] else { return nil }
        guard let range else { return Pool(values) }
        return Pool(zip(frames, values).lazy.filter { range.contains($0.0) }.map(\.1))
    }
}
