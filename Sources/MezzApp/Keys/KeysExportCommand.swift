import ArgumentParser
import Foundation
import MezzCore
import MezzPackaging

/// `mezz keys export`: keys as CPIX.
struct KeysExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write keys as CPIX 2.3, encrypted for recipients.",
        discussion: """
            Each recipient opens the document with the private key of its certificate. The file is nobody else's to \
            read, and one that is there already stays as it is.
            """)

    @Argument(help: "The keys.")
    var keys: String

    @Option(name: .shortAndLong, help: ArgumentHelp("The document to write.", valueName: "keys.xml"))
    var output: String

    @Option(help: ArgumentHelp("Who may open it. Repeatable.", valueName: "certificate.pem"))
    var recipient: [String] = []

    @Flag(help: "Write the keys in the clear.")
    var clear = false

    @OptionGroup var options: KeyOptions

    func validate() throws {
        if clear, !recipient.isEmpty { throw ValidationError("--clear and --recipient exclude each other") }
        if !clear, recipient.isEmpty {
            throw ValidationError("name a --recipient, or --clear to write the keys for everybody who gets the file")
        }
    }

    func run() async throws {
        var certificates: [RecipientCertificate] = []
        for path in recipient {
            let certificate = try RecipientCertificate(file: path)
            try certificate.check(at: Date(), place: path)
            certificates.append(certificate)
        }
        let reading = try await options.reading(keys)
        let document = try CPIXWriter.document(
            reading.ring, contentID: reading.contentID ?? options.contentID, recipients: certificates)
        try PrivateFile.create(document, at: output)
    }
}
