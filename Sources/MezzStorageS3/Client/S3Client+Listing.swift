package import FoundationEssentials
internal import MezzStorage

/// An upload in parts that was neither completed nor given up.
package struct OpenUpload: Sendable, Hashable {
    package let key: String
    package let id: String
    package let begun: Date
}

extension S3Client {
    /// More pages than this are no honest listing: 10,000,000 objects.
    private static let pageLimit = 10_000
    /// 1,000 keys of 1,024 bytes, each of which takes six as an entity, and what is said about them.
    private static let pageSize = HTTPTarget.memory(limit: 16 << 20)

    /// All keys with a prefix.
    package func keys(prefix: String) async throws(S3Fault) -> [String] {
        var keys: [String] = []
        var token: String?
        for _ in 0..<Self.pageLimit {
            var query = [QueryItem("list-type", "2"), QueryItem("prefix", prefix)]
            if let token { query.append(QueryItem("continuation-token", token)) }
            let page = try document(try await send(S3Request("GET", query: query, target: Self.pageSize)))
            keys += page.all("Contents").compactMap { $0["Key"] }
            guard page["IsTruncated"] == "true" else { return keys }
            guard let next = page["NextContinuationToken"], !next.isEmpty, next != token else { throw strange() }
            token = next
        }
        throw strange()
    }

    /// All open uploads to keys with a prefix.
    package func uploads(prefix: String, patience: Duration? = nil) async throws(S3Fault) -> [OpenUpload] {
        var uploads: [OpenUpload] = []
        var marker: (key: String, id: String)?
        for _ in 0..<Self.pageLimit {
            var query = [QueryItem("uploads"), QueryItem("prefix", prefix)]
            if let marker {
                query += [QueryItem("key-marker", marker.key), QueryItem("upload-id-marker", marker.id)]
            }
            let page = try document(
                try await send(
                    S3Request("GET", query: query, target: Self.pageSize), patience: patience))
            uploads += page.all("Upload").compactMap { upload in
                guard let key = upload["Key"], key.hasPrefix(prefix), let id = upload["UploadId"] else { return nil }
                return OpenUpload(key: key, id: id, begun: Self.date(upload["Initiated"]) ?? clock.now)
            }
            guard page["IsTruncated"] == "true" else { return uploads }
            let next = (page["NextKeyMarker"] ?? "", page["NextUploadIdMarker"] ?? "")
            guard next != ("", ""), marker.map({ $0 != next }) ?? true else { throw strange() }
            marker = next
        }
        throw strange()
    }

    /// The document that a reply holds.
    func document(_ reply: S3Reply) throws(S3Fault) -> XMLElement {
        do {
            return try XMLElement(reply.response.body)
        } catch {
            throw .store(.unreachable(place: address.place, detail: "the answer cannot be read: \(error.reason)"))
        }
    }

    /// The server's answer is not one of S3.
    func strange() -> S3Fault {
        .store(.unreachable(place: address.place, detail: "the answer is not one of an S3 server"))
    }

    /// `2026-11-21T23:45:23.000Z`, with or without the fraction.
    private static func date(_ text: String?) -> Date? {
        guard let text else { return nil }
        let whole = text.prefix { $0 != "." && $0 != "Z" } + "Z"
        return try? Date(String(whole), strategy: .iso8601)
    }
}
