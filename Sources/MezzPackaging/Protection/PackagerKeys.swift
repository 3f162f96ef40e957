import Foundation
package import MezzCore
import MezzMedia

/// What the packager is told of keys: as flags on its standard input, because everybody on the machine can read a
/// program's arguments.
package struct PackagerKeys {
    let ring: KeyRing
    /// Key label of each track, in order; `nil` for one that stays in the clear.
    let labels: [KeyLabel?]
    /// What tells tracks that share a key apart; `nil` where nothing is encrypted.
    let contents: [ContentHash?]

    package init(ring: KeyRing, labels: [KeyLabel?], contents: [ContentHash?]) {
        self.ring = ring
        self.labels = labels
        self.contents = contents
    }

    /// The flag that makes the packager read more of them.
    static let flags = ["--flagfile=/dev/stdin"]

    /// The label of a track in the packager's words: each has one of its own, for a vector of its own.
    static func name(_ track: Int) -> String { "T\(track)" }

    /// - Throws: `Failure` when a track's key is missing.
    func encryption(_ tracks: [PackageTrack]) throws(Failure) -> SecretText {
        var keys: [String] = []
        for (number, track) in tracks.enumerated() {
            guard let label = labels[number] else { continue }
            let key = try ring.key(label, for: track.id)
            keys.append(Self.entry(Self.name(number), key, vector: vector(key, number)))
        }
        let protection = ring.protection
        var lines = [
            "--enable_raw_key_encryption", "--keys=" + keys.joined(separator: ","),
            "--protection_scheme=\(protection.scheme.rawValue)", "--clear_lead=\(protection.clearLead)",
        ]
        let systems = protection.signalled.map(Self.packagerName)
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

    /// Under cenc two tracks must never share counter blocks, whatever title they are of (NIST SP 800-38A, appendix B), and
    /// the same tracks give the same bytes in every run: the vector follows from key and content, and from a given one.
    /// Under cbcs it is the key's own, as FairPlay's licences have it.
    package func vector(_ key: KeyRing.Key, _ track: Int) -> [UInt8] {
        let isCounted = ring.protection.scheme == .cenc
        if let own = key.vector, !isCounted { return own }
        var seed = Data("mezz vector 2".utf8) + Data(key.id) + Data(key.secret) + Data(key.vector ?? [])
        if isCounted { seed += Data((contents[track]?.hex ?? "").utf8) + Data("\(track)".utf8) }
        return Array((Hex.bytes(ContentHash.of(seed).hex) ?? []).prefix(isCounted ? 8 : 16))
    }

    private static func packagerName(_ system: Protection.System) -> String {
        switch system {
        case .widevine: "Widevine"
        case .playready: "PlayReady"
        case .fairplay: "FairPlay"
        case .clearkey: "CommonSystem"
        }
    }
}
