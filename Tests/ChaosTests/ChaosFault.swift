/// What can befall the fleet.
enum ChaosFault: String, CaseIterable, Sendable {
    case killWorker = "worker killed"
    case drainWorker = "worker drained"
    case freezeWorker = "worker stopped beyond its lease"
    case deleteFolder = "worker's folder deleted"
    case fillDisk = "worker's disk filled"
    case skewClock = "worker's clock off by 10 minutes"
    case partitionDatabase = "worker cut off from the database"
    case silenceDatabase = "database silent for a worker"
    case slowDatabase = "database 0.5 s late for a worker"
    case loseDatabase = "connections to the database lost"
    case partitionStore = "worker cut off from the store"
    case silenceStore = "store silent for a worker"
    case slowStore = "store 0.5 s late for a worker"
    case loseStore = "connections to the store lost"
    case storeErrors = "store answers 500 and 503"
    case storeTruncates = "store truncates and resets"
    case storeDamages = "store damages bytes"
    case crashDatabase = "database killed"
    case restartDatabase = "database restarted"
    case freezeStore = "store frozen"
    case poison = "poison title"

    /// Whether it is done to one worker.
    var isOfWorker: Bool {
        switch self {
        case .crashDatabase, .restartDatabase, .freezeStore, .poison: false
        default: true
        }
    }
}
