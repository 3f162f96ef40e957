package import Foundation
package import MezzCore

/// What was built for a level, and what became of it: `index.json` of the folder.
package struct CertificationIndex: Codable, Sendable {
    package let codec: CodecFamily
    package let level: String
    package let passed: Bool
    package let streams: [Entry]

    /// One stream.
    package struct Entry: Codable, Sendable {
        package let purpose: CertificationStream.Purpose
        /// The same for a person.
        package let description: String
        /// Its file; `nil` where it could not be built.
        package let file: String?
        package let encoder: String?
        package let quantizer: Int?
        package let width: Int
        package let height: Int
        package let frameRate: Int
        /// Pictures that it must have.
        package let frames: Int
        package let verdict: StreamVerdict?
        /// Of the level's bits, picture samples and samples a second, in percent.
        package let bitratePercent: Double?
        package let picturePercent: Double
        package let samplesPercent: Double
        package let decoders: [DecodedStream]
        /// What keeps the stream from passing; empty when it passes.
        package let problems: [String]
        /// What a person should know though it passes.
        package let remarks: [String]

        package var passed: Bool { problems.isEmpty }
    }

    package init(codec: CodecFamily, level: String, streams: [Entry]) {
        self.codec = codec
        self.level = level
        self.streams = streams
        passed = streams.allSatisfy(\.passed)
    }

    /// Sorted keys, snake case.
    package func encoded() throws -> Data {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(self) + Data("\n".utf8)
    }
}
