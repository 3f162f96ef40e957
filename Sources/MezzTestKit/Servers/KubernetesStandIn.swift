import Foundation
import Synchronization

/// As much of a Kubernetes API server as `kubectl` needs for Jobs: discovery, `create` and `get`. It keeps what it is
/// given and runs nothing; a test says how far a Job has come.
package final class KubernetesStandIn: Sendable {
    private let server: LoopbackHTTP
    private let jobs: JobShelf

    /// Whether there is a `kubectl` here.
    package static let isClientInstalled = ServerProcess.program("kubectl") != nil

    /// What a skipped test says.
    package static let absence = "no kubectl here, so this is not tested"

    package init() throws {
        let jobs = JobShelf()
        self.jobs = jobs
        server = try LoopbackHTTP { request in
            let path = request.target.split(separator: "?").first.map(String.init) ?? ""
            if path == JobShelf.path {
                return request.method == "POST" ? jobs.add(request.body) : jobs.list(request.target)
            }
            guard let document = Self.discovery[path] else { return LoopbackHTTP.answer(404, "{}", headers: Self.json) }
            return LoopbackHTTP.answer(200, document, headers: Self.json)
        }
    }

    /// Writes a client's configuration into `folder` and returns the environment that points to it.
    package func environment(in folder: TestFolder) throws -> [String: String] {
        let text = """
            {"apiVersion":"v1","kind":"Config","current-context":"test",
            "clusters":[{"name":"test","cluster":{"server":"\(server.endpoint)"}}],
            "contexts":[{"name":"test","context":{"cluster":"test","user":"test"}}],
            "users":[{"name":"test","user":{}}]}
            """
        let path = try folder.write(Data(text.utf8), to: "kubeconfig")
        return ["KUBECONFIG": path, "KUBECACHEDIR": folder("kube-cache")]
    }

    /// The Jobs it was given, oldest first.
    package var given: [JSONValue] { jobs.all }

    /// Gives a Job its status, as a piece of JSON.
    package func setStatus(_ status: String, ofJob index: Int) { jobs.setStatus(status, at: index) }

    fileprivate static let json = ["Content-Type: application/json"]

    /// What a client asks before it asks anything.
    private static let discovery = [
        "/version": #"{"major":"1","minor":"32","gitVersion":"v1.32.0"}"#,
        "/api": #"{"kind":"APIVersions","versions":["v1"]}"#,
        "/api/v1": #"{"kind":"APIResourceList","groupVersion":"v1","resources":[]}"#,
        "/apis": """
        {"kind":"APIGroupList","apiVersion":"v1","groups":[{"name":"batch",
        "versions":[{"groupVersion":"batch/v1","version":"v1"}],
        "preferredVersion":{"groupVersion":"batch/v1","version":"v1"}}]}
        """,
        "/apis/batch/v1": """
        {"kind":"APIResourceList","apiVersion":"v1","groupVersion":"batch/v1","resources":[{"name":"jobs",
        "singularName":"job","namespaced":true,"kind":"Job","verbs":["create","get","list"]}]}
        """,
        "/openapi/v3": #"{"paths":{"apis/batch/v1":{"serverRelativeURL":"/openapi/v3/apis/batch/v1"}}}"#,
        // Tells the client that fields are checked by the server, which here does not. It looks at `patch`.
        "/openapi/v3/apis/batch/v1": """
        {"openapi":"3.0.0","paths":{"/apis/batch/v1/namespaces/{namespace}/jobs/{name}":{"patch":{
        "parameters":[{"name":"fieldValidation","in":"query"}],
        "x-kubernetes-group-version-kind":{"group":"batch","version":"v1","kind":"Job"}}}}}
        """,
    ]
}

/// The Jobs of namespace `media`, as documents.
private final class JobShelf: Sendable {
    static let path = "/apis/batch/v1/namespaces/media/jobs"

    private struct Entry {
        /// Without its last brace.
        let open: String
        let job: JSONValue
        var status = "{}"

        var text: String { open + ",\"status\":\(status)}" }
    }

    private let entries = Mutex<[Entry]>([])

    var all: [JSONValue] { entries.withLock { $0.map(\.job) } }

    func setStatus(_ status: String, at index: Int) {
        entries.withLock { if $0.indices.contains(index) { $0[index].status = status } }
    }

    func add(_ body: Data) -> Data {
        guard let job = try? JSONValue(body), job["kind"].string == "Job",
            let brace = body.lastIndex(of: UInt8(ascii: "}"))
        else {
            return LoopbackHTTP.answer(400, "{}", headers: KubernetesStandIn.json)
        }
        // A server names what only says how its name begins.
        let entry = entries.withLock { entries in
            let name = (job["metadata"]["generateName"].string ?? "job-") + "x\(entries.count)"
            let open = String(decoding: body[..<brace], as: UTF8.self).replacing(
                #""metadata":{"#, with: #""metadata":{"name":"\#(name)","#, maxReplacements: 1)
            let entry = Entry(open: open, job: job)
            entries.append(entry)
            return entry
        }
        return LoopbackHTTP.answer(201, entry.text, headers: KubernetesStandIn.json)
    }

    func list(_ target: String) -> Data {
        let selector = target.removingPercentEncoding?.firstMatch(of: /labelSelector=([^=&]+)=([^&]+)/)
        let items = entries.withLock { entries in
            entries.filter { entry in
                guard let selector else { return true }
                return entry.job["metadata"]["labels"][String(selector.1)].string == String(selector.2)
            }.map(\.text)
        }
        let head = #"{"kind":"JobList","apiVersion":"batch/v1","metadata":{},"items":["#
        return LoopbackHTTP.answer(
            200, head + items.joined(separator: ",") + "]}", headers: KubernetesStandIn.json)
    }
}
