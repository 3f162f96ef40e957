import CCurl
import Foundation

/// One request to a key server and its answer, over libcurl.
struct KeyServerPost {
    /// How long it may take, and how much may come.
    struct Limits: Sendable {
        /// Seconds until the connection stands, and in all.
        var connect = 10.0
        var total = 30.0
        /// Bytes.
        var answer = 1 << 20
    }

    /// What came of it.
    enum Outcome: Sendable {
        case answer(status: Int, body: Data)
        /// The connection, or what came over it, broke off: another try may succeed.
        case lost(String)
        /// Another try would change nothing.
        case refused(String)
    }

    let address: KeyServerAddress
    let headers: [String]
    /// A file of trusted certificates instead of the system's.
    let certificates: String?
    let limits: Limits

    /// Blocks until the answer is there.
    func send(_ body: Data) -> Outcome {
        // Thread-safe since 7.84 ("libcurl-thread"): the first handle initialises the library.
        guard let handle = curl_easy_init() else { return .lost("libcurl has no memory for a transfer") }
        defer { curl_easy_cleanup(handle) }
        let list = headers.reduce(nil as UnsafeMutablePointer<curl_slist>?) { curl_slist_append($0, $1) }
        defer { curl_slist_free_all(list) }
        mezz_curl_set_headers(handle, list)
        prepare(handle)
        mezz_curl_set_size(handle, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count))
        // libcurl takes a copy.
        _ = body.withUnsafeBytes { mezz_curl_set_copied(handle, $0.baseAddress) }
        let answer = Answer(limit: limits.answer)
        let code = withExtendedLifetime(answer) {
            mezz_curl_set_pointer(handle, CURLOPT_WRITEDATA, Unmanaged.passUnretained(answer).toOpaque())
            return curl_easy_perform(handle)
        }
        return outcome(code, answer, handle)
    }

    private func prepare(_ handle: UnsafeMutableRawPointer) {
        mezz_curl_set_text(handle, CURLOPT_URL, address.url)
        mezz_curl_set_text(handle, CURLOPT_PROTOCOLS_STR, address.isLoopback ? "http,https" : "https")
        mezz_curl_set_long(handle, CURLOPT_POST, 1)
        mezz_curl_set_long(handle, CURLOPT_FOLLOWLOCATION, 0)
        mezz_curl_set_long(handle, CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
        mezz_curl_set_long(handle, CURLOPT_SSL_VERIFYPEER, 1)
        mezz_curl_set_long(handle, CURLOPT_SSL_VERIFYHOST, 2)
        mezz_curl_set_long(handle, CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        if let certificates { mezz_curl_set_text(handle, CURLOPT_CAINFO, certificates) }
        if address.isLoopback { mezz_curl_set_text(handle, CURLOPT_PROXY, "") }
        mezz_curl_set_long(handle, CURLOPT_NOSIGNAL, 1)
        mezz_curl_set_long(handle, CURLOPT_CONNECTTIMEOUT_MS, Int(limits.connect * 1_000))
        mezz_curl_set_long(handle, CURLOPT_TIMEOUT_MS, Int(limits.total * 1_000))
        mezz_curl_set_transfer(handle, CURLOPT_WRITEFUNCTION) { bytes, size, count, answer in
            guard let answer else { return 0 }
            return Unmanaged<Answer>.fromOpaque(answer).takeUnretainedValue()
                .take(UnsafeRawBufferPointer(start: bytes, count: size * count))
        }
    }

    /// libcurl's own words alone: those of a handle may quote what was sent or came.
    private func outcome(_ code: CURLcode, _ answer: Answer, _ handle: UnsafeMutableRawPointer) -> Outcome {
        guard !answer.isTooLarge else { return .refused("the answer is larger than \(limits.answer) bytes") }
        guard code == CURLE_OK else {
            let words = String(cString: curl_easy_strerror(code)).lowercased()
            let isFinal = [
                CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_URL_MALFORMAT,
                CURLE_UNSUPPORTED_PROTOCOL,
            ].contains(code)
            return isFinal ? .refused(words) : .lost(words)
        }
        var status = 0
        mezz_curl_get_long(handle, CURLINFO_RESPONSE_CODE, &status)
        return .answer(status: status, body: answer.body)
    }

    /// Only the thread of the transfer touches it.
    private final class Answer {
        private let limit: Int
        private(set) var body = Data()
        private(set) var isTooLarge = false

        init(limit: Int) {
            self.limit = limit
        }

        func take(_ bytes: UnsafeRawBufferPointer) -> Int {
            guard body.count + bytes.count <= limit else {
                isTooLarge = true
                return 0
            }
            body.append(contentsOf: bytes)
            return bytes.count
        }
    }
}
