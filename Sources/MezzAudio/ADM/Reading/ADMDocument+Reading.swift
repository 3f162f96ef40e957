extension ADMDocument {
    /// - Parameter root: `audioFormatExtended`.
    init(_ root: ADMElement) {
        self.init()
        version = root["version"]
        namespace = root.namespace
        profiles = root.all("profileList").flatMap { $0.all("profile") }.compactMap {
            $0["profileName"] ?? ($0.trimmedText.isEmpty ? nil : $0.trimmedText)
        }
        var seen: Set<String> = []
        for element in root.children { add(element, &seen) }
    }

    private mutating func add(_ element: ADMElement, _ seen: inout Set<String>) {
        guard let attribute = Self.idAttributes[element.name], let id = element[attribute]?.trimmed.uppercased() else {
            return
        }
        guard seen.insert(id).inserted else { return duplicates.append(id) }
        switch element.name {
        case "audioProgramme": programmes.append(programme(element, id))
        case "audioContent":
            contents.append(
                ADMContent(
                    id: id, name: element.named("audioContentName"), language: element["audioContentLanguage"],
                    objects: element.references("audioObjectIDRef"), loudness: ADMLoudness(element),
                    dialogue: element.text("dialogue").flatMap(ADMDialogueKind.init(number:))))
        case "audioObject": objects.append(object(element, id))
        case "audioPackFormat":
            packs.append(
                ADMPack(
                    id: id, name: element.named("audioPackFormatName"), claim: ADMTypeClaim(element),
                    channels: element.references("audioChannelFormatIDRef"),
                    packs: element.references("audioPackFormatIDRef")))
        case "audioChannelFormat":
            channels.append(
                ADMChannel(
                    id: id, name: element.named("audioChannelFormatName"), claim: ADMTypeClaim(element),
                    blocks: element.blocks))
        case "audioTrackUID": tracks.append(ADMTrack(element, id))
        case "audioStreamFormat": streamFormats.append(ADMLink(id: id, references: element.links))
        case "audioTrackFormat": trackFormats.append(ADMLink(id: id, references: element.links))
        default: break
        }
    }

    private static let idAttributes = [
        "audioProgramme": "audioProgrammeID", "audioContent": "audioContentID", "audioObject": "audioObjectID",
        "audioPackFormat": "audioPackFormatID", "audioChannelFormat": "audioChannelFormatID", "audioTrackUID": "UID",
        "audioStreamFormat": "audioStreamFormatID", "audioTrackFormat": "audioTrackFormatID",
    ]

    private mutating func programme(_ element: ADMElement, _ id: String) -> ADMProgramme {
        ADMProgramme(
            id: id, name: element.named("audioProgrammeName"), language: element["audioProgrammeLanguage"],
            start: time(element["start"], id), end: time(element["end"], id),
            contents: element.references("audioContentIDRef"), loudness: ADMLoudness(element))
    }

    private mutating func object(_ element: ADMElement, _ id: String) -> ADMObject {
        ADMObject(
            id: id, name: element.named("audioObjectName"), start: time(element["start"], id),
            duration: time(element["duration"], id), packs: element.references("audioPackFormatIDRef"),
            objects: element.references("audioObjectIDRef"), tracks: element.references("audioTrackUIDRef"),
            alternatives: element.references("audioComplementaryObjectIDRef"))
    }

    private mutating func time(_ text: String?, _ owner: String) -> ADMTime? {
        guard let text else { return nil }
        let time = ADMTime(text)
        if time == nil { unreadableTimes.append((owner, text)) }
        return time
    }
}

extension ADMElement {
    fileprivate func named(_ attribute: String) -> String { self[attribute]?.trimmed ?? "" }

    /// What a stream or track format refers to.
    fileprivate var links: [String] {
        ["audioChannelFormatIDRef", "audioPackFormatIDRef", "audioStreamFormatIDRef", "audioTrackFormatIDRef"]
            .flatMap(references)
    }
}

extension ADMTypeClaim {
    fileprivate init(_ element: ADMElement) {
        self.init(definition: element["typeDefinition"]?.trimmed, label: element["typeLabel"]?.trimmed)
    }
}

extension ADMTrack {
    fileprivate init(_ element: ADMElement, _ id: String) {
        self.init(
            id: id, trackFormat: element.references("audioTrackFormatIDRef").first,
            channel: element.references("audioChannelFormatIDRef").first,
            pack: element.references("audioPackFormatIDRef").first)
    }
}

extension ADMLoudness {
    fileprivate init?(_ element: ADMElement) {
        guard let metadata = element.all("loudnessMetadata").first else { return nil }
        func number(_ name: String) -> Double? {
            metadata.text(name).flatMap(Double.init).flatMap { $0.isFinite ? $0 : nil }
        }
        self.init(
            integrated: number("integratedLoudness"), truePeak: number("maxTruePeak"),
            dialogue: number("dialogueLoudness"))
    }
}
