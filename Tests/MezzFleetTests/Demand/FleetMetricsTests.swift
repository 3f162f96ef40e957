import Foundation
import MezzFleet
import MezzTestKit
import MezzWorkflow
import Testing

@Suite("A fleet as metrics")
struct FleetMetricsTests {
    private static func worker(_ name: String, slots: Int, version: String, isDraining: Bool = false) -> WorkerRecord {
        WorkerRecord(
            worker: name, host: "host", version: version, capacity: Capacity(slots: slots), kinds: nil,
            isDraining: isDraining, started: Date(timeIntervalSince1970: 0))
    }

    private static let page = FleetMetrics(
        depths: [
            FleetDemandTests.depth("encode@1f2e3d4c", .urgent, ready: 2, width: 4, held: 5, running: 1, oldest: 12.5),
            FleetDemandTests.depth("probe", .backfill, ready: 7, oldest: 1e9),
        ],
        workers: [
            worker("a", slots: 4, version: "1.0 \"x\\y\nz"), worker("b", slots: 8, version: "2.0"),
            worker("c", slots: 16, version: "2.0", isDraining: true),
        ]
    ).text

    @Test("series carry class, kind, state and the toolset's stamp")
    func tasks() {
        let lines = Self.page.split(separator: "\n")
        #expect(
            lines.contains(
                #"mezz_queue_tasks{class="urgent",kind="encode",state="ready",toolset="1f2e3d4c"} 2"#))
        #expect(
            lines.contains(#"mezz_queue_tasks{class="urgent",kind="encode",state="held",toolset="1f2e3d4c"} 5"#))
        #expect(lines.contains(#"mezz_queue_tasks{class="backfill",kind="probe",state="ready"} 7"#))
    }

    @Test("every class has its slots and its age, also with nothing to do")
    func classes() {
        let lines = Self.page.split(separator: "\n")
        #expect(lines.contains(#"mezz_queue_needed_slots{class="urgent"} 12"#))
        #expect(lines.contains(#"mezz_queue_needed_slots{class="standard"} 0"#))
        #expect(lines.contains(#"mezz_queue_oldest_seconds{class="urgent"} 12.5"#))
        #expect(lines.contains(#"mezz_queue_oldest_seconds{class="standard"} 0"#))
    }

    @Test("workers that leave are told apart, and their slots are not counted")
    func workers() {
        let lines = Self.page.split(separator: "\n")
        #expect(lines.contains(#"mezz_workers{state="active",version="2.0"} 1"#))
        #expect(lines.contains(#"mezz_workers{state="draining",version="2.0"} 1"#))
        #expect(lines.contains("mezz_worker_slots 12"))
    }

    @Test("quotes, backslashes and line ends in labels are escaped")
    func escaping() {
        #expect(Self.page.contains(#"mezz_workers{state="active",version="1.0 \"x\\y\nz"} 1"#))
    }

    @Test("each metric is described once, before its samples")
    func descriptions() {
        let lines = Self.page.split(separator: "\n")
        for name in [
            "mezz_queue_tasks", "mezz_queue_needed_slots", "mezz_queue_oldest_seconds", "mezz_workers",
            "mezz_worker_slots",
        ] {
            let own = lines.filter { line in
                line.hasPrefix("# HELP \(name) ") || line.hasPrefix("# TYPE \(name) ") || line.hasPrefix("\(name){")
                    || line.hasPrefix("\(name) ")
            }
            #expect(own.count >= 3)
            #expect(own.first?.hasPrefix("# HELP") == true && own.dropFirst().first == "# TYPE \(name) gauge")
            #expect(own.count { $0.hasPrefix("#") } == 2)
        }
    }

    @Test("no queue and no workers are a page as well")
    func empty() {
        let text = FleetMetrics(depths: [], workers: []).text
        #expect(text.contains("mezz_workers{state=\"active\"} 0\n"))
        #expect(text.contains("mezz_worker_slots 0\n"))
        #expect(text.hasSuffix("\n") && !text.contains("\n\n"))
    }

    @Test(
        "Prometheus' own checker has nothing to say",
        .enabled(
            if: ServerProcess.program("promtool") != nil,
            "no promtool here (apt-get install prometheus), so not checked"),
        arguments: [page, FleetMetrics(depths: [], workers: []).text])
    func promtool(_ text: String) async throws {
        try await TestFolder.with { folder in
            let path = try folder.write(Data(text.utf8), to: "page")
            let promtool = try #require(ServerProcess.program("promtool"))
            let check = try Child("/bin/sh", ["-c", "exec \"$0\" check metrics <\"$1\"", promtool, path], in: folder)
            let end = try await check.end(within: 60)
            #expect(end.status == 0 && end.text.isEmpty && end.errorText.isEmpty, "\(end.text)\(end.errorText)")
        }
    }
}
