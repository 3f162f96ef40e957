/// The models that mezz carries, read from their text when one is first asked for.
enum ModelCatalog {
    private static let text = ModelText(ModelData.text.description)

    /// Published names in the order of the text; `:phone` variants are not among them.
    static var names: [String] { text.records.map(\.name) }

    static func record(_ name: String) -> ModelText.Record? { text.records.first { $0.name == name } }

    static func regression(of record: ModelText.Record) -> Regression {
        let machines = record.machines.map { text.machines[$0] }
        return Regression(machines, pool: text.pools[machines[0].pool])
    }
}
