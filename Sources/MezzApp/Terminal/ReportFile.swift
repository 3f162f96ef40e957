import Foundation
import MezzCore
import MezzPipeline

/// A report as a command line names it: the file, or the folder of the package it lies in.
enum ReportFile {
    /// Far more than the report of a title of ten thousand shots.
    private static let mostBytes = 1 << 28

    /// - Throws: `Failure` with `input` when there is no report of mezz.
    static func read(_ place: String) throws(Failure) -> Report {
        var isFolder: ObjCBool = false
        let exists = FileManager.default.fileExists(atPath: place, isDirectory: &isFolder)
        let path = exists && isFolder.boolValue ? place + "/report.json" : place
        guard let data = contents(path) else {
            throw Failure(
                .input, what: "cannot be read", place: path.printable,
                remedy: "name a report.json or the folder of a package")
        }
        guard data.count <= mostBytes else {
            throw Failure(
                .input, what: "is larger than 256 MiB", place: path.printable, remedy: "name a report.json")
        }
        do {
            return try JSONDecoder().decode(Report.self, from: data)
        } catch {
            throw Failure(
                .input, what: "is no report of mezz", place: path.printable, remedy: "name a report.json",
                detail: String(describing: error))
        }
    }

    private static func contents(_ path: String) -> Data? {
        guard let handle = FileHandle(forReadingAtPath: path) else { return nil }
        do {
            // An empty file has no data to read, and is no report for that.
            return try handle.read(upToCount: mostBytes + 1) ?? Data()
        } catch {
            return nil
        }
    }
}
