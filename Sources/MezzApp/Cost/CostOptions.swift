import ArgumentParser
import Foundation
import MezzCore
import MezzPipeline

/// What a slot costs.
struct PriceOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "What a slot of a worker costs an hour; reports and forecasts then tell amounts. (default: MEZZ_SLOT_PRICE)",
            valueName: "amount"))
    var slotPrice: Double?

    @Option(
        help: ArgumentHelp(
            "The price's currency, by ISO 4217. (default: MEZZ_CURRENCY, or USD)", valueName: "code"))
    var currency: String?

    /// - Returns: `nil` when no price was given.
    func price() throws(Failure) -> SlotPrice? {
        let environment = ProcessInfo.processInfo.environment
        let usual = try Self.amount(environment["MEZZ_SLOT_PRICE"])
        guard let amount = slotPrice ?? usual else { return nil }
        return try SlotPrice(perHour: amount, currency: currency ?? environment["MEZZ_CURRENCY"] ?? "USD")
    }

    private static func amount(_ text: String?) throws(Failure) -> Double? {
        guard let text, !text.isEmpty else { return nil }
        if let amount = Double(text) { return amount }
        throw Failure(
            .usage, what: "MEZZ_SLOT_PRICE is no number", place: text.printable,
            remedy: "set it to what a slot costs an hour, such as 0.04")
    }
}
