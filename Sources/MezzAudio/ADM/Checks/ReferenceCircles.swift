/// Finds the elements of a graph from which a path leads back to them, in time linear in its size and without recursion.
struct ReferenceCircles {
    /// One id of each circle that was met, sorted.
    let found: [String]

    private enum Mark { case open, done }

    init(_ references: [String: [String]]) {
        var marks: [String: Mark] = [:]
        var found: Set<String> = []
        for start in references.keys.sorted() where marks[start] == nil {
            var path: [(id: String, next: Int)] = [(start, 0)]
            marks[start] = .open
            while let (id, next) = path.last {
                let targets = references[id] ?? []
                guard next < targets.count else {
                    marks[id] = .done
                    path.removeLast()
                    continue
                }
                path[path.count - 1].next += 1
                switch marks[targets[next]] {
                case .open: found.insert(targets[next])
                case .done: break
                case nil:
                    marks[targets[next]] = .open
                    path.append((targets[next], 0))
                }
            }
        }
        self.found = found.sorted()
    }
}
