import Foundation
import MezzQueueSQLite
import MezzTestKit
import MezzWorkflow

/// What a package's database held at a moment when no mezz ran.
struct QueueSnapshot {
    private let folder: TestFolder
    private let name: String

    /// Copies the database of the package `output`.
    init(of output: String, in folder: TestFolder, as name: String) throws {
        self.folder = folder
        self.name = name
        let manager = FileManager.default
        try manager.createDirectory(atPath: folder(name), withIntermediateDirectories: true)
        for file in ["state.db", "state.db-wal"] where manager.fileExists(atPath: folder("\(output)/.mezz/\(file)")) {
            try manager.copyItem(atPath: folder("\(output)/.mezz/\(file)"), toPath: folder("\(name)/\(file)"))
        }
    }

    /// The succeeded tasks by name; none when the database did not exist yet or did not know the job.
    func succeeded(_ job: JobID) async throws -> [String: TaskRecord] {
        guard FileManager.default.fileExists(atPath: folder("\(name)/state.db")) else { return [:] }
        let queue = try SQLiteQueue(path: folder("\(name)/state.db"))
        defer { try? queue.close() }
        let tasks = ((try? await queue.tasks(of: job)) ?? []).filter { $0.state == .succeeded }
        return Dictionary(tasks.map { ($0.request.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The job of a finished package: its state folder names it.
    static func job(of output: String, in folder: TestFolder) -> JobID? {
        let marks = folder.names(in: output + "/.mezz").compactMap { $0.wholeMatch(of: /wall-(.+)\.txt/) }
        return marks.count == 1 ? marks.first.map { JobID(String($0.output.1)) } : nil
    }
}
