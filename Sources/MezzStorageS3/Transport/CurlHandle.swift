internal import CCurl
internal import MezzStorage

/// One of libcurl's easy handles: it does one transfer at a time and keeps its connection for the next.
///
/// `@unchecked`: the pool hands it to one caller at a time, and that caller to one thread.
final class CurlHandle: @unchecked Sendable {
    private let handle: UnsafeMutableRawPointer
    private var problem = [CChar](repeating: 0, count: Int(CURL_ERROR_SIZE))

    init?() {
        // Thread-safe since 7.84 ("libcurl-thread"): the first handle initialises the library.
        guard let handle = curl_easy_init() else { return nil }
        self.handle = handle
    }

    deinit {
        curl_easy_cleanup(handle)
    }

    /// Does a transfer; blocks.
    func perform(
        _ request: HTTPRequest, certificates: String?, isCancelled: @escaping () -> Bool
    ) -> Result<HTTPResponse, HTTPFault> {
        let lines = request.headers.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
        guard lines.allSatisfy({ $0.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F } }) else {
            return .failure(.refused("a header holds control characters"))
        }
        guard ["http://", "https://"].contains(where: request.url.hasPrefix) else {
            return .failure(.refused("the address is neither http nor https"))
        }
        let exchange = Exchange(request, isCancelled: isCancelled)
        curl_easy_reset(handle)
        // An empty `Expect` keeps libcurl from waiting a second for servers that never say "100 Continue".
        let headers = (lines + ["Expect:"]).reduce(nil as UnsafeMutablePointer<curl_slist>?) {
            curl_slist_append($0, $1)
        }
        defer { curl_slist_free_all(headers) }
        mezz_curl_set_headers(handle, headers)
        prepare(request, certificates: certificates)
        prepareBody(request)
        let code = withExtendedLifetime(exchange) {
            let pointer = Unmanaged.passUnretained(exchange).toOpaque()
            for option in [
                CURLOPT_READDATA, CURLOPT_SEEKDATA, CURLOPT_HEADERDATA, CURLOPT_WRITEDATA, CURLOPT_XFERINFODATA,
            ] {
                mezz_curl_set_pointer(handle, option, pointer)
            }
            return problem.withUnsafeMutableBufferPointer { text in
                text.initialize(repeating: 0)
                mezz_curl_set_pointer(handle, CURLOPT_ERRORBUFFER, text.baseAddress)
                defer { mezz_curl_set_pointer(handle, CURLOPT_ERRORBUFFER, nil) }
                return curl_easy_perform(handle)
            }
        }
        return result(code, exchange, request)
    }

    private func prepare(_ request: HTTPRequest, certificates: String?) {
        let limits = request.limits
        let moved = Double(request.body.count + request.target.expected)
        mezz_curl_set_text(handle, CURLOPT_URL, request.url)
        mezz_curl_set_text(handle, CURLOPT_PROTOCOLS_STR, "http,https")
        mezz_curl_set_long(handle, CURLOPT_FOLLOWLOCATION, 0)
        mezz_curl_set_long(handle, CURLOPT_PATH_AS_IS, 1)
        mezz_curl_set_long(handle, CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
        mezz_curl_set_long(handle, CURLOPT_SSL_VERIFYPEER, 1)
        mezz_curl_set_long(handle, CURLOPT_SSL_VERIFYHOST, 2)
        if let certificates { mezz_curl_set_text(handle, CURLOPT_CAINFO, certificates) }
        if !limits.usesProxy { mezz_curl_set_text(handle, CURLOPT_PROXY, "") }
        mezz_curl_set_long(handle, CURLOPT_NOSIGNAL, 1)
        mezz_curl_set_long(handle, CURLOPT_TCP_KEEPALIVE, 1)
        mezz_curl_set_long(handle, CURLOPT_MAXCONNECTS, 2)
        mezz_curl_set_long(handle, CURLOPT_CONNECTTIMEOUT_MS, Int(limits.connect * 1_000))
        mezz_curl_set_long(handle, CURLOPT_LOW_SPEED_LIMIT, 1)
        mezz_curl_set_long(handle, CURLOPT_LOW_SPEED_TIME, limits.stall)
        mezz_curl_set_long(handle, CURLOPT_TIMEOUT_MS, Int(min((limits.total + moved / 65_536) * 1_000, 1e9)))
        mezz_curl_set_long(handle, CURLOPT_BUFFERSIZE, 512 << 10)
        mezz_curl_set_long(handle, CURLOPT_UPLOAD_BUFFERSIZE, 512 << 10)
        mezz_curl_set_long(handle, CURLOPT_NOPROGRESS, 0)
        mezz_curl_set_transfer(handle, CURLOPT_HEADERFUNCTION) { bytes, size, count, exchange in
            CurlHandle.exchange(exchange)?.header(UnsafeRawBufferPointer(start: bytes, count: size * count)) ?? 0
        }
        mezz_curl_set_transfer(handle, CURLOPT_WRITEFUNCTION) { bytes, size, count, exchange in
            CurlHandle.exchange(exchange)?.receive(UnsafeRawBufferPointer(start: bytes, count: size * count)) ?? 0
        }
        mezz_curl_set_progress(handle) { exchange, _, _, _, _ in CurlHandle.exchange(exchange)?.progress() ?? 1 }
    }

    private func prepareBody(_ request: HTTPRequest) {
        switch request.body {
        case .none where request.method == "HEAD":
            mezz_curl_set_long(handle, CURLOPT_NOBODY, 1)
        case .none where request.method == "GET" || request.method == "DELETE":
            mezz_curl_set_text(handle, CURLOPT_CUSTOMREQUEST, request.method)
        case .none:
            prepare(request.method, bytes: [])
        case .bytes(let bytes):
            prepare(request.method, bytes: bytes)
        case .blocks(let count, _):
            mezz_curl_set_long(handle, CURLOPT_UPLOAD, 1)
            mezz_curl_set_text(handle, CURLOPT_CUSTOMREQUEST, request.method)
            mezz_curl_set_size(handle, CURLOPT_INFILESIZE_LARGE, curl_off_t(count))
            mezz_curl_set_transfer(handle, CURLOPT_READFUNCTION) { bytes, size, count, exchange in
                CurlHandle.exchange(exchange)?
                    .send(UnsafeMutableRawBufferPointer(start: bytes, count: size * count)) ?? Int(CURL_READFUNC_ABORT)
            }
            mezz_curl_set_seek(handle) { exchange, offset, _ in
                CurlHandle.exchange(exchange)?.seek(Int(offset))
                return CURL_SEEKFUNC_OK
            }
        }
    }

    private func prepare(_ method: String, bytes: [UInt8]) {
        mezz_curl_set_long(handle, CURLOPT_POST, 1)
        mezz_curl_set_size(handle, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(bytes.count))
        // libcurl takes a copy.
        _ = bytes.withUnsafeBytes { mezz_curl_set_copied(handle, $0.baseAddress) }
        mezz_curl_set_text(handle, CURLOPT_CUSTOMREQUEST, method)
    }

    private func result(
        _ code: CURLcode, _ exchange: Exchange, _ request: HTTPRequest
    ) -> Result<HTTPResponse, HTTPFault> {
        if let fault = exchange.fault { return .failure(fault) }
        let detail = String(decoding: problem.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        switch code {
        case CURLE_OK:
            if case .object(let range, _) = request.target, (200..<300).contains(exchange.status),
                exchange.placed != range.count
            {
                return .failure(.lost("\(exchange.placed) of \(range.count) bytes came"))
            }
            return .success(HTTPResponse(status: exchange.status, headers: exchange.headers, body: exchange.body))
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_URL_MALFORMAT:
            return .failure(.refused(detail.isEmpty ? String(cString: curl_easy_strerror(code)) : detail))
        default:
            return .failure(.lost(detail.isEmpty ? String(cString: curl_easy_strerror(code)) : detail))
        }
    }

    private static func exchange(_ pointer: UnsafeMutableRawPointer?) -> Exchange? {
        pointer.map { Unmanaged<Exchange>.fromOpaque($0).takeUnretainedValue() }
    }
}
