extension TitleProfile {
    /// A film in 1080p with AVC and AV1 ladders of nine rungs, per shot, 13 shots a minute. The times are those that a job
    /// took on two hardware threads of a server of 2021 (720p, 30 shots a minute; `Benchmarks/ladder`, title `mixed720`), scaled by
    /// pixels and by the length of shots. Simulate with reports of your own to learn about your own titles.
    package static let film = TitleProfile(
        index: 11, probe: Stage(perMinute: 26, seconds: 51), encode: Stage(perMinute: 26, seconds: 30),
        measure: Stage(perMinute: 15, seconds: 43), audio: 2, rungs: 9, assemble: 0.3, package: 3, verify: 5)
}
