import MezzCore
internal import Yams

extension CodecProfile {
    private static let keys: Set<String> = [
        "preset", "profile", "profiles", "bit_depth", "dynamic_range", "tier", "level", "rate_control", "vbv",
        "options",
    ]

    init(_ codec: CodecFamily, _ node: Node) throws(ProfileError) {
        let part = try ProfileMapping(node, of: codec.rawValue, keys: Self.keys)
        let driver = EncoderCatalog.driver(for: codec)
        self.init(codec, rows: try Self.rows(codec, part))
        if let name = try part.text("preset") {
            guard let known = driver.preset(named: name) else {
                throw ProfileError(
                    line: part.line(of: "preset"),
                    what:
                        "\(driver.encoderName) has no preset “\(name)”; it has \(driver.presets.joined(separator: ", "))"
                )
            }
            preset = known
        }
        if let depth = try part.text("bit_depth"), depth != "source" {
            guard let bits = Int(depth), [8, 10].contains(bits) else {
                throw ProfileError(line: part.line(of: "bit_depth"), what: "bit_depth takes source, 8 or 10")
            }
            bitDepth = bits
        }
        dynamicRange = try part.choice("dynamic_range", of: DynamicRange.self) ?? .source
        tier = try part.choice("tier", of: Tier.self) ?? .main
        maximumLevel = try Self.level(codec, part)
        rateControl = try part.choice("rate_control", of: RateControl.self) ?? .crf
        rate = try RateRule(part)
        options = try Self.options(driver, part)
        try check(driver, part)
    }

    /// What its parts say against each other.
    private func check(_ driver: any EncoderDriver, _ part: ProfileMapping) throws(ProfileError) {
        if rateControl == .twoPass, !driver.hasTwoPasses {
            throw ProfileError(
                line: part.line(of: "rate_control"),
                what: "\(driver.encoderName) has one pass only: use rate_control: crf")
        }
        if tier == .high, codec != .hevc {
            throw ProfileError(
                line: part.line(of: "tier"), what: "AVC has no tiers, and SVT-AV1 writes the Main tier alone")
        }
        if let bitDepth, let row = rows.first(where: { $0.profile.maximumBitDepth(codec) < bitDepth }) {
            throw ProfileError(
                line: part.line(of: "bit_depth"),
                what: "the profile \(row.profile.rawValue) carries \(row.profile.maximumBitDepth(codec)) bit at most")
        }
        if codec == .av1, bitDepth == 8 {
            throw ProfileError(line: part.line(of: "bit_depth"), what: "AV1 is always encoded with 10 bit")
        }
    }

    private static func rows(_ codec: CodecFamily, _ part: ProfileMapping) throws(ProfileError) -> [Row] {
        if part["profile"] != nil, part["profiles"] != nil {
            throw ProfileError(line: part.line(of: "profiles"), what: "profile and profiles exclude each other")
        }
        guard let list = part["profiles"] else { return [Row(try profile("profile", codec, part))] }
        guard let nodes = list.sequence, !nodes.isEmpty else {
            throw ProfileError(line: part.line(of: "profiles"), what: "profiles must be a list")
        }
        var rows: [Row] = []
        for node in nodes {
            let entry = try ProfileMapping(node, of: "an entry of profiles", keys: ["up_to", "profile"])
            let upTo = try entry.number("up_to", in: 64...8192).map { Int($0) }
            if let last = rows.last {
                guard let before = last.upTo, upTo ?? .max > before else {
                    throw ProfileError(
                        line: entry.line, what: "heights must rise, and only the last entry has no up_to")
                }
            }
            rows.append(Row(upTo: upTo, try profile("profile", codec, entry)))
        }
        guard rows.last?.upTo == nil else {
            throw ProfileError(line: part.line(of: "profiles"), what: "the last entry must hold for all heights above")
        }
        return rows
    }

