import Foundation
import MezzStorage
import MezzStorageS3
import MezzTestKit
import Testing

/// A benchmark, run when `MEZZ_BENCH` names it: a large object up and down beside `aws s3 cp`, by turns on the same
/// server. `MEZZ_S3_MEGABYTES` is its size (default 512), `MEZZ_S3_ROUNDS` how often (default 3).
@Suite(
    "The pace of the store on S3", .serialized,
    .enabled(if: MotoServer.isInstalled, Comment(rawValue: MotoServer.absence)),
    .enabled(if: ServerProcess.program("aws") != nil, "no aws here (pip install awscli)"),
    .enabled(if: ProcessInfo.processInfo.environment["MEZZ_BENCH"] == "s3", "set MEZZ_BENCH=s3"))
struct PaceTests {
    private static let environment = ProcessInfo.processInfo.environment
    private let megabytes = environment["MEZZ_S3_MEGABYTES"].flatMap { Int($0) } ?? 512
    private let rounds = environment["MEZZ_S3_ROUNDS"].flatMap { Int($0) } ?? 3

    @Test("keeps up with aws s3 cp in less than 200 MB")
    func keepsUp() async throws {
        var times: [String: [Double]] = [:]
        var memory = 0
        for round in 0...rounds {
            // A server of its own for each round: it keeps in memory whatever it was ever given.
            let server = try MotoServer()
            let bed = try await S3Bed(server: server.endpoint)
            try await TestFolder.with { folder in
                let path = try makeFile(in: folder, seed: UInt64(round))
                // The first round fills caches and is not counted.
                let order = round % 2 == 0 ? [ours, theirs] : [theirs, ours]
                for program in order {
                    let (up, down, peak) = try await program(path, bed, folder)
                    let name = peak == nil ? "aws s3 cp" : "mezz"
                    memory = max(memory, peak ?? 0)
                    if round > 0 {
                        times[name + " up", default: []].append(up)
                        times[name + " down", default: []].append(down)
                    }
                    #expect(FileManager.default.contentsEqual(atPath: path, andPath: folder("back")))
                    try FileManager.default.removeItem(atPath: folder("back"))
                }
            }
        }
        for (name, values) in times.sorted(by: { $0.key < $1.key }) {
            let rate = Double(megabytes) / middle(values)
            print("\(name): \(middle(values)) s, \(rate) MB/s (rounds: \(values))")
        }
        for way in ["up", "down"] {
            let ratio = middle(times["mezz " + way] ?? []) / middle(times["aws s3 cp " + way] ?? [])
            print("\(way): mezz takes \(ratio) of aws s3 cp's time")
            #expect(ratio < 1.15)
        }
        print("peak memory of this whole process: \(memory >> 20) MB")
        #expect(memory < 200 << 20)
    }

    private func ours(_ path: String, _ bed: S3Bed, _ folder: TestFolder) async throws -> (Double, Double, Int?) {
        let store = bed.store(partSize: 16 << 20)
        // "5" sets the peak back to what is held now (proc(5)).
        try? Data("5".utf8).write(to: URL(fileURLWithPath: "/proc/self/clear_refs"))
        let started = ContinuousClock.now
        let object = try await store.put(fileAt: path, as: nil, by: .copying)
        let between = ContinuousClock.now
        try await store.fetch(object.hash, to: folder("back"))
        let ended = ContinuousClock.now
        return (started.duration(to: between) / .seconds(1), between.duration(to: ended) / .seconds(1), try peak())
    }

    private func theirs(_ path: String, _ bed: S3Bed, _ folder: TestFolder) async throws -> (Double, Double, Int?) {
        let place = "s3://\(bed.bucket)/theirs"
        let up = try await aws([path, place], bed, folder)
        let down = try await aws([place, folder("back")], bed, folder)
        return (up, down, nil)
    }

    private func aws(_ names: [String], _ bed: S3Bed, _ folder: TestFolder) async throws -> Double {
        let own = ["AWS_DEFAULT_REGION": "us-east-1", "AWS_EC2_METADATA_DISABLED": "true"]
        let child = try Child(
            ServerProcess.program("aws") ?? "aws",
            ["s3", "cp", "--only-show-errors", "--endpoint-url", bed.endpoint] + names,
            environment: Self.environment.merging(S3Bed.environment) { $1 }.merging(own) { $1 }, in: folder)
        let end = try await child.end(within: 600)
        try #require(end.status == 0, "\(end.errorText)")
        return end.seconds
    }

    /// Random bytes, a block at a time: the file must not count as this process's memory.
    private func makeFile(in folder: TestFolder, seed: UInt64) throws -> String {
        let path = try folder.write(Data(), to: "file")
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        for block in 0..<megabytes {
            try handle.write(contentsOf: content(1 << 20, seed: seed << 32 + UInt64(block)))
        }
        try handle.close()
        return path
    }

    /// The largest resident size since the last time it was set back, in bytes.
    private func peak() throws -> Int {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
        return (Int(line.filter(\.isNumber)) ?? 0) << 10
    }

    private func middle(_ values: [Double]) -> Double { values.isEmpty ? .nan : values.sorted()[values.count / 2] }
}
