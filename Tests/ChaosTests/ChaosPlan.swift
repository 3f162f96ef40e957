import Foundation

/// How long a run of chaos takes, and what it draws its lots from.
struct ChaosPlan: Sendable {
    /// Seconds in which faults happen and titles are submitted.
    let seconds: Double
    let seed: UInt64
    /// The faults to draw from: all, or those of `MEZZ_CHAOS_FAULTS`, such as `killWorker,poison`.
    let faults: [ChaosFault]
    /// The file that everything is told to as it happens, and the summary at the end.
    let log: String?

    static let asked = ChaosPlan(ProcessInfo.processInfo.environment)

    private init(_ environment: [String: String]) {
        seconds = environment["MEZZ_CHAOS_MINUTES"].flatMap(Double.init).map { $0 * 60 } ?? 60
        seed = environment["MEZZ_CHAOS_SEED"].flatMap(UInt64.init) ?? UInt64.random(in: 1...999_999)
        let names = environment["MEZZ_CHAOS_FAULTS"]?.split(separator: ",").map(String.init)
        faults = ChaosFault.allCases.filter { names?.contains(String(describing: $0)) ?? true }
        log = environment["MEZZ_CHAOS_LOG"].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The longest a run may take, in minutes: after the faults the last titles have to end.
    static let limit = Int(asked.seconds / 60) + 20
}
