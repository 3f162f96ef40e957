import Foundation
import MezzAudio
import Testing

@Suite("Channels and their weight")
struct ChannelMapTests {
    private func weights(_ channels: Int, _ mask: UInt32) -> [Double] {
        let map = ChannelMap(channels: channels, mask: mask)
        return (0..<channels).map(map.weight)
    }

    @Test("surrounds count 1.41, the low-frequency channel nothing, back channels beside side channels 1")
    func weights() {
        #expect(weights(2, 0x3) == [1, 1])
        #expect(weights(6, 0x3F) == [1, 1, 1, 0, 1.41, 1.41])
        #expect(weights(6, 0x60F) == [1, 1, 1, 0, 1.41, 1.41])
        #expect(weights(8, 0x63F) == [1, 1, 1, 0, 1, 1, 1.41, 1.41])
        #expect(weights(12, 0x2D63F) == [1, 1, 1, 0, 1, 1, 1.41, 1.41, 1, 1, 1, 1])
    }

    @Test(
        "a mask that does not fit the channels is no mask", arguments: [0, 0x3, 0x7FF, 0x8000_0000, .max] as [UInt32])
    func wrongMask(_ mask: UInt32) {
        let map = ChannelMap(channels: 6, mask: mask)
        #expect(map.isAssumed && map.text == "FL+FR+FC+LFE+BL+BR")
    }

    @Test("one channel and two need no labels")
    func plain() {
        #expect(!ChannelMap(channels: 1, mask: 0).isAssumed && !ChannelMap(channels: 2, mask: 0).isAssumed)
    }

    @Test(
        "each channel of a layout sounds with its weight",
        arguments: [
            (Signal.fiveOne, 6, 0, -23), (Signal.fiveOne, 6, 4, -21.5), (Signal.fiveOne, 6, 2, -23),
            (Signal.sevenOne, 8, 4, -23), (Signal.sevenOne, 8, 6, -21.5),
        ] as [(UInt32, Int, Int, Double)])
    func sounding(_ mask: UInt32, _ count: Int, _ channel: Int, _ expected: Double) async throws {
        var channels = Array(repeating: Make.silence(5), count: count)
        channels[channel] = Make.tone(-20, seconds: 5)
        let loudness = try await Signal(channels: channels, mask: mask).loudness()
        #expect(abs(try #require(loudness.integrated) - expected) < 0.1)
    }

    @Test("a single channel counts once, or twice when it is asked for")
    func dualMono() async throws {
        let signal = Signal(Make.tone(-20, seconds: 5), channels: 1, mask: Signal.mono)
        let (once, twice) = (try await signal.survey(), try await signal.survey(dualMono: true))
        #expect(abs(try #require(once.loudness.integrated) + 23) < 0.1)
        #expect(abs(try #require(twice.loudness.integrated) + 20) < 0.1)
    }
}
