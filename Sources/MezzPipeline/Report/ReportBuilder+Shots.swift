import MezzCore

extension ReportBuilder {
    func shots(_ index: IndexStage.Output, _ plan: TitlePlan, _ rate: Rational) -> [Report.Shot] {
        let standIns = standIns(plan)
        return zip(index.shots, index.complexity).map { shot, complexity in
            Report.Shot(
                shot, frameRate: rate,
                complexity: .init(
                    spatial: complexity.spatial, temporal: complexity.temporal, grain: complexity.grain),
                standIn: standIns[shot.index])
        }
    }

    /// By shot: the first of the unit whose trial encodes stand for it. Shots that were tried are left out.
    private func standIns(_ plan: TitlePlan) -> [Int: Int] {
        var result: [Int: Int] = [:]
        for (unit, tried) in zip(plan.units, plan.digest.standIns) where unit.index != tried {
            for shot in unit.shots { result[shot] = plan.units[tried].shots.first }
        }
        return result
    }
}
