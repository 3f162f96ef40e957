package import MezzCore
import MezzFormats

/// A file with an audio definition model (ITU-R BS.2076 in BS.2088): read, listed and checked.
package struct ADMFile: Sendable {
    package let file: BW64File
    package let document: ADMDocument
    /// Programmes, contents, beds and objects.
    package let listing: ADMListing
    package let findings: [Finding]

    /// Reads headers and XML; the samples are not touched.
    /// - Throws: `Failure` with `input` when the file is no WAVE of any kind, or holds no ADM that can be read.
    package init(_ path: String) throws(Failure) {
        do {
            try self.init(BW64File(FileBytes(path, followsLinks: true)), place: path.printable)
        } catch let error as FormatError {
            throw Failure(
                .input, what: error.what, place: path.printable,
                remedy: "name an ADM BWF (BW64, RF64 or RIFF with axml and chna); if it is one, export it again")
        } catch let failure as Failure {
            throw failure
        } catch {
            throw Failure(.input, what: "cannot be read", place: path.printable, remedy: "copy the file again")
        }
    }

    private init(_ file: BW64File, place: String) throws {
        guard file.xml != nil || file.tracks?.isEmpty == false else {
            throw Failure(
                .input, what: "holds no ADM: there is neither an axml nor a chna chunk", place: place,
                remedy: "name an ADM BWF; sound of other kinds needs no rendering")
        }
        self.file = file
        document = try Self.document(file, place)
        let index = ADMIndex(document)
        let tracks = ADMTrackPlace.all(index, file.tracks ?? [])
        listing = ADMListing(index, file: file, tracks: tracks)
        findings = ADMChecker(index: index, file: file, tracks: tracks).findings()
    }

    private static func document(_ file: BW64File, _ place: String) throws -> ADMDocument {
        guard let xml = file.xml else { return ADMDocument() }
        guard let root = try ADMParser.read(xml) else {
            throw Failure(
                .input, what: "holds XML without audioFormatExtended, which is no ADM", place: place,
                remedy: "export the file as ADM BWF by ITU-R BS.2076")
        }
        return ADMDocument(root)
    }
}
