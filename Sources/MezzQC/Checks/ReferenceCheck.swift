import MezzCore
import MezzFormats

/// Every file and byte range that a manifest names is there, and inside the package.
enum ReferenceCheck {
    static func findings(_ resources: [NamedResource], in folder: String) -> [Finding] {
        var sizes: [String: Int?] = [:]
        var findings: [Finding] = []
        var reported: Set<String> = []
        for resource in resources {
            guard let path = resource.path else {
                guard reported.insert(resource.manifest + resource.written).inserted else { continue }
                findings.append(PackageManifests.escape(resource.written, resource.manifest))
                continue
            }
            let size = sizes[path] ?? (try? FileBytes(folder + "/" + path))?.count
            sizes[path] = .some(size)
            if let message = problem(resource, path, size), reported.insert(resource.manifest + path).inserted {
                let rule: PackageRule = size == nil ? .fileMissing : .fileRange
                findings.append(rule.finding(message.printable))
            }
        }
        return findings
    }

    private static func problem(_ resource: NamedResource, _ path: String, _ size: Int?) -> String? {
        guard let size else { return "\(resource.manifest) names \(path), which is not there" }
        guard let bytes = resource.bytes, bytes.upperBound > size || bytes.isEmpty else { return nil }
        return "\(resource.manifest) names bytes \(bytes.lowerBound)-\(bytes.upperBound) of \(path), which has \(size)"
    }
}
