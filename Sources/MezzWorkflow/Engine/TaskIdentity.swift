internal import FoundationEssentials
package import MezzCore

/// Recognises work that was done before, in this job or another.
package enum TaskIdentity {
    /// The hash of everything that decides a task's result: its kind, its handler's version, its parameters and what
    /// its inputs hold. Its name, slots and priority do not.
    package static func hash(of task: LeasedTask, handlerVersion: String) -> ContentHash {
        var fields = Fields()
        fields.add(Data("mezz task 1".utf8))
        fields.add(Data(task.request.kind.utf8))
        fields.add(Data(handlerVersion.utf8))
        fields.add(task.request.parameters)
        for input in task.inputs {
            fields.add(input.output)
            fields.add(Data(String(input.artifacts.count).utf8))
            for artifact in input.artifacts {
                fields.add(Data(artifact.name.utf8))
                fields.add(Data(artifact.hash.hex.utf8))
            }
        }
        return fields.finish()
    }

    /// Length before content, so that no two lists of fields give the same bytes.
    private struct Fields: ~Copyable {
        private var hash = ContentHash.Incremental()

        mutating func add(_ field: Data) {
            withUnsafeBytes(of: UInt64(field.count).littleEndian) { hash.update($0) }
            hash.update(field)
        }

        consuming func finish() -> ContentHash { hash.finish() }
    }
}
