/// Builds a page in Prometheus' text exposition format, version 0.0.4:
/// https://prometheus.io/docs/instrumenting/exposition_formats/
struct MetricsText {
    private(set) var text = ""

    /// Begins a gauge. Its samples must follow before the next one begins.
    mutating func gauge(_ name: String, help: String) {
        let safe = help.replacing("\\", with: "\\\\").replacing("\n", with: "\\n")
        text += "# HELP \(name) \(safe)\n# TYPE \(name) gauge\n"
    }

    /// - Parameter labels: In the order in which they are written; one with an empty value is left out, which means
    ///   the same.
    mutating func sample(_ name: String, _ labels: [(name: String, value: String)] = [], _ value: Double) {
        let written = labels.filter { !$0.value.isEmpty }.map { "\($0.name)=\"\(Self.escaped($0.value))\"" }
        let set = written.isEmpty ? "" : "{\(written.joined(separator: ","))}"
        text += "\(name)\(set) \(Self.number(value))\n"
    }

    private static func escaped(_ value: String) -> String {
        value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }

    private static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        return Int(exactly: value).map(String.init) ?? "\(value)"
    }
}
