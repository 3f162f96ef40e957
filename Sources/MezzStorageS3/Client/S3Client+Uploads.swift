internal import FoundationEssentials
internal import MezzStorage

/// What a part of an upload became.
package struct UploadedPart: Sendable, Hashable {
    /// From 1 on.
    package let number: Int
    let tag: String
    /// The server's SHA-256 of the part in Base64, if it keeps them.
    let sha256: String?
}

/// A part of a file that goes to the server.
package struct UploadBody: Sendable {
    /// The bytes of the file.
    package let range: Range<Int>
    /// Their SHA-256.
    package let sha256: [UInt8]
    /// Reads from an offset in the file on.
    package let read: BlockReader

    package init(
        range: Range<Int>, sha256: [UInt8], read: @escaping BlockReader
    ) {
        self.range = range
        self.sha256 = sha256
        self.read = read
    }

    var body: HTTPBody {
        let (read, start) = (read, range.lowerBound)
        return .blocks(count: range.count) { buffer, offset throws(StoreError) in try read(buffer, start + offset) }
    }

    /// Reads it all and returns its MD5 in hexadecimal digits, or `nil` when it no longer has its SHA-256; blocks.
    func md5() throws(StoreError) -> String? {
        let (digest, check) = (RunningDigest(.md5), RunningDigest(.sha256))
        let block = UnsafeMutableRawBufferPointer.allocate(byteCount: min(1 << 20, max(range.count, 1)), alignment: 64)
        defer { block.deallocate() }
        var offset = range.lowerBound
        while offset < range.upperBound {
            let wanted = min(block.count, range.upperBound - offset)
            let count = try read(UnsafeMutableRawBufferPointer(rebasing: block[..<wanted]), offset)
            guard count > 0 else { break }
            for sum in [digest, check] { sum.update(UnsafeRawBufferPointer(rebasing: block[..<count])) }
            offset += count
        }
        return check.finish() == sha256 ? Digest.hex(digest.finish()) : nil
    }
}

extension S3Client {
    /// Puts an object in one piece.
    /// - Parameter onlyIfMissing: leaves an object of this key as it is, where the server knows conditions.
    /// - Returns: whether it was put.
    package func put(_ key: String, _ body: UploadBody, onlyIfMissing: Bool) async throws(S3Fault) -> Bool {
        var isConditional = onlyIfMissing
        for _ in 0..<Self.damageLimit {
            let wasConditional = isConditional && abilities.conditions
            var request = S3Request("PUT", key: key, body: body.body, payloadHash: Digest.hex(body.sha256))
            if wasConditional { request.headers["if-none-match"] = "*" }
            let hasSum = abilities.checksums
            if hasSum { request.headers["x-amz-checksum-sha256"] = Data(body.sha256).base64EncodedString() }
            do throws(S3Fault) {
                let response = try await send(request).response
                do throws(S3Fault) {
                    if try await arrived(body, response) { return true }
                } catch {
                    // What stands there now has not the content of its name.
                    try await delete(key)
                    throw error
                }
                // What arrived damaged stands there now.
                isConditional = false
            } catch {
                guard case .answer(let answer) = error else { throw error }
                if answer.status == 412 { return false }
                guard abilities.lacks(after: answer, condition: wasConditional, checksum: hasSum) else { throw error }
            }
        }
        throw damaged()
    }

    /// Begins an upload in parts.
    package func createUpload(_ key: String) async throws(S3Fault) -> (id: String, wasRepeated: Bool) {
        while true {
            let hasSum = abilities.checksums
            let headers = hasSum ? ["x-amz-checksum-algorithm": "SHA256"] : [:]
            do throws(S3Fault) {
                let reply = try await send(
                    S3Request("POST", key: key, query: [QueryItem("uploads")], headers: headers))
                guard let id = try document(reply)["UploadId"], !id.isEmpty else { throw strange() }
                return (id, reply.wasRepeated)
            } catch {
                guard case .answer(let answer) = error, abilities.lacks(after: answer, checksum: hasSum) else {
                    throw error
                }
            }
        }
    }

    /// Sends a part.
    package func uploadPart(
        _ key: String, upload: String, number: Int, _ body: UploadBody
    ) async throws(S3Fault) -> UploadedPart {
        for _ in 0..<Self.damageLimit {
            var request = S3Request(
                "PUT", key: key, query: [QueryItem("partNumber", String(number)), QueryItem("uploadId", upload)],
                body: body.body, payloadHash: Digest.hex(body.sha256))
            let hasSum = abilities.checksums
            if hasSum { request.headers["x-amz-checksum-sha256"] = Data(body.sha256).base64EncodedString() }
            do throws(S3Fault) {
                let response = try await send(request).response
                guard try await arrived(body, response), let tag = response.headers["etag"] else { continue }
                return UploadedPart(number: number, tag: tag, sha256: response.headers["x-amz-checksum-sha256"])
            } catch {
                guard case .answer(let answer) = error, abilities.lacks(after: answer, checksum: hasSum) else {
                    throw error
                }
            }
        }
        throw damaged()
    }

    /// Puts the parts together.
    /// - Returns: whether it was done; else an object of this key is there.
    package func completeUpload(
        _ key: String, upload: String, _ parts: [UploadedPart], onlyIfMissing: Bool
    ) async throws(S3Fault) -> Bool {
        let document =
            "<CompleteMultipartUpload xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
            + parts.map(Self.element).joined() + "</CompleteMultipartUpload>"
        while true {
            var request = S3Request.post(key, query: [QueryItem("uploadId", upload)], document: document)
            let isConditional = onlyIfMissing && abilities.conditions
            if isConditional { request.headers["if-none-match"] = "*" }
            do throws(S3Fault) {
                _ = try await send(request)
                return true
            } catch {
                guard case .answer(let answer) = error else { throw error }
                if answer.status == 412 { return false }
                guard abilities.lacks(after: answer, condition: isConditional) else { throw error }
            }
        }
    }

    /// Gives an upload up; one that is not there is no error.
    package func abortUpload(_ key: String, upload: String, patience: Duration? = nil) async throws(S3Fault) {
        do throws(S3Fault) {
            _ = try await send(
                S3Request("DELETE", key: key, query: [QueryItem("uploadId", upload)]), patience: patience)
        } catch {
            guard case .answer(let answer) = error, answer.status == 404 else { throw error }
        }
    }

    /// Whether the server received what was sent: by its SHA-256, else by the MD5 that its ETag is, else it has said
    /// so by checking the signed hash.
    private func arrived(_ body: UploadBody, _ response: HTTPResponse) async throws(S3Fault) -> Bool {
        if let found = response.headers["x-amz-checksum-sha256"] {
            return found == Data(body.sha256).base64EncodedString()
        }
        guard let found = S3ObjectInfo.md5(response.headers) else { return true }
        let own: String?
        do {
            own = try await BlockingWork.run { () throws(StoreError) in try body.md5() }
        } catch {
            throw .store(error)
        }
        guard let own else {
            throw .store(.refused(place: address.place, detail: "the file was changed while it was sent: put it again"))
        }
        return own == found
    }

    private static func element(_ part: UploadedPart) -> String {
        let tag = part.tag.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing("\"", with: "&quot;")
        let sum = part.sha256.map { "<ChecksumSHA256>\($0.filter { $0 != "<" && $0 != "&" })</ChecksumSHA256>" } ?? ""
        return "<Part><PartNumber>\(part.number)</PartNumber><ETag>\(tag)</ETag>\(sum)</Part>"
    }

    private func damaged() -> S3Fault {
        .store(.unreachable(place: address.place, detail: "what was sent arrived damaged, time and again"))
    }
}
