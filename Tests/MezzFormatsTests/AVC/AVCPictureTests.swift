import MezzFormats
import Testing

@Suite("AVC pictures: order counts and boundaries, on written headers")
struct AVCPictureTests {
    @Test("low bits that wrap count on, up and down (8.2.1.1)")
    func wrapping() throws {
        // log2_max_pic_order_cnt_lsb is 4: 16 values.
        let lows = [0, 8, 4, 14, 2, 15, 9, 1]
        let slices = lows.enumerated().map { index, low in
            AVCSliceRecipe(isIDR: index == 0, reference: index == 2 || index == 4 ? 0 : 1, frame: index % 16, low: low)
        }
        let pictures = try Self.read(AVCSequenceRecipe(), slices)
        #expect(pictures.map(\.orderCount) == [0, 8, 4, 14, 18, 15, 9, 17])
        #expect(pictures.map(\.isReference) == [true, true, false, true, false, true, true, true])
    }

    @Test("operation 5 makes the picture the new zero")
    func clearing() throws {
        let slices = [
            AVCSliceRecipe(isIDR: true, reference: 1, frame: 0, low: 0),
            AVCSliceRecipe(reference: 1, frame: 1, low: 6, operations: [[5]]),
            AVCSliceRecipe(reference: 1, frame: 1, low: 4),
        ]
        let pictures = try Self.read(AVCSequenceRecipe(), slices)
        #expect(pictures.map(\.orderCount) == [0, 0, 4])
        #expect(pictures[1].references == .avc(frameNumber: 1, .adaptive([.clearAll])))
    }

    @Test("expected steps of type 1 follow their cycle (8.2.1.2)")
    func steps() throws {
        let sequence = AVCSequenceRecipe(orderType: 1, nonReference: -1, cycle: [2, 4])
        let slices = [
            AVCSliceRecipe(isIDR: true, reference: 1, frame: 0, deltas: [0]),
            AVCSliceRecipe(reference: 1, frame: 1, deltas: [0]),
            AVCSliceRecipe(reference: 0, frame: 2, deltas: [0]),
            AVCSliceRecipe(reference: 1, frame: 2, deltas: [3]),
            AVCSliceRecipe(reference: 1, frame: 3, deltas: [0]),
        ]
        #expect(try Self.read(sequence, slices).map(\.orderCount) == [0, 2, 1, 9, 8])
    }

    @Test("type 2 follows decoding order, past the wrap of frame numbers (8.2.1.3)")
    func decodingOrder() throws {
        let sequence = AVCSequenceRecipe(orderType: 2)
        let slices = [(true, 1, 0), (false, 1, 14), (false, 0, 15), (false, 1, 0), (false, 1, 1)].map {
            AVCSliceRecipe(isIDR: $0.0, reference: $0.1, frame: $0.2)
        }
        #expect(try Self.read(sequence, slices).map(\.orderCount) == [0, 28, 29, 32, 34])
    }

    @Test("two fields are two pictures, two slices of one are one")
    func fields() throws {
        let slices = [
            AVCSliceRecipe(isIDR: true, reference: 1, frame: 0, low: 0, field: .topField),
            AVCSliceRecipe(isIDR: true, reference: 1, first: 4, frame: 0, low: 0, field: .topField),
            AVCSliceRecipe(reference: 1, frame: 0, low: 1, field: .bottomField),
            AVCSliceRecipe(reference: 0, frame: 1, low: 4),
            AVCSliceRecipe(reference: 0, first: 9, frame: 1, low: 4),
        ]
        let pictures = try Self.read(AVCSequenceRecipe(isFrameOnly: false), slices)
        #expect(pictures.map(\.structure) == [.topField, .bottomField, .frame])
        #expect(pictures.map(\.slices) == [2, 1, 2])
        #expect(pictures.map(\.orderCount) == [0, 1, 4])
        #expect(pictures.map(\.access) == [.idr, .none, .none])
    }

