import MezzCore
import MezzQC
import Testing

@Suite("Rules of rates and buffers")
struct BufferRuleTests {
    /// Bytes of a picture that level 3 delivers in High profile: 15 Mbps at 25 pictures a second.
    private static let share = 75_000

    @Test("The level's greatest rate may last for ever")
    func steady() throws {
        #expect(try Synthetic.good(pictures: 10_000, bytes: Self.share).findings() == [])
    }

    @Test("A rate slightly above the level's is caught when the buffer has run out")
    func creeping() throws {
        // 2 % more: the buffer of one second lasts for some fifty.
        let findings = try Synthetic.good(pictures: 3000, bytes: Self.share * 102 / 100).findings()
        #expect(findings.codes == ["stream.level.bitrate"])
        let finding = try #require(findings.first)
        #expect(finding.message.contains("at level 3, 15000 kbps through a buffer of 15000 kbit"))
        #expect(finding.message.hasSuffix("level 3.1 is the smallest that fits"))
        // Where it begins: 15 Mbit and 1 %, less one picture, are gone at 10.8 kbit a picture.
        #expect(finding.place.frame == 1347)
        #expect(try Synthetic.good(pictures: 1000, bytes: Self.share * 102 / 100).findings() == [])
    }

    @Test("A single picture may be as large as the level's buffer, not larger")
    func single() throws {
        var stream = try Synthetic.good(pictures: 100)
        stream.pictures[30].bytes = 15_000_000 / 8
        #expect(stream.findings().filter { $0.severity == .error } == [])
        stream.pictures[30].bytes = 15_000_000 / 8 * 11 / 10
        let findings = stream.findings().filter { $0.severity == .error }
        #expect(findings.codes == ["stream.level.bitrate"])
        #expect(findings.first?.place == Finding.Place(stream: "v", frame: 30, seconds: 1.2))
        #expect(findings.first?.message.contains("the worst by 100 ms") == true)
    }

    @Test("What the encoder's bucket holds is let through, what it does not is caught where it happens")
    func underflow() throws {
        // 200 kbps, 200 kbit: 1000 bytes a picture for ever; a picture may be 90 % of the buffer at once.
        let expectation = StreamExpectation(bucket: (rate: 200_000, bits: 200_000), peak: 100)
        var stream = try Synthetic.good(pictures: 200, bytes: 1000)
        #expect(stream.findings(expectation) == [])
        stream.pictures[0].bytes = 22_500
        #expect(stream.findings(expectation) == [])
        stream.pictures[0].bytes = 1000
        stream.pictures[100].bytes = 26_000
        let findings = stream.findings(expectation)
        #expect(findings.codes == ["stream.buffer.underflow"])
        let finding = try #require(findings.first)
        #expect(finding.message.contains("the rung's buffer, 200 kbps into 200 kbit"))
        #expect(finding.place == Finding.Place(stream: "v", frame: 100, seconds: 4))
    }

    @Test("A bucket too small by a little is caught in the end")
    func creepingUnderflow() throws {
        let stream = try Synthetic.good(pictures: 2000, bytes: 1000)
        #expect(stream.findings(StreamExpectation(bucket: (200_000, 400_000))) == [])
        #expect(stream.findings(StreamExpectation(bucket: (190_000, 400_000))).codes == ["stream.buffer.underflow"])
    }

    @Test("Two seconds may take twice the average, not more")
    func peak() throws {
        // (200 a + 50 b) / 250 is the average; b = 2 2/3 a makes two seconds of b twice as much.
        func stream(_ bytes: UInt32) throws -> CodedStream {
            var stream = try Synthetic.good(pictures: 250, bytes: 3000)
            for number in 100..<150 { stream.pictures[number].bytes = bytes }
            return stream
        }
        #expect(try stream(8000).findings() == [])
        let findings = try stream(8100).findings()
        #expect(findings.codes == ["stream.rate.peak"])
        #expect(findings.first?.severity == .warning)
        #expect(findings.first?.place == Finding.Place(stream: "v", frame: 100, seconds: 4))
        #expect(findings.first?.message.contains("2.0 times the average") == true)
        #expect(try stream(8100).findings(StreamExpectation(peak: 2.1)) == [])
    }

    @Test("A bucket fills to its size and is emptied below nothing")
    func bucket() {
        var bucket = LeakyBucket(rate: 1000, size: 500, fullness: 0.5)
        #expect(bucket.take(bits: 250) == 0)
        #expect(bucket.take(bits: 100) == 100)
        bucket.fill(seconds: 0.1)
        #expect(bucket.level == 0)
        bucket.fill(seconds: 60)
        #expect(bucket.level == 500)
    }
}
