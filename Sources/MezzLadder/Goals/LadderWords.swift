/// Bits per second as whole kbit/s for a person. `bps` is at most `LadderGoal.bpsRange`'s end.
func kbps(_ bps: Double) -> String { "\(Int((bps / 1000).rounded())) kbit/s" }

/// A VMAF with one decimal for a person.
func vmafText(_ vmaf: Double) -> String { "VMAF \((vmaf * 10).rounded() / 10)" }

/// Bytes as MB (10^6) with one decimal for a person.
func megabytes(_ bytes: Double) -> String { "\((bytes / 1e5).rounded() / 10) MB" }
