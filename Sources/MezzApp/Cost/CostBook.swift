import Foundation
import MezzCore
import MezzPipeline

/// What jobs cost on the machines of this user: a file in the cache folder that every finished job corrects. Nothing
/// depends on it; when it cannot be read, forecasts begin anew.
struct CostBook {
    private let path: String?

    /// - Parameter folder: `nil` takes the user's cache folder.
    init(folder: String? = nil) {
        path = (folder ?? CacheFolder.ofUser).map { $0 + "/costs.json" }
    }

    var rates: CostRates {
        guard let path, let data = FileManager.default.contents(atPath: path) else { return CostRates() }
        return (try? CostRates(reading: data)) ?? CostRates()
    }

    /// Two jobs that end at once may lose one of their lessons; the next makes up for it.
    func learn(_ lesson: CostLesson) {
        guard let path, let data = try? lesson.taught(rates).encoded() else { return }
        let folder = (path as NSString).deletingLastPathComponent
        try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try? data.write(to: URL(fileURLWithPath: path), options: .atomic)
    }
}

/// The user's cache folder by the XDG base directory specification.
enum CacheFolder {
    static let ofUser: String? = {
        let environment = ProcessInfo.processInfo.environment
        let base = environment["XDG_CACHE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
        return (base ?? environment["HOME"].map { $0 + "/.cache" }).map { $0 + "/mezz" }
    }()
}
