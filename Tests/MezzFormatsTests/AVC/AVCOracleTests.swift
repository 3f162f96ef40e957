import Foundation
import MezzFormats
import MezzTestKit
import Testing

@Suite("AVC headers beside FFmpeg's reading of them", .serialized, .timeLimit(.minutes(5)))
struct AVCOracleTests {
    @Test("every syntax element of parameter sets and slice headers agrees", arguments: AVCStreams.all)
    func headers(_ stream: OracleStream) async throws {
        try await TestFolder.with { folder in
            let maker = try MediaMaker(in: folder)
            let path = try await stream.make(maker, container: "264")
            try await AVCComparison.run(path, maker)
        }
    }

    @Test("buffering periods, picture timing and recovery points agree", arguments: AVCStreams.all)
    func messages(_ stream: OracleStream) async throws {
        try await TestFolder.with { folder in
            let maker = try MediaMaker(in: folder)
            let path = try await stream.make(maker, container: "264")
            let traced = try await TracedUnit.all(path, maker)
            var reader = try AVCStreamReader()
            let pictures = try reader.read([UInt8](try Data(contentsOf: URL(fileURLWithPath: path))), .startCodes)
            #expect(pictures.count == stream.frames)
            let messages = pictures.map(\.messages)
            #expect(messages.compactMap { $0.timing?.removalDelay } == traced.flatMap { $0["cpb_removal_delay"] })
            #expect(messages.compactMap { $0.timing?.outputDelay } == traced.flatMap { $0["dpb_output_delay"] })
            #expect(messages.compactMap { $0.timing?.pictureStructure } == traced.flatMap { $0["pic_struct"] })
            #expect(messages.compactMap { $0.recoveryPoint?.distance } == traced.flatMap { $0["recovery_frame_cnt"] })
            let delays = messages.flatMap { $0.bufferingPeriod?.nal ?? [] }
            #expect(delays.map(\.initialRemoval) == traced.flatMap { $0["initial_cpb_removal_delay"] })
            #expect(delays.map(\.initialOffset) == traced.flatMap { $0["initial_cpb_removal_delay_offset"] })
        }
    }

    @Test("order counts put samples into the order of their times", arguments: AVCStreams.all)
    func order(_ stream: OracleStream) async throws {
        try await TestFolder.with { folder in
            let maker = try MediaMaker(in: folder)
            let file = try await OracleSamples(try await stream.make(maker, container: "mp4"), maker)
            var reader = try AVCStreamReader(parameterSets: file.parameterSets)
            var order = PresentationCheck()
            for sample in file.samples {
                let pictures = try reader.read(file.bytes, sample.range, .lengths(file.lengthSize))
                #expect(pictures.count == 1)
                for picture in pictures {
                    order.add(picture, sample.presentation)
                    #expect(picture.bytes.total < sample.range.count)
                    #expect(picture.damage.isEmpty)
                }
            }
            #expect(order.pictures == stream.frames)
            order.check()
        }
    }

    @Test("the colours of a stream come out as they were asked for")
    func colours() async throws {
        let stream = try #require(AVCStreams.all.first { $0.name == "colours" })
        try await TestFolder.with { folder in
            let maker = try MediaMaker(in: folder)
            let path = try await stream.make(maker, container: "264")
            let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
            var reader = try AVCStreamReader()
            let pictures = try reader.read(bytes, .startCodes)
            #expect(pictures.count == stream.frames)
            let messages = try #require(pictures.first?.messages)
            #expect(messages.contentLight == ContentLight(maxContentLevel: 1000, maxPictureAverage: 400))
            #expect(messages.masteringDisplay == .p3)
            #expect(messages.alternativeTransfer == 18)
            let sequence = try #require(reader.sequences[0])
            #expect(sequence.signal == VideoSignal(primaries: 9, transfer: 16, matrix: 9, isFullRange: true))
            #expect(sequence.codecString().hasPrefix("avc1.6e00"))
            #expect(sequence.usability?.sampleShape?.width == 4)
        }
    }
}

extension MasteringDisplay {
    /// What the generated streams are told.
    static let p3 = MasteringDisplay(
        red: Chromaticity(x: 34000, y: 16000), green: Chromaticity(x: 13250, y: 34500),
        blue: Chromaticity(x: 7500, y: 3000), white: Chromaticity(x: 15635, y: 16450), maxLuminance: 10_000_000,
        minLuminance: 1)
}

/// Whether order counts, taken by coded video sequence, order pictures as their times do.
struct PresentationCheck {
    private var sequences: [[(count: Int, time: Int)]] = []
    private(set) var pictures = 0

    mutating func add(_ picture: CodedPicture, _ time: Int) {
        let isStart = [.idr, .idrWithLeading, .bla].contains(picture.access) || sequences.isEmpty
        if isStart { sequences.append([]) }
        sequences[sequences.count - 1].append((picture.orderCount, time))
        pictures += 1
    }

    func check() {
        for sequence in sequences {
            let byCount = sequence.sorted { $0.count < $1.count }
            #expect(byCount.map(\.time) == sequence.map(\.time).sorted())
            #expect(Set(byCount.map(\.count)).count == byCount.count)
        }
    }
}

/// Compares all NAL units of a byte stream with their trace.
enum AVCComparison {
    static func run(_ path: String, _ maker: MediaMaker) async throws {
        let traced = try await TracedUnit.all(path, maker)
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        let units = try OracleStream.units(bytes)
        let ours = try units.map { try AVCUnitHeader.read(bytes, $0).type.rawValue }
        try #require(ours == traced.map(\.type))
        var (sequences, pictures): ([Int: AVCSequenceParameters], [Int: AVCPictureParameters]) = ([:], [:])
        var compared: [Int: Int] = [:]
        for (unit, trace) in zip(units, traced) {
            let payload = unit.dropFirst()
            var values = OracleValues()
            switch trace.type {
            case 7:
                let set = try AVCSequenceParameters.read(bytes, payload)
                sequences[set.id] = set
                values = OracleValues(set)
                trace.expectSchedules(set.usability?.nal?.schedules ?? [])
            case 8:
                let set = try AVCPictureParameters.read(bytes, payload, sequences: sequences)
                pictures[set.id] = set
                values = OracleValues(set)
            case 1, 5:
                let slice = try AVCSliceHeader.read(bytes, unit, sequences: sequences, pictures: pictures)
                values = OracleValues(slice, try #require(pictures[slice.pictureParametersID]))
                #expect(slice.type.rawValue == 1 << ((trace["slice_type"].first ?? 9) % 5))
            default: continue
            }
            let result = values.compared(with: trace)
            #expect(result.differences.isEmpty, "unit of type \(trace.type)")
            compared[trace.type] = min(compared[trace.type] ?? .max, result.count)
        }
        #expect(compared[7] ?? 0 >= 15 && compared[8] ?? 0 >= 13 && compared[5] ?? 0 >= 6, "\(compared)")
    }
}
