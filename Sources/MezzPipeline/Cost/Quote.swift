package import MezzCore

/// What a job is said to cost before it is submitted; it goes with the job, to be compared with what it did cost.
package struct Quote: Codable, Hashable, Sendable {
    package let forecast: Forecast
    package let price: SlotPrice?
    /// In the price's currency.
    package let amount: Double?
    /// How long so many slots take when nothing else runs there; `nil` where their number is not known.
    package let wallSeconds: Double?

    package init(_ forecast: Forecast, price: SlotPrice?, slots: Int? = nil) {
        self.forecast = forecast
        self.price = price
        amount = price.map { $0.amount(slotSeconds: forecast.slotSeconds).rounded(places: 6) }
        wallSeconds = slots.map { forecast.wallSeconds(slots: $0).rounded(places: 1) }
    }

    private enum CodingKeys: String, CodingKey {
        case forecast
        case price
        case amount
        case wallSeconds = "wall_seconds"
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(forecast, forKey: .forecast)
        try container.encode(price, forKey: .price)
        try container.encode(amount, forKey: .amount)
        try container.encode(wallSeconds, forKey: .wallSeconds)
    }

    /// For a person.
    package var text: String {
        var lines = ["forecast  \(forecast.text)"]
        if let wallSeconds { lines.append("          ready after about \(Figures.span(wallSeconds)) here") }
        if let price, let amount {
            lines.append("cost      \(price.text(amount)) at \(price.text(price.perHour)) a slot and hour")
        }
        return lines.joined(separator: "\n")
    }
}

/// What quotes are made from.
package struct Quoting: Sendable {
    let rates: CostRates
    let price: SlotPrice?
    let slots: Int?

    /// - Parameter slots: How many there are, where that is known.
    package init(rates: CostRates = CostRates(), price: SlotPrice? = nil, slots: Int? = nil) {
        self.rates = rates
        self.price = price
        self.slots = slots
    }

    package func quote(_ spec: JobSpec, _ source: SourceInfo) -> Quote {
        Quote(Forecast(spec: spec, source: source, rates: rates), price: price, slots: slots)
    }
}
