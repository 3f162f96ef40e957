import ArgumentParser
import Foundation
import MezzCore
import MezzKeyServer
import MezzPackaging

extension Protection.Scheme: ExpressibleByArgument {}
extension Protection.System: ExpressibleByArgument {}
extension KeyLabel: ExpressibleByArgument {}

/// Values with commas between.
struct ValueList<Value: ExpressibleByArgument & CaseIterable & Equatable>: ExpressibleByArgument {
    let values: [Value]

    init(_ values: [Value]) {
        self.values = values
    }

    init?(argument: String) {
        let values = argument.split(separator: ",", omittingEmptySubsequences: false).map {
            Value(argument: String($0))
        }
        guard values.allSatisfy({ $0 != nil }) else { return nil }
        self.values = values.compactMap(\.self)
    }

    static var allValueStrings: [String] { Value.allValueStrings }
}

/// How keys are opened, and what a key server is asked for.
struct KeyOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The recipient's private key, for encrypted CPIX: PEM, RSA.", valueName: "key.pem|env:name"))
    var drmPrivateKey: String?

    @Option(
        name: .customLong("content-id"),
        help: ArgumentHelp("What the key server knows the content by.", valueName: "id"))
    var contentID: String?

    @Option(help: "The scheme to ask a key server for. (default: cbcs)")
    var drmScheme: Protection.Scheme?

    @Option(
        help: ArgumentHelp(
            "The protection systems to ask a key server for. (default: widevine,playready, and fairplay for cbcs)",
            valueName: "a,b"))
    var drmSystems: ValueList<Protection.System>?

    @Option(
        help: ArgumentHelp(
            "Have the key server encrypt the keys for this certificate; needs --drm-private-key.",
            valueName: "certificate.pem"))
    var drmRecipient: String?

    func validate() throws {
        if drmRecipient != nil, drmPrivateKey == nil {
            throw ValidationError("--drm-recipient needs --drm-private-key, which opens what is encrypted for it")
        }
    }

    /// - Parameter source: What `--drm` names; `nil` where nothing is encrypted.
    /// - Throws: `Failure` (`usage`) for options that mean nothing then: a title must not be left in the clear by a slip.
    func ring(_ source: String?) async throws -> KeyRing? {
        defer { KeyIntake.forgetHeaders() }
        guard let source else {
            let isIdle =
                drmPrivateKey == nil && contentID == nil && drmScheme == nil && drmSystems == nil && drmRecipient == nil
            guard isIdle else {
                throw Failure(
                    .usage, what: "there are options for keys, and no keys", place: "--drm",
                    remedy: "name the keys with --drm, or leave the options out")
            }
            return nil
        }
        return try await reading(source).ring
    }

    /// - Parameter source: A file, `env:NAME`, or a key server's address.
    func reading(_ source: String) async throws -> KeyReading {
        let privateKey = try KeyIntake.privateKey(drmPrivateKey)
        guard KeyServerAddress.isNamed(by: source) else {
            guard drmScheme == nil, drmSystems == nil, drmRecipient == nil else {
                throw Failure(
                    .usage, what: "a document says itself what its keys are for", place: source.printable,
                    remedy: "leave out --drm-scheme, --drm-systems and --drm-recipient, which a key server is asked by")
            }
            let reading = try KeyIntake.read(source, privateKey: privateKey)
            if let contentID, let own = reading.contentID, own != contentID {
                throw Failure(
                    .input, what: "the keys are of other content: \(own.printable)", place: source.printable,
                    remedy: "name the document of \(contentID.printable)")
            }
            return reading
        }
        return try await KeyIntake.ask(source, contract(), privateKey: privateKey)
    }

    private func contract() throws -> SPEKEContract {
        guard let contentID else {
            throw Failure(
                .usage, what: "a key server needs to know the content", place: "--drm",
                remedy: "add --content-id with what it knows the content by")
        }
        let certificate = try drmRecipient.map { path throws(Failure) in try RecipientCertificate(file: path) }
        try certificate?.check(at: Date(), place: "--drm-recipient")
        let scheme = drmScheme ?? .cbcs
        let usual: [Protection.System] = [.widevine, .playready] + (scheme == .cbcs ? [.fairplay] : [])
        return try SPEKEContract(
            contentID: contentID, scheme: scheme, systems: drmSystems?.values ?? usual, labels: KeyLabel.allCases,
            recipient: certificate)
    }
}
