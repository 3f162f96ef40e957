import Foundation
import MezzCore
import MezzPackaging
import MezzTestKit
import Testing

@Suite("SPEKE contracts")
struct SPEKEContractTests {
    private static func contract(
        _ id: String = "title 1", scheme: Protection.Scheme = .cbcs, labels: [KeyLabel] = [.hd, .audio]
    ) throws -> SPEKEContract {
        try SPEKEContract(contentID: id, scheme: scheme, systems: [.fairplay, .widevine], labels: labels)
    }

    private static func kids(_ contract: SPEKEContract) -> [String] {
        String(decoding: contract.request, as: UTF8.self).matches(of: #/<cpix:ContentKey kid="([0-9a-f-]{36})"/#)
            .map { String($0.1) }
    }

    @Test("ask for each label's key by an identifier that only content, scheme and label decide")
    func request() throws {
        let (first, again) = (try Self.contract(), try Self.contract())
        #expect(first.request == again.request)
        let kids = Self.kids(first)
        let turned = Self.kids(try Self.contract(labels: [.audio, .hd, .hd]))
        let all = Self.kids(try Self.contract(labels: KeyLabel.allCases))
        #expect(kids.count == 2 && kids == turned && all.count == 4 && kids == [all[0], all[2]])
        for other in [try Self.contract("title 2"), try Self.contract(scheme: .cenc)] {
            #expect(Set(kids).isDisjoint(with: Self.kids(other)))
        }
        for kid in kids { #expect(UUID(uuidString: kid) != nil && Array(kid)[14] == "8") }
        let text = String(decoding: first.request, as: UTF8.self)
        #expect(text.contains(#"contentId="title 1""#) && text.contains(#"version="2.3""#))
        #expect(text.matches(of: #/<cpix:DRMSystem /#).count == 4 && !text.contains("Secret"))
    }

    /// The request with keys filled in, as a server answers.
    private static func answer(_ contract: SPEKEContract) -> String {
        String(decoding: contract.request, as: UTF8.self).replacing(
            #/(<cpix:ContentKey kid="[^>]*)/>/#
        ) { "\($0.1)>\(value)</cpix:ContentKey>" }
    }

    private static let value =
        "<cpix:Data><pskc:Secret><pskc:PlainValue>ABEiM0RVZneImaq7zN3u/w==</pskc:PlainValue></pskc:Secret></cpix:Data>"

    private static func read(_ answer: String, _ contract: SPEKEContract) throws -> KeyReading {
        try contract.keys(in: Data(answer.utf8), place: "https://server/", privateKey: nil, now: Date())
    }

    @Test("take the server's keys, also when it gives identifiers of its own")
    func answers() throws {
        let contract = try Self.contract()
        let answer = Self.answer(contract)
        let reading = try Self.read(answer, contract)
        let kids = Self.kids(contract).map { $0.replacing("-", with: "") }
        #expect(reading.ring.protection.keyIDs == [.audio: kids[0], .hd: kids[1]])
        let own = UUID().uuidString.lowercased()
        let other = try Self.read(answer.replacing(Self.kids(contract)[1], with: own), contract)
        #expect(other.ring.protection.keyIDs[.hd] == own.replacing("-", with: ""))
    }

    @Test("refuse what is no answer to them")
    func refused() async throws {
        let contract = try Self.contract()
        let answer = Self.answer(contract)
        let kids = Self.kids(contract)
        let wrongKey = try #require(answer.range(of: kids[1]))
        for (text, what) in [
            (answer.replacing("title 1", with: "title 2"), "other content"),
            (answer.replacing("cbcs", with: "cenc"), "cenc, not cbcs"),
            (Self.answer(try Self.contract(labels: [.hd])), "no key for AUDIO"),
            (answer.replacingCharacters(in: wrongKey, with: UUID().uuidString), "no ContentKey"),
            (
                answer.replacing(#/<cpix:DRMSystem systemId="94ce[^>]*>[^/]*/>\s*</cpix:DRMSystem>/#, with: ""),
                "fairplay"
            ),
            (String(decoding: contract.request, as: UTF8.self), "identifier alone"),
            ("<html><body>no</body></html>", "root is ? html"), ("", "well-formed"), ("{}", "well-formed"),
        ] {
            let failure = #expect(throws: Failure.self) { try Self.read(text, contract) }
            #expect(failure?.what.contains(what) == true, "\(what): \(failure?.what ?? "")")
        }
        #expect(throws: Failure.self) { try Self.contract("") }
        #expect(throws: Failure.self) { try Self.contract(labels: []) }
    }

    @Test(
        "with a certificate refuse keys in the clear",
        .enabled(if: Recipients.isPossible, "no openssl here, so this is not tested"))
    func sealed() async throws {
        try await TestFolder.with { folder in
            let recipients = Recipients(folder: folder)
            let certificate = try await recipients.certificate("one")
            let contract = try SPEKEContract(
                contentID: "title 1", scheme: .cbcs, systems: [.widevine], labels: [.hd], recipient: certificate)
            #expect(String(decoding: contract.request, as: UTF8.self).contains("<ds:X509Certificate>"))
            let answer = Self.answer(contract).replacing(
                #/<cpix:DeliveryDataList>(?s:.)*</cpix:DeliveryDataList>/#, with: "")
            let failure = #expect(throws: Failure.self) { try Self.read(answer, contract) }
            #expect(failure?.what.contains("in the clear") == true)
            let sealed = try CPIXWriter.document(
                try Self.read(
                    answer,
                    try SPEKEContract(
                        contentID: "title 1", scheme: .cbcs, systems: [.widevine], labels: [.hd])
                ).ring,
                contentID: "title 1", recipients: [certificate])
            let reading = try contract.keys(
                in: sealed, place: "server", privateKey: try recipients.key("one"), now: Date())
            #expect(reading.isSealed && reading.ring.protection.keyIDs.count == 1)
        }
    }
}