    @Test("all memory operations are read with their numbers")
    func operations() throws {
        let operations = [[1, 2], [2, 3], [3, 0, 1], [4, 2], [6, 0]]
        let slices = [
            AVCSliceRecipe(isIDR: true, reference: 1, frame: 0, low: 0),
            AVCSliceRecipe(reference: 1, frame: 1, low: 2, operations: operations),
        ]
        let expected: [AVCMemoryOperation] = [
            .dropShortTerm(difference: 3), .dropLongTerm(number: 3), .keepLongTerm(difference: 1, index: 1),
            .limitLongTerm(count: 2), .keepCurrent(index: 0),
        ]
        #expect(
            try Self.read(AVCSequenceRecipe(), slices)[1].references == .avc(frameNumber: 1, .adaptive(expected)))
    }

    @Test("endless lists of operations are refused, and so are slices without parameter sets")
    func hostile() throws {
        let endless = AVCSliceRecipe(reference: 1, frame: 1, low: 2, operations: Array(repeating: [5], count: 500))
        #expect(throws: FormatError.self) { try Self.read(AVCSequenceRecipe(), [endless]) }
        var reader = try AVCStreamReader()
        let slice = AVCSliceRecipe(isIDR: true, reference: 1, frame: 0).unit(AVCSequenceRecipe())
        #expect(throws: FormatError.self) { try reader.append(slice, 0..<slice.count) }
        let huge = [0x67] + [UInt8](repeating: 1, count: 20_000)
        #expect(throws: FormatError.self) { try reader.append(huge, 0..<huge.count) }
    }

    @Test("floods of small units and messages fill nothing")
    func floods() throws {
        var reader = try AVCStreamReader(parameterSets: AVCSequenceRecipe().units)
        let delimiters = [UInt8](repeating: 0, count: 1 << 20).indices.map { $0 % 2 == 0 ? 1 : 0x09 as UInt8 }
        #expect(try reader.read(delimiters, .lengths(1)).isEmpty)
        let message: [UInt8] = [5, 0x06, 4, 1, 0xB5, 0x80]
        let many = Array(repeatElement(message, count: 50_000).joined())
        let slice = AVCSliceRecipe(isIDR: true, reference: 1, frame: 0).unit(AVCSequenceRecipe())
        let pictures = try reader.read(many + [UInt8(slice.count)] + slice, .lengths(1))
        #expect(pictures.map(\.messages.types.count) == [1024])
        #expect(pictures.map(\.damage.count) == [16])
        #expect(pictures.map(\.bytes.messages) == [50_000 * 5])
    }

    @Test("repeated parameter sets are told from changed ones")
    func news() throws {
        var reader = try AVCStreamReader(parameterSets: AVCSequenceRecipe().units)
        let slice = AVCSliceRecipe(isIDR: true, reference: 1, frame: 0).unit(AVCSequenceRecipe())
        for (recipe, news) in [
            (AVCSequenceRecipe(), [false, false]), (AVCSequenceRecipe(level: 31), [true, false]),
            (AVCSequenceRecipe(level: 31), [false, false]),
        ] {
            let units = recipe.units + [slice]
            let sample: [UInt8] = units.flatMap { (unit: [UInt8]) -> [UInt8] in [0, 0, 0, UInt8(unit.count)] + unit }
            let pictures = try reader.read(sample, .lengths(4))
            #expect(pictures.map { $0.parameterSets.map(\.isNews) } == [news])
            #expect(pictures.first?.bytes.total == sample.count - 12)
        }
    }

    private static func read(
        _ sequence: AVCSequenceRecipe, _ slices: [AVCSliceRecipe]
    ) throws -> [CodedPicture] {
        var reader = try AVCStreamReader(parameterSets: sequence.units)
        return try reader.read(BitWriter.stream(slices.map { $0.unit(sequence) }), .startCodes)
    }
}
