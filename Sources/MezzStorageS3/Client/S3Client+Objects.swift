/// What a server says of an object.
package struct S3ObjectInfo: Sendable, Hashable {
    /// Bytes.
    package let size: Int
    /// The MD5 of the content in hexadecimal digits, when the server says it: its ETag is one for an object that was
    /// put in one piece and is not encrypted with a customer's key.
    package let md5: String?
    /// The SHA-256 of the whole content in Base64, when the server keeps it.
    package let sha256: String?

    init(_ response: HTTPResponse) {
        size = Int(response.headers["content-length"] ?? "") ?? -1
        md5 = Self.md5(response.headers)
        sha256 = response.headers["x-amz-checksum-sha256"].flatMap { $0.contains("-") ? nil : $0 }
    }

    /// The MD5 in an answer's ETag.
    static func md5(_ headers: [String: String]) -> String? {
        guard let tag = headers["etag"]?.filter({ $0 != "\"" }), tag.utf8.count == 32,
            tag.allSatisfy(\.isHexDigit), headers["x-amz-server-side-encryption-customer-algorithm"] == nil,
            [nil, "AES256"].contains(headers["x-amz-server-side-encryption"])
        else { return nil }
        return tag.lowercased()
    }
}

extension S3Client {
    /// What the server says of an object; `nil` when there is none.
    package func head(_ key: String) async throws(S3Fault) -> S3ObjectInfo? {
        do throws(S3Fault) {
            let headers = abilities.checksums ? ["x-amz-checksum-mode": "ENABLED"] : [:]
            return S3ObjectInfo(try await send(S3Request("HEAD", key: key, headers: headers)).response)
        } catch {
            guard case .answer(let answer) = error else { throw error }
            if answer.status == 404, abilities.isBucketKnown { return nil }
            try await explain(key)
            if answer.status == 404 { return nil }
            throw error
        }
    }

    /// Reads `range` of an object. Pieces that came are written again when a try broke off.
    package func get(
        _ key: String, range: Range<Int>, write: @escaping BlockWriter
    ) async throws(S3Fault) {
        _ = try await send(
            S3Request(
                "GET", key: key, headers: ["range": "bytes=\(range.lowerBound)-\(range.upperBound - 1)"],
                target: .object(range: range, write: write)))
    }

    /// Removes an object; one that is not there is no error.
    package func delete(_ key: String) async throws(S3Fault) {
        do throws(S3Fault) {
            _ = try await send(S3Request("DELETE", key: key))
        } catch {
            guard case .answer(let answer) = error, answer.code == "NoSuchKey" else { throw error }
        }
    }

    /// An answer to `HEAD` has no body to tell a missing key from a missing bucket or a wrong secret: the same with
    /// `GET` has one. Returns when a key is all that is missing, or nothing at all.
    private func explain(_ key: String) async throws(S3Fault) {
        do throws(S3Fault) {
            _ = try await send(
                S3Request("GET", key: key, headers: ["range": "bytes=0-0"], target: .memory(limit: 1 << 20)))
        } catch {
            guard case .answer(let answer) = error, answer.status == 404, answer.code != "NoSuchBucket" else {
                throw error
            }
        }
        abilities.bucketIsKnown()
    }
}
