import Foundation
import MezzCore
import MezzMedia

/// What the packager is told of keys: as flags on its standard input, because everybody on the machine can read a
/// program's arguments.
struct PackagerKeys {
    let ring: KeyRing
    /// Key label of each track, in order.
    let labels: [KeyLabel]
    /// What tells tracks that share a key apart.
    let contents: [ContentHash]

    /// The flag that makes the packager read more of them.
    static let flags = ["--flagfile=/dev/stdin"]

    /// The label of a track in the packager's words: each has one of its own, for a vector of its own.
    static func name(_ track: Int) -> String { "T\(track)" }

    /// - Throws: `Failure` when a track's key is missing.
    func encryption(_ tracks: [PackageTrack]) throws(Failure) -> SecretText {
        var keys: [String] = []
        for (number, track) in tracks.enumerated() {
            let key = try ring.key(labels[number], for: track.id)
            keys.append(Self.entry(Self.name(number), key, vector: vector(key, number)))
        }
        let protection = ring.protection
        var lines = [
            "--enable_raw_key_encryption", "--keys=" + keys.joined(separator: ","),
            "--protection_scheme=\(protection.scheme.rawValue)", "--clear_lead=\(protection.clearLead)",
        ]
        let systems = protection.systems.compactMap(packagerName)
        if !systems.isEmpty { lines.append("--protection_systems=" + systems.joined(separator: ",")) }
        return SecretText(lines.joined(separator: "\n") + "\n")
    }

    static func decryption(_ key: KeyRing.Key) -> SecretText {
        SecretText("--enable_raw_key_decryption\n--keys=" + entry(name(0), key, vector: nil) + "\n")
    }

    private static func entry(_ name: String, _ key: KeyRing.Key, vector: [UInt8]?) -> String {
        "label=\(name):key_id=\(Hex.text(key.id)):key=\(Hex.text(key.secret))"
            + (vector.map { ":iv=" + Hex.text($0) } ?? "")
    }

    /// Two tracks must never share counter blocks under one key (NIST SP 800-38A, appendix B), and the same tracks give
    /// the same bytes in every run: the vector follows from key, content and what the file may say of it.
    private func vector(_ key: KeyRing.Key, _ track: Int) -> [UInt8] {
        let bytes = ring.protection.scheme == .cenc ? 8 : 16
        if let own = key.vector, ring.protection.scheme == .cbcs || labels.count(where: { $0 == key.label }) == 1 {
            return own
        }
        let seed =
            Data("mezz vector 1".utf8) + Data(key.id) + Data(key.secret) + Data(key.vector ?? [])
            + Data(contents[track].hex.utf8) + Data("\(track)".utf8)
        return Array((Hex.bytes(ContentHash.of(seed).hex) ?? []).prefix(bytes))
    }

    /// FairPlay takes no cenc.
    private func packagerName(_ system: Protection.System) -> String? {
        switch system {
        case .widevine: "Widevine"
        case .playready: "PlayReady"
        case .fairplay: ring.protection.scheme == .cbcs ? "FairPlay" : nil
        case .clearkey: "CommonSystem"
        }
    }
}
