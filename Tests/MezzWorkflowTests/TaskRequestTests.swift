import Foundation
import MezzWorkflow
import Testing

@Suite("A task request")
struct TaskRequestTests {
    @Test(
        "survives JSON",
        arguments: [
            task("a"),
            TaskRequest(
                name: "b", kind: "k", parameters: Data("[1]".utf8), after: ["a"], slots: 2, memory: 1, disk: 2,
                maximumAttempts: 1, priority: -1),
        ])
    func coding(request: TaskRequest) throws {
        let json = try CanonicalJSON.encode(request)
        #expect(try CanonicalJSON.decode(TaskRequest.self, from: json) == request)
    }

    @Test("leaves out what is usual")
    func shortForm() throws {
        let json = try CanonicalJSON.encode(task("a"))
        #expect(String(decoding: json, as: UTF8.self) == #"{"kind":"work","name":"a"}"#)
    }

    @Test("has one spelling for equal parameters")
    func canonical() throws {
        let request = try TaskRequest(name: "a", kind: "k", encoding: ["b": "x/y", "a": "1"])
        #expect(String(decoding: request.parameters, as: UTF8.self) == #"{"a":"1","b":"x/y"}"#)
    }

    @Test("takes at least one slot and one attempt")
    func limits() {
        let request = TaskRequest(name: "a", kind: "k", slots: 0, memory: -1, disk: .min, maximumAttempts: -1)
        #expect(request.needs == Capacity(slots: 1, memory: 0, disk: 0))
        #expect(request.maximumAttempts == 1)
    }
}
