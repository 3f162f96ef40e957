import Foundation

/// The blocks of one channel: one after another, without gaps, to the object's end, each within the room.
struct ADMBlockCheck {
    let channel: ADMChannel
    /// Seconds that the blocks have to fill: those of the longest object that plays the channel.
    let length: Double
    /// Seconds by which times may differ.
    let tolerance: Double

    private var id: String { channel.id }

    func run(_ findings: inout ADMFindings) {
        guard !channel.blocks.isEmpty else {
            return findings.add(.blockMissing, "\(id) has no audioBlockFormat", of: id)
        }
        checkValues(&findings)
        let isTimed = channel.blocks.count > 1 || channel.blocks[0].start != nil || channel.blocks[0].duration != nil
        if isTimed { checkTimes(&findings) }
    }

    private func checkValues(_ findings: inout ADMFindings) {
        if let text = channel.blocks.lazy.flatMap(\.unreadable).first {
            findings.add(.time, "\(id) has \"\(text.prefix(40))\" for a time or a number", of: id)
        }
        let outside = channel.blocks.count { !$0.isWithinRange }
        if outside > 0, let first = channel.blocks.first(where: { !$0.isWithinRange }) {
            findings.add(
                .position, "\(id) leaves the room in \(outside) of \(channel.blocks.count) blocks", of: id,
                at: first.start?.seconds ?? 0)
        }
        let needsPlace = channel.claim.type == .objects || channel.claim.type == .directSpeakers
        let lost = channel.blocks.count { $0.position == nil && $0.speakerLabels.isEmpty }
        if needsPlace, lost > 0 {
            findings.add(.position, "\(id) is nowhere in \(lost) of \(channel.blocks.count) blocks", of: id)
        }
    }

    private func checkTimes(_ findings: inout ADMFindings) {
        if channel.blocks.count > 1, channel.blocks.contains(where: { $0.start == nil || $0.duration == nil }) {
            findings.add(.blockUntimed, "\(id) has several blocks, and not all have rtime and duration", of: id)
        }
        var (gaps, overlaps) = (0, 0)
        var (firstGap, firstOverlap) = (0.0, 0.0)
        var end = 0.0
        for block in channel.blocks {
            let start = block.start?.seconds ?? end
            if start > end + tolerance {
                if gaps == 0 { firstGap = end }
                gaps += 1
            } else if start < end - tolerance {
                if overlaps == 0 { firstOverlap = start }
                overlaps += 1
            }
            end = max(end, block.duration.map { start + $0.seconds } ?? length)
        }
        if gaps > 0 { findings.add(.blockGap, "\(id) has \(gaps) gaps between its blocks", of: id, at: firstGap) }
        if overlaps > 0 {
            findings.add(.blockOverlap, "\(id) has \(overlaps) blocks that overlap", of: id, at: firstOverlap)
        }
        if abs(end - length) > tolerance {
            let words = String(format: "%@'s blocks end at %.3f s, its object at %.3f s", id, end, length)
            findings.add(.blockEnd, words, of: id, at: end)
        }
    }
}
