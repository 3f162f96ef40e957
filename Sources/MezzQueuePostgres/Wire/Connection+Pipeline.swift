internal import CLibPQ

extension Connection {
    /// Runs statements in one round trip and one transaction, each on its own snapshot: all or none (PostgreSQL
    /// manual, "Pipeline Mode").
    func pipeline(_ steps: [(statement: Statement, parameters: [Parameter])]) throws -> [Rows] {
        for step in steps { try prepare(step.statement) }
        let name = steps.map(\.statement.name).joined(separator: "+")
        try observe(.sending, name)
        guard PQenterPipelineMode(handle) == 1 else { throw lastFault() }
        defer { PQexitPipelineMode(handle) }
        for step in steps where try !send(step.statement, step.parameters) { throw lastFault() }
        guard PQpipelineSync(handle) == 1 else { throw lastFault() }
        try observe(.sent, name)
        let results = steps.map { _ in nextResult() }
        let end = PQgetResult(handle)
        defer { PQclear(end) }
        try observe(.answered, name)
        let rows = try results.map(self.rows)
        guard PQresultStatus(end) == PGRES_PIPELINE_SYNC else { throw lastFault() }
        return rows
    }

    /// A statement's result; libpq marks its end with a null.
    private func nextResult() -> OpaquePointer? {
        guard let result = PQgetResult(handle) else { return nil }
        while let further = PQgetResult(handle) { PQclear(further) }
        return result
    }
}
