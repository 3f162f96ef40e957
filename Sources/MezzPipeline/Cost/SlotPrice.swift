package import MezzCore

/// What a slot of a worker costs an hour.
package struct SlotPrice: Codable, Hashable, Sendable {
    /// Of the currency's units; zero or more.
    package let perHour: Double
    /// Three capital letters of ISO 4217.
    package let currency: String

    /// - Throws: `Failure` (`usage`) when the amount is no price or the currency no code.
    package init(perHour: Double, currency: String) throws(Failure) {
        guard perHour.isFinite, (0...1_000_000).contains(perHour) else {
            throw Failure(
                .usage, what: "the price of a slot is not between 0 and 1,000,000", place: "\(perHour)",
                remedy: "give what one processor costs an hour, such as 0.04")
        }
        guard currency.utf8.count == 3, currency.utf8.allSatisfy({ (65...90).contains($0) }) else {
            throw Failure(
                .usage, what: "the currency is no code of ISO 4217", place: currency.printable,
                remedy: "give three capital letters, such as EUR")
        }
        self.perHour = perHour
        self.currency = currency
    }

    /// What so many seconds of one slot cost.
    package func amount(slotSeconds: Double) -> Double { slotSeconds / 3600 * perHour }

    /// An amount for a person: cents, and more places where cents would say nothing.
    package func text(_ amount: Double) -> String {
        "\(Figures.fixed(amount, amount != 0 && abs(amount) < 1 ? 4 : 2)) \(currency)"
    }

    private enum CodingKeys: String, CodingKey {
        case perHour = "per_slot_hour"
        case currency
    }
}
