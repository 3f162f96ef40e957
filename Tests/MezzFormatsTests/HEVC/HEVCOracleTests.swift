import Foundation
import MezzFormats
import MezzTestKit
import Testing

@Suite("HEVC headers beside FFmpeg's reading of them", .serialized, .timeLimit(.minutes(5)))
struct HEVCOracleTests {
    @Test("every syntax element of parameter sets and slice headers agrees", arguments: HEVCStreams.all)
    func headers(_ stream: OracleStream) async throws {
        try await TestFolder.with { folder in
            let maker = try MediaMaker(in: folder)
            let path = try await stream.make(maker, container: "hevc")
            try await HEVCComparison.run(path, maker)
        }
    }

    @Test("buffering periods, picture timing and recovery points agree", arguments: HEVCStreams.all)
    func messages(_ stream: OracleStream) async throws {
        try await TestFolder.with { folder in
            let maker = try MediaMaker(in: folder)
            let path = try await stream.make(maker, container: "hevc")
            let traced = try await TracedUnit.all(path, maker)
            var reader = try HEVCStreamReader()
            let pictures = try reader.read([UInt8](try Data(contentsOf: URL(fileURLWithPath: path))), .startCodes)
            let messages = pictures.map(\.messages)
            #expect(pictures.allSatisfy { $0.damage.isEmpty })
            let removals = messages.compactMap { $0.timing?.removalDelay }.map { $0 - 1 }
            #expect(removals == traced.flatMap { $0["au_cpb_removal_delay_minus1"] })
            #expect(messages.compactMap { $0.timing?.outputDelay } == traced.flatMap { $0["pic_dpb_output_delay"] })
            #expect(messages.compactMap { $0.timing?.pictureStructure } == traced.flatMap { $0["pic_struct"] })
            #expect(messages.compactMap { $0.recoveryPoint?.distance } == traced.flatMap { $0["recovery_poc_cnt"] })
            let delays = messages.flatMap { $0.bufferingPeriod?.nal ?? [] }
            #expect(delays.map(\.initialRemoval) == traced.flatMap { $0["nal_initial_cpb_removal_delay"] })
            #expect(delays.map(\.initialOffset) == traced.flatMap { $0["nal_initial_cpb_removal_offset"] })
        }
    }

    @Test("order counts put samples into the order of their times", arguments: HEVCStreams.all)
    func order(_ stream: OracleStream) async throws {
        try await TestFolder.with { folder in
            let maker = try MediaMaker(in: folder)
            let file = try await OracleSamples(try await stream.make(maker, container: "mp4"), maker)
            var reader = try HEVCStreamReader(parameterSets: file.parameterSets)
            var order = PresentationCheck()
            for sample in file.samples {
                let pictures = try reader.read(file.bytes, sample.range, .lengths(file.lengthSize))
                #expect(pictures.count == 1)
                for picture in pictures { order.add(picture, sample.presentation) }
            }
            #expect(order.pictures == file.samples.count)
            order.check()
        }
    }

    @Test("pictures refer to pictures that are there, and open groups show their leading pictures")
    func references() async throws {
        let stream = try #require(HEVCStreams.all.first { $0.name == "HDR10" })
        try await TestFolder.with { folder in
            let maker = try MediaMaker(in: folder)
            let path = try await stream.make(maker, container: "hevc")
            var reader = try HEVCStreamReader()
            let pictures = try reader.read([UInt8](try Data(contentsOf: URL(fileURLWithPath: path))), .startCodes)
            var buffer: Set<Int> = []
            for picture in pictures {
                guard case .hevc(let references) = picture.references else { continue }
                buffer.formIntersection(references.entries.map(\.orderCount))
                #expect(references.entries.filter(\.isUsed).allSatisfy { buffer.contains($0.orderCount) })
                #expect(references.startsSequence == (picture.orderCount == 0))
                buffer.insert(picture.orderCount)
            }
            #expect(pictures.contains { $0.access == .cra })
            #expect(pictures.contains { $0.leading == .rasl })
            #expect(pictures.allSatisfy { $0.isOutput && $0.hasDelimiter })
            let messages = try #require(pictures.first?.messages)
            #expect(messages.masteringDisplay == .p3)
            #expect(messages.contentLight == ContentLight(maxContentLevel: 1000, maxPictureAverage: 400))
            let sequence = try #require(reader.sequences[0])
            #expect(sequence.signal == VideoSignal(primaries: 9, transfer: 16, matrix: 9, isFullRange: false))
            #expect(sequence.profile.codecString() == "hvc1.2.4.L\(sequence.profile.level).90")
        }
    }
}

/// Compares all NAL units of a byte stream with their trace.
enum HEVCComparison {
    static func run(_ path: String, _ maker: MediaMaker) async throws {
        let traced = try await TracedUnit.all(path, maker)
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        let units = try OracleStream.units(bytes).filter {
            // The filter takes no notice of unspecified types.
            try HEVCUnitHeader.read(bytes, $0).type.rawValue < 48
        }
        let ours = try units.map { try HEVCUnitHeader.read(bytes, $0).type.rawValue }
        try #require(ours == traced.map(\.type))
        var (sequences, pictures): ([Int: HEVCSequenceParameters], [Int: HEVCPictureParameters]) = ([:], [:])
        var compared: [Int: Int] = [:]
        for (unit, trace) in zip(units, traced) {
            let payload = unit.dropFirst(2)
            var values = OracleValues()
            switch trace.type {
            case 32: values = OracleValues(try HEVCVideoParameters.read(bytes, payload))
            case 33:
                let set = try HEVCSequenceParameters.read(bytes, payload)
                sequences[set.id] = set
                values = OracleValues(set)
                trace.expectSchedules(set.usability?.model?.subLayers.flatMap(\.nal) ?? [])
            case 34:
                let set = try HEVCPictureParameters.read(bytes, payload)
                pictures[set.id] = set
                values = OracleValues(set)
            case 0...21:
                values = OracleValues(
                    try HEVCSliceHeader.read(bytes, unit, sequences: sequences, pictures: pictures))
            default: continue
            }
            let result = values.compared(with: trace)
            #expect(result.differences.isEmpty, "unit of type \(trace.type)")
            compared[trace.type] = min(compared[trace.type] ?? .max, result.count)
        }
        #expect(compared[32] ?? 0 >= 12 && compared[33] ?? 0 >= 26 && compared[34] ?? 0 >= 15, "\(compared)")
        #expect(compared[1] ?? 9 >= 6 && compared[0] ?? 9 >= 6, "\(compared)")
    }
}
