import Foundation
import MezzCore
import MezzPackaging
import Testing

@Suite("Keys in CPIX")
struct CPIXReaderTests {
    @Test("are those of the same keys in JSON")
    func plain() throws {
        let reading = try CPIXSample().read()
        let keys =
            [("AUDIO", CPIXSample.audio, "00112233445566778899aabbccddeeff")]
            + ["SD", "HD", "UHD"].map { ($0, CPIXSample.picture, "ffeeddccbbaa99887766554433221100") }
        for (label, kid, key) in keys {
            let json = #"{"scheme":"cbcs","keys":[{"label":"\#(label)","kid":"\#(kid)","key":"\#(key)"}]}"#
            let known = try KeysFile.parse(Data(json.utf8), place: "json")
            let name = try #require(KeyLabel(rawValue: label))
            var sample = CPIXSample()
            sample.systems = ""
            sample.keys = [
                (kid, CPIXSample.plain(kid == CPIXSample.audio ? CPIXSample.audioKey : CPIXSample.pictureKey))
            ]
            sample.rules = CPIXSample.rule(kid, #"intendedTrackType="\#(label)""#)
            #expect(try sample.read().ring.protection == known.protection)
            #expect(reading.ring.protection.keyIDs[name] == known.protection.keyIDs[name])
        }
        #expect(reading.contentID == "title 1" && !reading.isSealed && reading.notes.isEmpty)
        #expect(reading.ring.protection.systems == [.widevine] && reading.ring.protection.scheme == .cbcs)
    }

    @Test("are found whatever the prefixes, and with their vectors")
    func prefixes() throws {
        var sample = CPIXSample()
        sample.scheme += #" explicitIV="AAECAwQFBgcICQoLDA0ODw==""#
        let other = sample.text
            .replacing("<pskc:", with: "<p:").replacing("</pskc:", with: "</p:").replacing(
                "xmlns:pskc", with: "xmlns:p")
        let ring = try CPIXSample.read(Data(other.utf8)).ring
        #expect(try sample.read().ring.protection == ring.protection)
        let key = try ring.key(.hd, for: "v")
        let keys = PackagerKeys(ring: ring, labels: [.hd], contents: [ContentHash.of(Data())])
        #expect(keys.vector(key, 0) == (0..<16).map { UInt8($0) })
    }

    @Test("are read from the same places as JSON, and told from it by their first character")
    func places() throws {
        let text = "\u{FEFF}\n " + CPIXSample(before: "").text
        let reading = try KeyReading.read(KeySource("env:KEYS"), environment: ["KEYS": text])
        #expect(reading.ring.protection.keyIDs.count == 4)
        #expect(throws: Failure.self) { try KeyReading.read(KeySource("env:KEYS"), environment: ["KEYS": "x" + text]) }
        #expect(throws: Failure.self) { try KeyReading.read(KeySource("<CPIX>"), environment: [:]) }
    }

    @Test("bring notes of what is not followed")
    func notes() throws {
        var sample = CPIXSample()
        sample.systems += #"<DRMSystem systemId="81376844-f976-481e-a84e-cc25d39b0b33" kid="\#(CPIXSample.audio)"/>"#
        sample.systems +=
            #"<DRMSystem systemId="e2719d58-a985-b3c9-781a-b030af78d30e" kid="\#(CPIXSample.audio)">"#
            + "<PSSH>AAAA</PSSH></DRMSystem>"
        sample.after = "<ds:Signature/>"
        let reading = try sample.read()
        #expect(reading.ring.protection.systems == [.widevine, .clearkey])
        #expect(reading.notes.count == 3 && reading.notes[0].contains("81376844-f976-481e-a84e-cc25d39b0b33"))
    }

    typealias Change = @Sendable (inout CPIXSample) -> Void

    /// What a document may say wrongly, with a word of the refusal and a word of its place.
    static let refusals: [(name: String, what: String, place: String, change: Change)] = [
        ("short key", "15 bytes", "ContentKey 1", { $0.keys[0].value = CPIXSample.plain("ABEiM0RVZneImaq7zN3u") }),
        (
            "long key", "32 bytes", "ContentKey 2",
            {
                $0.keys[1].value = CPIXSample.plain(Data(repeating: 1, count: 32).base64EncodedString())
            }
        ),
        ("cut base64", "no base64", "ContentKey 1", { $0.keys[0].value = CPIXSample.plain("ABEiM0RVZneImaq7zN3u/w=") }),
        ("no base64", "no base64", "ContentKey 1", { $0.keys[0].value = CPIXSample.plain("00112233-secret-eeff") }),
        ("same kid twice", "same kid", "ContentKey 2", { $0.keys[1].kid = CPIXSample.audio.uppercased() }),
        ("kid without key", "identifier alone", "ContentKey 2", { $0.keys[1].value = "" }),
        ("kid that is none", "kid", "ContentKey 1", { $0.keys[0].kid = "title-1" }),
        ("no key at all", "no ContentKey", "keys.xml", { $0.keys = [] }),
        ("key that depends", "depends", "ContentKey 1", { $0.scheme += #" dependsOnKey="x""# }),
        ("short vector", "explicitIV has 8", "ContentKey 1", { $0.scheme += #" explicitIV="AAECAwQFBgc=""# }),
        ("other scheme", "cens", "ContentKey 1", { $0.scheme = #"commonEncryptionScheme="cens""# }),
        ("no scheme", "commonEncryptionScheme", "keys.xml", { $0.scheme = "" }),
        ("no rules", "ContentKeyUsageRule", "keys.xml", { $0.rules = "" }),
        (
            "no rule for a key", "no ContentKeyUsageRule", "ContentKey 2",
            {
                $0.rules = CPIXSample.rule(CPIXSample.audio, "", "<AudioFilter/>")
            }
        ),
        (
            "rule without its key", "no ContentKey", "ContentKeyUsageRule 3",
            {
                $0.rules += CPIXSample.rule("0123abcd-0000-0000-0000-000000000009", "", "<AudioFilter/>")
            }
        ),
        (
            "system without its key", "no ContentKey", "DRMSystem 2",
            {
                $0.systems += #"<DRMSystem systemId="\#(CPIXSample.audio)" kid="\#(UUID().uuidString)"/>"#
            }
        ),
        (
            "two periods", "2 periods", "ContentKeyPeriod 2",
            {
                $0.periods =
                    #"<ContentKeyPeriodList><ContentKeyPeriod id="a"/><ContentKeyPeriod id="b"/></ContentKeyPeriodList>"#
            }
        ),
        (
            "unknown period", "period", "ContentKeyUsageRule 1",
            {
                $0.rules = CPIXSample.rule(CPIXSample.audio, "", #"<KeyPeriodFilter periodId="x"/><AudioFilter/>"#)
            }
        ),
        ("other root", "root", "keys.xml", { $0.root = "MPD" }),
        ("other version", "CPIX 3.0", "keys.xml", { $0.version = "3.0" }),
        (
            "entities", "DOCTYPE", "keys.xml",
            {
                $0.before = #"<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;&b;">]>"#
            }
        ),
        ("depth", "nests", "keys.xml", { $0.after = String(repeating: "<a>", count: 5_000) }),
        ("crowd", "more in it", "keys.xml", { $0.after = String(repeating: "<a/>", count: 30_000) }),
        ("size", "too large", "keys.xml", { $0.after = "<!--" + String(repeating: "x", count: 1 << 20) + "-->" }),
        ("break", "well-formed", "keys.xml", { $0.after = "</CPIX" }),
        (
            "in the clear and encrypted", "in the clear and encrypted", "ContentKey 1",
            {
                $0.keys[0].value = $0.keys[0].value.replacing(
                    "<pskc:PlainValue>", with: "<pskc:EncryptedValue/><pskc:PlainValue>")
            }
        ),
        (
            "unknown algorithm", "kw-aes128", "ContentKey 1",
            {
                $0.keys[0].value = CPIXSample.sealed("http://www.w3.org/2001/04/xmlenc#kw-aes128", code: "AAAA")
            }
        ),
        (
            "encrypted without a code", "ValueMAC", "ContentKey 1",
            {
                $0.keys[0].value = CPIXSample.sealed("http://www.w3.org/2001/04/xmlenc#aes256-cbc", code: nil)
            }
        ),
        (
            "encrypted and no private key", "encrypted", "keys.xml",
            {
                let code = Data(count: 64).base64EncodedString()
                $0.keys[0].value = CPIXSample.sealed("http://www.w3.org/2001/04/xmlenc#aes256-cbc", code: code)
            }
        ),
    ]

    @Test("are refused with line and element, and never quoted", arguments: refusals.indices)
    func refused(_ number: Int) throws {
        let (name, what, place, change) = Self.refusals[number]
        var sample = CPIXSample()
        change(&sample)
        let refusal = try #require(sample.refusal(), "\(name) is read")
        #expect(refusal.failure.status == .input && !refusal.failure.remedy.isEmpty, "\(name)")
        #expect(refusal.failure.what.contains(what), "\(name): \(refusal.failure.what)")
        #expect(refusal.failure.place.contains("keys.xml") && refusal.failure.place.contains(place), "\(refusal.text)")
        for secret in ["ABEi", "/+7d", "secret"] { #expect(!refusal.text.contains(secret), "\(name)") }
    }

    @Test("cut off anywhere are refused or read, and end nothing")
    func cut() {
        let text = Array(CPIXSample().text.utf8)
        for count in stride(from: 0, to: text.count, by: 7) {
            #expect(throws: Failure.self) { try CPIXSample.read(Data(text[..<count])) }
        }
        var state: UInt64 = 1
        for _ in 0..<500 {
            var damaged = text
            for _ in 0..<4 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                damaged[Int(state >> 33) % damaged.count] = UInt8(truncatingIfNeeded: state >> 24)
            }
            do { _ = try CPIXSample.read(Data(damaged)) } catch { #expect(error is Failure) }
        }
    }
}

extension CPIXSample {
    static func sealed(_ algorithm: String, code: String?) -> String {
        let value = Data(count: 48).base64EncodedString()
        return "<Data><pskc:Secret><pskc:EncryptedValue><enc:EncryptionMethod Algorithm=\"\(algorithm)\"/>"
            + "<enc:CipherData><enc:CipherValue>\(value)</enc:CipherValue></enc:CipherData></pskc:EncryptedValue>"
            + (code.map { "<pskc:ValueMAC>\($0)</pskc:ValueMAC>" } ?? "") + "</pskc:Secret></Data>"
    }
}
