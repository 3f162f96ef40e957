import Foundation
import MezzStorageS3
import Testing

@Suite("Answers in XML")
struct XMLTests {
    @Test("elements, text, entities, comments and CDATA")
    func reads() throws {
        let text = """
            \u{FEFF}<?xml version="1.0" encoding="UTF-8"?>
            <!-- a > comment -->
            <s3:List xmlns:s3='http://x/' note="a > b">
              <Key>a &amp; b&#x20;&#99; &lt;&quot;&apos;&gt;</Key><Empty/><Empty a="/"/><Key><![CDATA[<raw> & ]]></Key>
            </s3:List>
            """
        let root = try XMLElement(Array(text.utf8))
        #expect(root.name == "List")
        #expect(root.all("Key").map(\.text) == ["a & b c <\"'>", "<raw> & "])
        #expect(root.all("Empty").count == 2 && root["Empty"] == "" && root["Nothing"] == nil)
    }

    @Test(
        "what is broken or hostile is refused",
        arguments: [
            "", " ", "text", "<a>", "<a", "<a></b>", "</a>", "<>", "<a>&unknown;</a>", "<a>&</a>", "<a>&#xD800;</a>",
            "<a>&#0;</a>", "<a>&#x110000;</a>", "<a>&#x1234567890123;</a>", "<a><![CDATA[</a>", "<!-- ", "<?xml",
            "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>", "<a b='></a>", "<a <b></a>",
            String(repeating: "<a>", count: 17), "<a><![CDATA[x]]>", "<\(String(repeating: "a", count: 101))/>",
        ])
    func refuses(_ text: String) {
        #expect(throws: XMLElement.Malformed.self) { try XMLElement(Array(text.utf8)) }
    }

    @Test("too many elements are refused, and each cut of a document ends")
    func bounds() {
        let many = "<a>" + String(repeating: "<b/>", count: 100_000) + "</a>"
        #expect(throws: XMLElement.Malformed.self) { try XMLElement(Array(many.utf8)) }
        let whole = Array(
            "<?xml version='1.0'?><R><Upload><Key>a&amp;b</Key></Upload><!-- x --><C><![CDATA[d]]></C></R>".utf8)
        for count in 0..<whole.count {
            #expect(throws: XMLElement.Malformed.self) { try XMLElement(Array(whole.prefix(count))) }
        }
        #expect(throws: Never.self) { try XMLElement(whole) }
    }
}
