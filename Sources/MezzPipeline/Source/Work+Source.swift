import Foundation
import MezzCore
import MezzMedia

extension Work {
    /// A path at which the source can be read while the task runs.
    ///
    /// - Parameters:
    ///   - range: The frames that will be read; `nil` means any. Of a stored source perhaps only their bytes are there:
    ///     whoever names a range checks the frames against the index.
    ///   - video: How they are read.
    func source(for range: FrameRange? = nil, of video: VideoStreamInfo? = nil) async throws -> String {
        switch environment.source {
        case .file(let path): return path
        case .stored(let source): return try await staged(source, range, video)
        }
    }

    /// Under its own name, whose ending tells FFmpeg what a raw stream is.
    private func staged(_ source: StoredSource, _ range: FrameRange?, _ video: VideoStreamInfo?) async throws -> String
    {
        let inside = folder + "/source"
        let path = inside + "/" + Self.fileName(source.name)
        if FileManager.default.fileExists(atPath: path) { return path }
        try FileManager.default.createDirectory(atPath: inside, withIntermediateDirectories: true)
        if let range, let video, let parts = environment.parts, sourceUse.mayBePartial {
            let lookBack = video.filtersLookBack ? SourceReader.lookBackSeconds : 0
            if let bytes = try await parts.bytes(of: source, for: range, rate: video.frameRate, lookBack: lookBack) {
                sourceUse.notePart()
                try await parts.place(source, bytes, at: path)
                return path
            }
        }
        try await PackagedFile.place(source.hash, at: path, from: environment.store)
        return path
    }

    /// The name comes from whoever submitted the job: its ending is kept, the rest is ours.
    private static func fileName(_ name: String) -> String {
        let ending = (name as NSString).pathExtension
        let isPlain = ending.utf8.count <= 8 && ending.utf8.allSatisfy { $0.isLetterOrDigit }
        return isPlain && !ending.isEmpty ? "source.\(ending)" : "source"
    }
}

extension UInt8 {
    fileprivate var isLetterOrDigit: Bool {
        (0x30...0x39).contains(self) || (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self)
    }
}
