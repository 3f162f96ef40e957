extension Report {
    /// What the job took.
    package struct Cost: Hashable, Codable, Sendable {
        package let wallSeconds: Double
        package let cpuSeconds: Double
        /// Slots times the seconds that tasks held them: what is paid for. `nil` in reports of older versions.
        package let slotSeconds: Double?
        package let stages: [Stage]
        package let trialEncodes: Int
        /// Results that were taken from the store instead of being worked out again.
        package let reused: Int
        /// What each rung's encodes, joins, measurements and checks took, without trial encodes and packaging.
        package let rungs: [Rung]?
        /// `nil` where no price was given.
        package let price: Price?
        /// What was expected before; `nil` when nothing was forecast.
        package let forecast: Expected?

        package init(
            wallSeconds: Double, cpuSeconds: Double, slotSeconds: Double? = nil, stages: [Stage], trialEncodes: Int,
            reused: Int, rungs: [Rung]? = nil, price: Price? = nil, forecast: Expected? = nil
        ) {
            self.wallSeconds = wallSeconds.rounded(places: 2)
            self.cpuSeconds = cpuSeconds.rounded(places: 2)
            self.slotSeconds = slotSeconds?.rounded(places: 2)
            self.stages = stages
            self.trialEncodes = trialEncodes
            self.reused = reused
            self.rungs = rungs
            self.price = price
            self.forecast = forecast
        }

        private enum CodingKeys: String, CodingKey {
            case wallSeconds = "wall_seconds"
            case cpuSeconds = "cpu_seconds"
            case slotSeconds = "slot_seconds"
            case stages
            case trialEncodes = "trial_encodes"
            case reused
            case rungs
            case price
            case forecast
        }

        package func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(wallSeconds, forKey: .wallSeconds)
            try container.encode(cpuSeconds, forKey: .cpuSeconds)
            try container.encode(slotSeconds, forKey: .slotSeconds)
            try container.encode(stages, forKey: .stages)
            try container.encode(trialEncodes, forKey: .trialEncodes)
            try container.encode(reused, forKey: .reused)
            try container.encode(rungs, forKey: .rungs)
            try container.encode(price, forKey: .price)
            try container.encode(forecast, forKey: .forecast)
        }
    }

    /// One stage's share of the cost.
    package struct Stage: Hashable, Codable, Sendable {
        package let name: String
        package let tasks: Int
        package let cpuSeconds: Double
        /// Of all its tasks, added up: tasks that run side by side count each.
        package let wallSeconds: Double
        /// How many of its tasks were answered by a stored result.
        package let cached: Int
        /// Its slots times seconds. `nil` in reports of older versions.
        package let slotSeconds: Double?

        package init(
            name: String, tasks: Int, cpuSeconds: Double, wallSeconds: Double, cached: Int, slotSeconds: Double? = nil
        ) {
            self.name = name
            self.tasks = tasks
            self.cpuSeconds = cpuSeconds.rounded(places: 2)
            self.wallSeconds = wallSeconds.rounded(places: 2)
            self.cached = cached
            self.slotSeconds = slotSeconds?.rounded(places: 2)
        }

        private enum CodingKeys: String, CodingKey {
            case name
            case tasks
            case cpuSeconds = "cpu_seconds"
            case wallSeconds = "wall_seconds"
            case cached
            case slotSeconds = "slot_seconds"
        }

        package func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(name, forKey: .name)
            try container.encode(tasks, forKey: .tasks)
            try container.encode(cpuSeconds, forKey: .cpuSeconds)
            try container.encode(wallSeconds, forKey: .wallSeconds)
            try container.encode(cached, forKey: .cached)
            try container.encode(slotSeconds, forKey: .slotSeconds)
        }
    }
}

extension Report.Cost {
    /// One rung's share of the cost.
    package struct Rung: Hashable, Codable, Sendable {
        package let id: String
        package let cpuSeconds: Double
        package let slotSeconds: Double

        package init(id: String, cpuSeconds: Double, slotSeconds: Double) {
            self.id = id
            self.cpuSeconds = cpuSeconds.rounded(places: 2)
            self.slotSeconds = slotSeconds.rounded(places: 2)
        }

        private enum CodingKeys: String, CodingKey {
            case id
            case cpuSeconds = "cpu_seconds"
            case slotSeconds = "slot_seconds"
        }
    }

    /// The cost in money. What a stage or a rung costs is its slot seconds at the same price.
    package struct Price: Hashable, Codable, Sendable {
        package let perSlotHour: Double
        /// ISO 4217.
        package let currency: String
        /// Of the whole job.
        package let amount: Double

        package init(_ price: SlotPrice, slotSeconds: Double) {
            perSlotHour = price.perHour
            currency = price.currency
            amount = price.amount(slotSeconds: slotSeconds).rounded(places: 6)
        }

        private enum CodingKeys: String, CodingKey {
            case perSlotHour = "per_slot_hour"
            case currency
            case amount
        }
    }

    /// What was forecast, and how far it was off.
    package struct Expected: Hashable, Codable, Sendable {
        package let cpuSeconds: Double
        package let slotSeconds: Double
        /// How much more slot time the job took than was forecast; negative when it took less. `nil` when results came
        /// from the store, so that the two cannot be compared.
        package let errorPercent: Double?
        /// Earlier jobs that the forecast rests on; 0 means built-in rates, of another machine.
        package let jobs: Int

        package init(_ forecast: Forecast, slotSeconds: Double?) {
            cpuSeconds = forecast.cpuSeconds.rounded(places: 2)
            self.slotSeconds = forecast.slotSeconds.rounded(places: 2)
            jobs = forecast.jobs
            let expected = forecast.slotSeconds
            errorPercent = slotSeconds.flatMap {
                expected > 0 ? (100 * ($0 / expected - 1)).rounded(places: 1) : nil
            }
        }

        private enum CodingKeys: String, CodingKey {
            case cpuSeconds = "cpu_seconds"
            case slotSeconds = "slot_seconds"
            case errorPercent = "error_percent"
            case jobs
        }

        package func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(cpuSeconds, forKey: .cpuSeconds)
            try container.encode(slotSeconds, forKey: .slotSeconds)
            try container.encode(errorPercent, forKey: .errorPercent)
            try container.encode(jobs, forKey: .jobs)
        }
    }
}
