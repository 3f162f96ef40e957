import Foundation
import Glibc
import MezzCore

/// A worker's own folder, below the one it was given: several workers on one machine may be given the same.
final class WorkFolder: Sendable {
    /// The worker's own part.
    let path: String
    /// Its number among the workers that were given the same folder.
    let number: Int
    private let lock: Int32

    var scratch: String { path + "/scratch" }
    var cache: String { path + "/cache" }

    /// Workers that find place in one folder.
    private static let limit = 256

    /// Takes the first part that no living worker holds, and empties its scratch folder.
    init(_ folder: String) throws {
        let folder = URL(fileURLWithPath: folder).standardizedFileURL.path
        for number in 0..<Self.limit {
            let path = folder + "/worker-\(number)"
            try Self.make(path)
            let lock = open(path + "/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
            guard lock >= 0 else { throw Self.unwritable(path) }
            guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
                close(lock)
                continue
            }
            self.path = path
            self.number = number
            self.lock = lock
            try? FileManager.default.removeItem(atPath: path + "/scratch")
            try Self.make(path + "/scratch")
            return
        }
        throw Failure(
            .temporary, what: "\(Self.limit) workers work here already", place: folder.printable,
            remedy: "give this one another --work")
    }

    deinit { close(lock) }

    private static func make(_ path: String) throws {
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw unwritable(path)
        }
    }

    private static func unwritable(_ path: String) -> Failure {
        Failure(
            .failed, what: "the worker's folder cannot be written", place: path.printable,
            remedy: "choose another --work, or give this user the right to write there")
    }
}
