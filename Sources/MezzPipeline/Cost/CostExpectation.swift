/// What was known of a job's cost before it ran.
package struct CostExpectation: Sendable {
    /// Where a forecast comes from.
    package enum Basis: Sendable {
        case none
        /// Made when the job was submitted.
        case forecast(Forecast)
        /// To be made from these.
        case rates(CostRates)
    }

    package var basis: Basis
    package var price: SlotPrice?

    package init(_ basis: Basis = .none, price: SlotPrice? = nil) {
        self.basis = basis
        self.price = price
    }
}
