import Foundation

/// HDR10+ files made for tests; each frame's average tells its number.
package struct HDR10PlusSample {
    package var frames = 20
    /// Frames at which scenes begin.
    package var scenes = [0, 7]
    package var hasCurves = true
    package var hasSummary = true
    /// Number of the first frame.
    package var first = 0

    package init(
        frames: Int = 20, scenes: [Int] = [0, 7], hasCurves: Bool = true, hasSummary: Bool = true, first: Int = 0
    ) {
        self.frames = frames
        self.scenes = scenes
        self.hasCurves = hasCurves
        self.hasSummary = hasSummary
        self.first = first
    }

    package static func average(_ frame: Int) -> Int { 1000 + frame }

    package func frame(_ number: Int) -> [String: Any] {
        let scene = scenes.lastIndex { $0 <= number } ?? 0
        var frame: [String: Any] = [
            "LuminanceParameters": [
                "AverageRGB": Self.average(number), "MaxScl": [17_830, 16_895, 14_252],
                "LuminanceDistributions": [
                    "DistributionIndex": [1, 5, 10, 25, 50, 75, 90, 95, 99],
                    "DistributionValues": [3, 14_024, 43, 56, 219, 1036, 2714, 4668, 14_445],
                ],
            ] as [String: Any],
            "NumberOfWindows": 1, "TargetedSystemDisplayMaximumLuminance": hasCurves ? 400 : 0,
            "SceneFrameIndex": number - scenes[scene], "SceneId": scene, "SequenceFrameIndex": first + number,
        ]
        if hasCurves {
            frame["BezierCurveData"] = [
                "Anchors": [265, 666, 741, 800, 848, 887, 920, 945, 957], "KneePointX": 17, "KneePointY": 64,
            ]
        }
        return frame
    }

    package var document: [String: Any] {
        var document: [String: Any] = [
            "JSONInfo": ["HDR10plusProfile": hasCurves ? "B" : "A", "Version": "1.0"],
            "SceneInfo": (0..<frames).map(frame), "ToolInfo": ["Tool": "a \"tool\" [of] {tests}", "Version": "1"],
        ]
        if hasSummary {
            let ends = scenes.dropFirst() + [frames]
            document["SceneInfoSummary"] = [
                "SceneFirstFrameIndex": scenes, "SceneFrameNumbers": zip(scenes, ends).map { $1 - $0 },
            ]
        }
        return document
    }

    /// Writes the file and returns its path.
    package func write(_ folder: TestFolder, _ change: (inout [String: Any]) -> Void = { _ in }) throws -> String {
        var document = document
        change(&document)
        let options: JSONSerialization.WritingOptions = frames % 2 == 0 ? [.sortedKeys] : [.sortedKeys, .prettyPrinted]
        return try folder.write(try JSONSerialization.data(withJSONObject: document, options: options), to: "in.json")
    }
}
