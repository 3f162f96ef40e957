import Foundation
import MezzCore
import MezzStorage
import MezzWorkflow

/// The results of a finished job, by task.
struct JobResults: Sendable {
    let records: [TaskRecord]
    let store: any ObjectStore
    private let byName: [String: TaskRecord]

    init(records: [TaskRecord], store: any ObjectStore) {
        self.records = records
        self.store = store
        byName = Dictionary(records.map { ($0.request.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    func output<Value: Decodable>(of name: String, as type: Value.Type = Value.self) throws -> Value {
        guard let result = byName[name]?.result else { throw missing(name) }
        return try CanonicalJSON.decode(type, from: result.output)
    }

    func artifacts(of name: String) throws -> [Artifact] {
        guard let result = byName[name]?.result else { throw missing(name) }
        return result.artifacts
    }

    func outputs<Value: Decodable>(ofKind kind: String, as type: Value.Type = Value.self) throws -> [(
        name: String, value: Value
    )] {
        try records.filter { $0.request.kind == kind }.compactMap { record in
            try record.result.map { (record.request.name, try CanonicalJSON.decode(type, from: $0.output)) }
        }
    }

    func content(of artifact: Artifact) async throws -> Data {
        guard let path = try await store.localPath(of: artifact.hash),
            let data = FileManager.default.contents(atPath: path)
        else { throw missing(artifact.name) }
        return data
    }

    /// The gate's deciding round.
    func gate() throws -> (name: String, output: GateStage.Output) {
        let rounds = try outputs(ofKind: GateStage.kind, as: GateStage.Output.self)
        guard let last = rounds.last(where: { !$0.value.continues }) else { throw missing(GateStage.kind) }
        return (last.name, last.value)
    }

    /// Pictures and curves for the page.
    func extras(title: String) async throws -> ReportExtras {
        let gate = try gate()
        var scores: [String: [Float]] = [:]
        if let artifact = try artifacts(of: gate.name).first {
            scores = Self.split(try await content(of: artifact), gate.output.rungs)
        }
        return ReportExtras(title: title, thumbnails: try await thumbnails(), frameScores: scores)
    }

    private func thumbnails() async throws -> [Data] {
        let index: IndexStage.Output = try output(of: TaskName.index)
        let pictured: ThumbnailStage.Output = try output(of: TaskName.thumbnails)
        var pictures = [Data](repeating: Data(), count: index.shots.count)
        for (shot, artifact) in zip(pictured.shots, try artifacts(of: TaskName.thumbnails)) {
            pictures[shot] = try await content(of: artifact)
        }
        return pictures
    }

    private static func split(_ data: Data, _ rungs: [RungResult]) -> [String: [Float]] {
        let bytes = [UInt8](data)
        var scores: [String: [Float]] = [:]
        var offset = 0
        for rung in rungs {
            guard offset + rung.frames * 4 <= bytes.count else { break }
            scores[rung.planned.id] = (0..<rung.frames).map { frame in
                let bits = (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[offset + frame * 4 + $1]) << (8 * UInt32($1)) }
                return Float(bitPattern: bits)
            }
            offset += rung.frames * 4
        }
        return scores
    }

    private func missing(_ what: String) -> Failure {
        Failure(
            .failed, what: "the result of \(what) is missing", place: "workflow",
            remedy: "remove the .mezz folder and run again")
    }
}
