import Foundation

/// An ADM document made by rule: a bed and objects that stay or move, each with a channel of its own.
struct ADMFixture {
    /// One object: blocks as the attributes and the inner XML of an audioBlockFormat.
    struct Object {
        var name = "Object"
        var attributes = ""
        var blocks: [(attributes: String, inner: String)]
        var samples: [Float]

        /// One that stays in a place.
        static func still(_ azimuth: Double, _ elevation: Double = 0, samples: [Float]) -> Object {
            Object(blocks: [("", ADMFixture.polar(azimuth, elevation))], samples: samples)
        }
    }

    /// The id of the bed's pack, and what its channels carry; a common one.
    var bed: (pack: String, channels: [[Float]])?
    /// Ids of the bed's channels: "AC_00010001" is the front left one.
    var bedChannels: [Int] = []
    var objects: [Object] = []
    var programme = #"audioProgrammeName="Main" audioProgrammeLanguage="en""#
    var content = #"audioContentName="Mix""#
    /// More elements, and what stands in the content before its end.
    var more = ""
    var inContent = "<dialogue mixedContentKind=\"0\">2</dialogue>"

    static func polar(_ azimuth: Double, _ elevation: Double = 0) -> String {
        "<position coordinate=\"azimuth\">\(azimuth)</position>"
            + "<position coordinate=\"elevation\">\(elevation)</position>"
    }

    var file: BW64Fixture {
        let sound = (bed?.channels ?? []) + objects.map(\.samples)
        var rows: [(Int, String, String, String)] = []
        for (number, channel) in bedChannels.enumerated() {
            rows.append((number + 1, Self.uid(number + 1), "AT_0001\(Self.hex(channel))_01", bed?.pack ?? ""))
        }
        for number in objects.indices {
            let place = bedChannels.count + number + 1
            let id = Self.hex(0x1001 + number)
            rows.append((place, Self.uid(place), "AT_0003\(id)_01", "AP_0003\(id)"))
        }
        return BW64Fixture(channels: sound, rows: rows, xml: xml(rows))
    }

    private func xml(_ rows: [(Int, String, String, String)]) -> String {
        var parts: [String] = []
        var names: [String] = []
        if let bed {
            names.append("AO_1001")
            let tracks = (1...max(1, bedChannels.count)).map(Self.uid).map(Self.track).joined()
            parts.append(
                #"<audioObject audioObjectID="AO_1001" audioObjectName="Bed"><audioPackFormatIDRef>\#(bed.pack)</audioPackFormatIDRef>\#(tracks)</audioObject>"#
            )
        }
        for (number, object) in objects.enumerated() {
            names.append("AO_\(Self.hex(0x2001 + number))")
            parts.append(text(object, number))
        }
        for row in rows {
            parts.append(
                "<audioTrackUID UID=\"\(row.1)\"><audioTrackFormatIDRef>\(row.2)</audioTrackFormatIDRef>"
                    + "<audioPackFormatIDRef>\(row.3)</audioPackFormatIDRef></audioTrackUID>")
        }
        let references = names.map { "<audioObjectIDRef>\($0)</audioObjectIDRef>" }.joined()
        return
            #"<?xml version="1.0" encoding="UTF-8"?><ebuCoreMain xmlns="urn:ebu:metadata-schema:ebuCore_2016"><coreMetadata><format><audioFormatExtended version="ITU-R_BS.2076-2"><audioProgramme audioProgrammeID="APR_1001" \#(programme)><audioContentIDRef>ACO_1001</audioContentIDRef></audioProgramme><audioContent audioContentID="ACO_1001" \#(content)>\#(references)\#(inContent)</audioContent>\#(parts.joined())\#(more)</audioFormatExtended></format></coreMetadata></ebuCoreMain>"#
    }

    private func text(_ object: Object, _ number: Int) -> String {
        let id = Self.hex(0x1001 + number)
        let blocks = object.blocks.enumerated().map { place, block in
            "<audioBlockFormat audioBlockFormatID=\"AB_0003\(id)_0000\(Self.hex(place + 1))\" \(block.attributes)>"
                + block.inner + "</audioBlockFormat>"
        }.joined()
        let type = #"typeLabel="0003" typeDefinition="Objects""#
        return #"""
            <audioObject audioObjectID="AO_\#(Self.hex(0x2001 + number))" audioObjectName="\#(object.name)" \#(object.attributes)><audioPackFormatIDRef>AP_0003\#(id)</audioPackFormatIDRef>\#(Self.track(Self.uid(bedChannels.count + number + 1)))</audioObject>
            <audioPackFormat audioPackFormatID="AP_0003\#(id)" audioPackFormatName="\#(object.name)" \#(type)><audioChannelFormatIDRef>AC_0003\#(id)</audioChannelFormatIDRef></audioPackFormat>
            <audioChannelFormat audioChannelFormatID="AC_0003\#(id)" audioChannelFormatName="\#(object.name)" \#(type)>\#(blocks)</audioChannelFormat>
            <audioStreamFormat audioStreamFormatID="AS_0003\#(id)" audioStreamFormatName="s" formatLabel="0001" formatDefinition="PCM"><audioChannelFormatIDRef>AC_0003\#(id)</audioChannelFormatIDRef><audioTrackFormatIDRef>AT_0003\#(id)_01</audioTrackFormatIDRef></audioStreamFormat>
            <audioTrackFormat audioTrackFormatID="AT_0003\#(id)_01" audioTrackFormatName="t" formatLabel="0001" formatDefinition="PCM"><audioStreamFormatIDRef>AS_0003\#(id)</audioStreamFormatIDRef></audioTrackFormat>
            """#
    }

    static func uid(_ number: Int) -> String { "ATU_0000" + hex(number) }

    static func hex(_ number: Int) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    private static func track(_ uid: String) -> String { "<audioTrackUIDRef>\(uid)</audioTrackUIDRef>" }

    /// A 5.1 bed whose channels are `channels`, and objects.
    static func fiveOne(_ channels: [[Float]], objects: [Object] = []) -> ADMFixture {
        ADMFixture(bed: ("AP_00010003", channels), bedChannels: [1, 2, 3, 4, 5, 6], objects: objects)
    }
}
