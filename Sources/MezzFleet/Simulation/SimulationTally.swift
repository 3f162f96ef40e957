import MezzWorkflow

/// What is counted while a simulation runs.
struct SimulationTally {
    private(set) var operations: [SimulationReport.Operation: Int] = [:]
    private var bySecond: [Int: Int] = [:]
    private(set) var waits: [PriorityClass: [Double]] = [:]
    private(set) var useful = 0.0
    private(set) var wasted = 0.0
    private(set) var done = 0
    private(set) var repeated = 0
    private(set) var longest = 0.0
    private var busyArea = 0.0
    private var aliveArea = 0.0
    private var last = 0.0
    /// The areas when all workers were busy for the last time.
    private(set) var full: (time: Double, busy: Double, alive: Double) = (0, 0, 0)
    private(set) var series: [SimulationReport.Sample] = []
    private let sampleEvery: Double

    init(sampleEvery: Double) {
        self.sampleEvery = sampleEvery
    }

    mutating func count(_ operation: SimulationReport.Operation, at time: Double) {
        operations[operation, default: 0] += 1
        bySecond[Int(time), default: 0] += 1
    }

    mutating func wait(_ seconds: Double, of priorityClass: PriorityClass) {
        waits[priorityClass, default: []].append(seconds)
    }

    mutating func finish(_ seconds: Double) {
        useful += seconds
        done += 1
        longest = max(longest, seconds)
    }

    mutating func waste(_ seconds: Double) {
        wasted += seconds
        repeated += 1
    }

    /// Accounts the time since the last call, during which so many workers were busy and so many there.
    mutating func pass(to time: Double, busy: Int, alive: Int) {
        busyArea += Double(busy) * (time - last)
        aliveArea += Double(alive) * (time - last)
        last = time
        if busy >= alive - alive / 1000, alive > 0 { full = (time, busyArea, aliveArea) }
        if let previous = series.last, time - previous.seconds < sampleEvery { return }
        series.append(.init(seconds: time, busy: busy, alive: alive))
    }

    /// Database operations of the second with most of them.
    var peak: Int { bySecond.values.max() ?? 0 }
    /// Of the seconds with the most operations, the 99th percentile.
    var busySecond: Int {
        let counts = bySecond.values.sorted()
        return counts.isEmpty ? 0 : counts[min(counts.count - 1, counts.count * 99 / 100)]
    }
    var utilisation: Double { aliveArea > 0 ? busyArea / aliveArea : 0 }
    var utilisationUntilTail: Double { full.alive > 0 ? full.busy / full.alive : 0 }
}
