import Foundation
import MezzCore
import MezzPackaging

/// CPIX documents for tests, as others write them.
struct CPIXSample {
    static let audio = "0123abcd-0000-0000-0000-000000000001"
    static let picture = "0123abcd-0000-0000-0000-000000000002"
    /// 00 11 22 … ff, and ff ee … 00, in base64.
    static let audioKey = "ABEiM0RVZneImaq7zN3u/w=="
    static let pictureKey = "/+7dzLuqmYh3ZlVEMyIRAA=="

    var root = "CPIX"
    var version = "2.3"
    var scheme = #"commonEncryptionScheme="cbcs""#
    var keys: [(kid: String, value: String)] = [(audio, plain(audioKey)), (picture, plain(pictureKey))]
    var delivery = ""
    var systems = #"<DRMSystem systemId="EDEF8BA9-79D6-4ACE-A3C8-27DCD51D21ED" kid="\#(picture)"><PSSH/></DRMSystem>"#
    var periods = ""
    var rules = rule(audio, "", "<AudioFilter/>") + rule(picture, "", "<VideoFilter/>")
    var before = #"<?xml version="1.0" encoding="utf-8"?>"#
    var after = ""

    static func plain(_ value: String) -> String {
        "<Data><pskc:Secret><pskc:PlainValue>\(value)</pskc:PlainValue></pskc:Secret></Data>"
    }

    static func rule(_ kid: String, _ attributes: String, _ filters: String = "") -> String {
        #"<ContentKeyUsageRule kid="\#(kid)" \#(attributes)>\#(filters)</ContentKeyUsageRule>"#
    }

    var text: String {
        let keys = keys.map { #"<ContentKey kid="\#($0.kid)" \#(scheme)>\#($0.value)</ContentKey>"# }
            .joined(separator: "\n")
        return """
            \(before)
            <\(root) xmlns="urn:dashif:org:cpix" xmlns:pskc="urn:ietf:params:xml:ns:keyprov:pskc" \
            xmlns:enc="http://www.w3.org/2001/04/xmlenc#" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" \
            contentId="title 1" version="\(version)">
            \(delivery)<ContentKeyList>\(keys)</ContentKeyList>
            <DRMSystemList>\(systems)</DRMSystemList>
            \(periods)<ContentKeyUsageRuleList>\(rules)</ContentKeyUsageRuleList>\(after)
            </\(root)>
            """
    }

    func read(with key: PrivateKey? = nil, at now: Date = Date()) throws -> KeyReading {
        try Self.read(Data(text.utf8), with: key, at: now)
    }

    static func read(_ data: Data, with key: PrivateKey? = nil, at now: Date = Date()) throws -> KeyReading {
        try CPIXReader.read(data, place: "keys.xml", privateKey: key, now: now)
    }

    /// The failure of a document that must be refused, and everything that it says.
    func refusal() -> (failure: Failure, text: String)? {
        do {
            _ = try read()
            return nil
        } catch let failure as Failure {
            return (failure, "\(failure) \(failure.detail)")
        } catch {
            return nil
        }
    }
}
