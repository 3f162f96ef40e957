import Foundation

/// Objects and the blocks of their channels on the clock.
struct ADMObjectCheck {
    let index: ADMIndex
    /// Length of the file.
    let fileSeconds: Double
    /// Length of one sample: no time can be kept more exactly.
    let sampleSeconds: Double

    func run(_ findings: inout ADMFindings) {
        var longest: [String: Double] = [:]
        for object in index.document.objects {
            let start = object.start?.seconds ?? 0
            let length = object.duration?.seconds ?? max(0, fileSeconds - start)
            checkObject(object, start, &findings)
            for channel in object.packs.flatMap({ index.channelIDs(ofPack: $0) }) {
                longest[channel] = max(longest[channel] ?? 0, length)
            }
        }
        for channel in index.document.channels {
            ADMBlockCheck(channel: channel, length: longest[channel.id] ?? fileSeconds, tolerance: tolerance).run(
                &findings)
        }
        checkSampleTimes(&findings)
    }

    /// Decimal times have five digits: up to 5 µs are rounding.
    private var tolerance: Double { sampleSeconds + 0.00001 }

    private func checkObject(_ object: ADMObject, _ start: Double, _ findings: inout ADMFindings) {
        guard start < fileSeconds || fileSeconds == 0 else {
            return findings.add(
                .objectOutside,
                String(format: "%@ begins at %.3f s; the file has %.3f s", object.id, start, fileSeconds),
                of: object.id,
                at: start)
        }
        guard let duration = object.duration, start + duration.seconds > fileSeconds + tolerance else { return }
        findings.add(
            .objectOutside,
            String(
                format: "%@ ends at %.3f s; the file has %.3f s", object.id, start + duration.seconds, fileSeconds),
            of: object.id, at: start)
    }

    private func checkSampleTimes(_ findings: inout ADMFindings) {
        let document = index.document
        let times =
            document.objects.flatMap { [$0.start, $0.duration] } + document.programmes.flatMap { [$0.start, $0.end] }
            + document.channels.flatMap { $0.blocks.prefix(2).flatMap { [$0.start, $0.duration] } }
        if times.contains(where: { $0?.isInSamples == true }) {
            findings.add(.sampleTime, "times are written in samples, as BS.2076-2 allows")
        }
    }
}
