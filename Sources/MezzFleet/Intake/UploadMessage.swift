package import FoundationEssentials

/// Reads what object stores tell about new objects: event notifications of S3 and of stores that follow it, as they
/// are, wrapped by SNS, or in EventBridge's form.
///
/// Forms: https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html and
/// https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html
package enum UploadMessage {
    /// The largest message a queue carries, in bytes.
    package static let largest = 1 << 20

    /// The uploads that a message tells of. Tests, deletions, restores and marks of folders are none.
    package static func uploads(in body: Data) throws(UploadEventError) -> [UploadEvent] {
        guard body.count <= largest else { throw .tooLarge(bytes: body.count) }
        // A topic may carry what a bus sent, and no more than that.
        return try uploads(in: body, wrappings: 2).filter { !$0.isFolderMark }
    }

    private static func uploads(in body: Data, wrappings: Int) throws(UploadEventError) -> [UploadEvent] {
        let form: Form
        do {
            form = try JSONDecoder().decode(Form.self, from: body)
        } catch {
            throw .unknownForm
        }
        if let records = form.records { return try uploads(in: records) }
        if form.event == "s3:TestEvent" { return [] }
        if let type = form.detailType, form.source == "aws.s3" {
            guard type == "Object Created" else { return [] }
            guard let detail = form.detail else { throw .unusable("the detail") }
            // Names are written as they are in this form.
            return [try upload(detail.object, named: detail.object?.key, in: detail.bucket)]
        }
        if let message = form.message, wrappings > 0 {
            return try uploads(in: Data(message.utf8), wrappings: wrappings - 1)
        }
        throw .unknownForm
    }

    private static func uploads(in records: [Form.Record]) throws(UploadEventError) -> [UploadEvent] {
        var found: [UploadEvent] = []
        for record in records {
            guard let name = record.eventName, let part = record.s3 else { throw .unknownForm }
            // Without the prefix in the records themselves, with it in the settings and in some other stores' records.
            guard name.hasPrefix("ObjectCreated:") || name.hasPrefix("s3:ObjectCreated:") else { continue }
            guard let written = part.object?.key, let key = decoded(written) else {
                throw .unusable("the object's name")
            }
            found.append(try upload(part.object, named: key, in: part.bucket))
        }
        return found
    }

    private static func upload(
        _ object: Form.Object?, named key: String?, in bucket: Form.Bucket?
    ) throws(UploadEventError) -> UploadEvent {
        guard let bucket = bucket?.name, let key else { throw .unknownForm }
        return try UploadEvent(
            bucket: bucket, key: key, size: object?.size, version: object?.versionId ?? object?.version)
    }

    /// Undoes the encoding of HTML forms: `+` is a space, `%` and two digits a byte. `nil` when it is broken or not
    /// UTF-8.
    static func decoded(_ text: String) -> String? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        var rest = text.utf8.makeIterator()
        while let byte = rest.next() {
            switch byte {
            case UInt8(ascii: "+"): bytes.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard let high = rest.next().flatMap(digit), let low = rest.next().flatMap(digit) else { return nil }
                bytes.append(high << 4 | low)
            default: bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        Character(UnicodeScalar(byte)).hexDigitValue.map(UInt8.init)
    }
}

/// All forms in one: which of the members are there tells which form it is.
private struct Form: Decodable {
    struct Bucket: Decodable { let name: String? }

    struct Object: Decodable {
        let key: String?
        let size: Int?
        let versionId: String?
        let version: String?

        private enum CodingKeys: String, CodingKey {
            case key
            case size
            case versionId
            case version = "version-id"
        }
    }

    struct Place: Decodable {
        let bucket: Bucket?
        let object: Object?
    }

    struct Record: Decodable {
        let eventName: String?
        let s3: Place?
    }

    let records: [Record]?
    let event: String?
    let message: String?
    let source: String?
    let detailType: String?
    let detail: Place?

    private enum CodingKeys: String, CodingKey {
        case records = "Records"
        case event = "Event"
        case message = "Message"
        case source
        case detailType = "detail-type"
        case detail
    }
}