    private static func profile(
        _ key: String, _ codec: CodecFamily, _ part: ProfileMapping
    ) throws(ProfileError) -> BitstreamProfile {
        let known = BitstreamProfile.all(of: codec)
        guard let text = try part.text(key) else { return known.last ?? .main }
        guard let profile = BitstreamProfile(rawValue: text), known.contains(profile) else {
            let names = known.map(\.rawValue).joined(separator: ", ")
            throw ProfileError(line: part.line(of: key), what: "\(key) of \(codec.rawValue) takes \(names)")
        }
        return profile
    }

    private static func level(_ codec: CodecFamily, _ part: ProfileMapping) throws(ProfileError) -> String? {
        guard var level = try part.text("level") else { return nil }
        if !level.contains(".") { level += ".0" }
        guard Levels.names(codec).contains(level) else {
            let names = Levels.names(codec).joined(separator: ", ")
            throw ProfileError(line: part.line(of: "level"), what: "\(codec.rawValue) has the levels \(names)")
        }
        return level
    }

    private static func options(
        _ driver: any EncoderDriver, _ part: ProfileMapping
    ) throws(ProfileError) -> [String: String] {
        guard let node = part["options"] else { return [:] }
        let mapping = try ProfileMapping(node, of: "options of \(driver.encoderName)", keys: driver.freeOptions)
        var options: [String: String] = [:]
        for key in mapping.keys {
            guard let value = try mapping.text(key), value.utf8.count <= 40, value.utf8.allSatisfy(isPlain) else {
                throw ProfileError(
                    line: mapping.line(of: key), what: "\(key) takes letters, digits and . , : + - only")
            }
            options[key] = value
        }
        return options
    }

    /// What cannot end an option or begin another.
    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: ".,:+-".utf8.contains(byte)
        }
    }

    var node: Node {
        var pairs: [(Node, Node)] = []
        func add(_ key: String, _ value: String) { pairs.append((Node(key), Node(value))) }
        if let preset { add("preset", preset) }
        if rows.count == 1 {
            add("profile", rows[0].profile.rawValue)
        } else {
            pairs.append(("profiles", Node(rows.map(\.node))))
        }
        if let bitDepth { add("bit_depth", String(bitDepth)) }
        add("dynamic_range", dynamicRange.rawValue)
        if tier != .main { add("tier", tier.rawValue) }
        if let maximumLevel { add("level", maximumLevel) }
        add("rate_control", rateControl.rawValue)
        pairs.append(("vbv", rate.node))
        if !options.isEmpty {
            pairs.append(("options", Node(options.sorted { $0.key < $1.key }.map { (Node($0.key), Node($0.value)) })))
        }
        return Node(pairs)
    }
}

extension CodecProfile.Row {
    fileprivate var node: Node {
        Node((upTo.map { [(Node("up_to"), Node(String($0)))] } ?? []) + [(Node("profile"), Node(profile.rawValue))])
    }
}

extension RateRule {
    fileprivate init(_ part: ProfileMapping) throws(ProfileError) {
        self = .roomy
        guard let node = part["vbv"] else { return }
        let mapping = try ProfileMapping(node, of: "vbv", keys: ["max_rate", "buffer", "follows_hardest_shot"])
        // Limits that are given hold, unless the file says that they give way.
        followsHardestShot = false
        if let value = try mapping.number("max_rate", in: Self.maximumRange) { maximum = value }
        if let value = try mapping.number("buffer", in: Self.bufferRange) { buffer = value }
        if let text = try mapping.text("follows_hardest_shot") {
            guard let value = Bool(text) else {
                throw ProfileError(
                    line: mapping.line(of: "follows_hardest_shot"), what: "follows_hardest_shot takes true or false")
            }
            followsHardestShot = value
        }
    }

    fileprivate var node: Node {
        let pairs: [(Node, Node)] = [
            (Node("max_rate"), Node(ProfileNumber.text(maximum))), (Node("buffer"), Node(ProfileNumber.text(buffer))),
            (Node("follows_hardest_shot"), Node(String(followsHardestShot))),
        ]
        return Node(pairs)
    }
}
