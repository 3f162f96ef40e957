import MezzCore

/// Checks an ADM document against itself, the file's channels and the file's length.
struct ADMChecker {
    let index: ADMIndex
    let file: BW64File
    let tracks: [ADMTrackPlace]

    var document: ADMDocument { index.document }

    /// All that is wrong, or worth knowing.
    func findings() -> [Finding] {
        var findings = ADMFindings()
        checkFile(&findings)
        ADMReferenceCheck(index: index, rows: file.tracks ?? []).run(&findings)
        ADMStructureCheck(index: index).run(&findings)
        ADMTrackCheck(index: index, file: file, tracks: tracks).run(&findings)
        ADMObjectCheck(index: index, fileSeconds: file.seconds, sampleSeconds: 1 / Double(file.format.sampleRate))
            .run(&findings)
        return findings.all
    }

    /// ITU-R BS.2076's own namespace and those of EBU Core until its edition 1.8 (EBU Tech 3293).
    private static let namespaces = Set(
        ["urn:metadata-schema:adm", "urn:ebu:metadata-schema:ebuCore"]
            + (2014...2017).map { "urn:ebu:metadata-schema:ebuCore_\($0)" })

    private func checkFile(_ findings: inout ADMFindings) {
        if file.missingBytes > 0 {
            findings.add(.cutOff, "\(file.missingBytes) bytes of samples are missing")
        }
        if file.xml == nil { findings.add(.noXML, "there is no XML; tracks are taken from the chna chunk alone") }
        if let namespace = document.namespace, !Self.namespaces.contains(namespace) {
            findings.add(.namespace, "the XML is in the namespace \"\(namespace.prefix(80))\"")
        }
        for name in document.profiles { findings.add(.profile, "the document claims the profile \"\(name)\"") }
        for time in document.unreadableTimes {
            findings.add(.time, "\"\(time.text.prefix(40))\" is no time", of: time.owner)
        }
        for id in document.duplicates { findings.add(.duplicate, "\(id) stands more than once", of: id) }
    }
}
