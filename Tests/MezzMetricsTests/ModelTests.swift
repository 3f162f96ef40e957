import Foundation
import MezzCore
import MezzMetrics
import MezzPixels
import MezzTestKit
import Testing

@Suite("Models")
struct ModelTests {
    @Test("every published name of the pipeline is a model, and the other way round")
    func names() throws {
        #expect(Set(MetricModel.allCases.map(\.rawValue)) == Set(Model.knownNames))
        for model in MetricModel.allCases { #expect(try Model(model).name == model.rawValue) }
    }

    @Test(
        "an unknown name is refused with the known ones",
        arguments: [
            "", "vmaf", "vmaf_v0.6.2", "vmaf_4k_v0.6.1:phone", "vmaf_v1.0.16_3d0h:phone", ":phone", "\u{1b}[2J",
        ])
    func unknown(_ name: String) {
        let failure = #expect(throws: Failure.self) { try Model(named: name) }
        #expect(failure?.status == .usage)
        #expect(
            failure?.remedy.contains("vmaf_v0.6.1:phone") == true && failure?.description.contains("\u{1b}") == false)
    }

    @Test("identical pictures score as libvmaf has it")
    func perfect() throws {
        let model = try Model(named: "vmaf_v0.6.1")
        #expect(abs(model.values([1, 0, 1, 1, 1, 1])[0] - 97.42843) < 0.1)
        #expect(try Model(named: "vmaf_v0.6.1:phone").values([1, 0, 1, 1, 1, 1]) == [100])
    }

    @Test("the collection's names and values match, its interval holds its mean")
    func collection() throws {
        let model = try Model(named: "vmaf_b_v0.6.3")
        let values = model.values([0.93, 3, 0.4, 0.8, 0.87, 0.91])
        #expect(values.count == 25 && model.scoreNames.count == 25)
        #expect(model.scoreNames[1] == "vmaf_b_v0.6.3_0001" && model.scoreNames[24] == "vmaf_b_v0.6.3_ci_p95_hi")
        let (bagging, deviation, low, high) = (values[21], values[22], values[23], values[24])
        #expect(low < bagging && bagging < high && deviation > 0)
        #expect(abs(values[1...20].reduce(0, +) / 20 - bagging) < 1e-9)
    }

    @Test("colour that cannot be measured does not count as colour without fault")
    func chromaCorrection() throws {
        let model = try Model(named: "vmaf_v1.0.16_3d0h")
        let worse = model.values([0, 0, 0.9, 1])[0]
        let better = model.values([0, 1e-3, 0.9, 1])[0]
        #expect(worse < better)
    }

    /// scripts/make-models must give the committed file from libvmaf's model files.
    @Test("the models in the source are those of libvmaf's files")
    func generated() async throws {
        let folder = GoldenTable.folder + "/models"
        guard FileManager.default.fileExists(atPath: folder + "/vmaf_v0.6.1.json") else {
            print("no model files in \(folder): the generated models are not compared with them")
            return
        }
        try await TestFolder.with { work in
            let end = try await Child(
                "/usr/bin/env",
                ["python3", TestTools.root + "/scripts/make-models", folder, work("ModelData.swift")], in: work
            ).end(within: 60)
            try #require(end.status == 0, "\(end.errorText)")
            let committed = TestTools.root + "/Sources/MezzMetrics/Models/ModelData.swift"
            #expect(try work.text("ModelData.swift") == String(contentsOfFile: committed, encoding: .utf8))
        }
    }

    /// Beside the script: numbers as a JSON reader of another kind sees them.
    @Test("slopes, clips and support vectors are the files'", arguments: Model.knownNames)
    func files(_ name: String) throws {
        let folder = GoldenTable.folder + "/models"
        let base = name.replacing(":phone", with: "")
        let paths = ["", "v1.0.16/", "v1.0.16_hfr/"].map { "\(folder)/\($0)\(base).json" }
        guard let path = paths.first(where: FileManager.default.fileExists) else {
            print("no model file of \(base): not compared with it")
            return
        }
        let model = try Model(named: name)
        let file = try ModelFile(path)
        // Far from all support vectors but one, the score is that vector's alone.
        for sample in file.vectors.prefix(5) {
            let features = zip(sample, zip(file.slopes.dropFirst(), file.intercepts.dropFirst())).map {
                ($0 - $1.1) / $1.0
            }
            #expect(abs(model.values(features)[0] - file.score(features, isPhone: name.hasSuffix(":phone"))) < 1e-9)
        }
    }
}
