import Foundation
import MezzCore

/// Builds a plan's streams, has them looked at and decoded, and writes down the outcome.
package struct Certification: Sendable {
    private let encoder: CertificationEncoder
    private let decoders: StreamDecoders

    package init(encoder: CertificationEncoder, decoders: StreamDecoders) {
        self.encoder = encoder
        self.decoders = decoders
    }

    /// Makes `folder` with the streams and `index.json`; it appears when it is complete.
    /// - Parameter began: Told each stream before its work.
    /// - Throws: `Failure`: `usage` when `folder` is there already, `failed` when it cannot be written; what the tools
    ///   throw; `CancellationError`. Streams that cannot be built are no error: the index has them.
    package func run(
        _ plan: CertificationPlan, into folder: String,
        began: @Sendable (CertificationStream) -> Void = { _ in }
    ) async throws -> CertificationIndex {
        let target = URL(fileURLWithPath: folder).standardizedFileURL
        guard !FileManager.default.fileExists(atPath: target.path) else {
            throw Failure(.usage, what: "is there already", place: folder.printable, remedy: "name a new folder")
        }
        let aside = target.deletingLastPathComponent().appendingPathComponent(
            ".\(target.lastPathComponent).\(UUID().uuidString.prefix(8))")
        try Self.make(aside, for: folder)
        defer { try? FileManager.default.removeItem(at: aside) }
        var entries: [CertificationIndex.Entry] = []
        for stream in plan.streams {
            began(stream)
            entries.append(try await entry(stream, plan.level, in: aside.path))
        }
        let index = CertificationIndex(codec: plan.level.codec, level: plan.level.name, streams: entries)
        try index.encoded().write(to: aside.appendingPathComponent("index.json"))
        try FileManager.default.moveItem(at: aside, to: target)
        return index
    }

    private func entry(
        _ stream: CertificationStream, _ level: CertificationLevel, in folder: String
    ) async throws -> CertificationIndex.Entry {
        let built: CertificationEncoder.Built
        do {
            built = try await encoder.build(stream, level: level, in: folder)
        } catch let failure as Failure where failure.isOfTool {
            try? FileManager.default.removeItem(atPath: folder + "/" + stream.file)
            return CertificationIndex.Entry(unbuilt: stream, level: level, because: failure)
        }
        let decoded = try await decoders.decode(built.stream, level: level, in: folder)
        return CertificationIndex.Entry(built, asked: stream, level: level, decoders: decoded)
    }

    private static func make(_ aside: URL, for folder: String) throws(Failure) {
        do {
            try FileManager.default.createDirectory(at: aside, withIntermediateDirectories: true)
        } catch {
            throw Failure(
                .failed, what: "cannot be written", place: folder.printable,
                remedy: "name a folder where you may write", detail: String(describing: error))
        }
    }
}
