/// Style sheet and marks of the page.
enum PageStyle {
    /// How many different colours and marks there are for picture sizes.
    static let markCount = 8

    /// Drawn once, used everywhere: m0…m7 for picture sizes, t-… for transitions.
    static let marks = Markup(
        verbatim: """
            <svg width="0" height="0" style="position:absolute" aria-hidden="true"><defs>
            <circle id="m0" r="4"/><rect id="m1" x="-3.7" y="-3.7" width="7.4" height="7.4"/>
            <path id="m2" d="M0-4.8L4.6 3.6H-4.6Z"/><path id="m3" d="M0-5.2L5.2 0L0 5.2L-5.2 0Z"/>
            <path id="m4" d="M0 4.8L4.6-3.6H-4.6Z"/>
            <path id="m5" d="M-1.7-4.6H1.7V-1.7H4.6V1.7H1.7V4.6H-1.7V1.7H-4.6V-1.7H-1.7Z"/>
            <path id="m6" d="M0-5L4.8-1.5L2.9 4H-2.9L-4.8-1.5Z"/>
            <path id="m7" d="M-2.2-4.6H2.2L5 0L2.2 4.6H-2.2L-5 0Z"/>
            <path id="t-start" d="M-3-4.5L4 0L-3 4.5Z"/><path id="t-cut" d="M-1-5H1V5H-1Z"/>
            <path id="t-dissolve" d="M-5-4L0 0L-5 4ZM5-4L0 0L5 4Z"/><path id="t-fade" d="M-5 4L5-4V4Z"/>\
            <path id="t-wipe" d="M-5-4H0V4H-5ZM3-4H4V4H3Z"/>
            </defs></svg>
            """)

    static let sheet = Markup(verbatim: [colors, base, header, tables, strip, charts, small].joined(separator: "\n"))

    private static let dark = """
        --bg:#14171b;--panel:#1b1f25;--fg:#e6e8eb;--soft:#a3abb5;--line:#2e343c;--grid:#2a3037;--link:#8db8f2;\
        --ok:#6fcf97;--bad:#ff8a80;--warn:#f2c14e;--okbg:#173324;--badbg:#41201e;--warnbg:#3a2f14;\
        --c0:#6ea8f5;--c1:#f0975a;--c2:#62c48c;--c3:#c397f0;--c4:#f2819a;--c5:#4fc4cf;--c6:#cfae6d;--c7:#a8b2be;\
        --lo:#3f78c4;--hi:#b5652a;--mix:78%
        """

    private static let colors = """
        :root{color-scheme:light dark;--bg:#fff;--panel:#f6f7f9;--fg:#1a1d21;--soft:#5b6470;--line:#d9dde2;
          --grid:#e8ebee;--link:#1f5fae;--ok:#14703c;--bad:#b3261e;--warn:#7d5700;--okbg:#e2f3e8;--badbg:#fbe6e4;
          --warnbg:#fbf0d4;--c0:#1f62b0;--c1:#bf5410;--c2:#22794a;--c3:#7748b4;--c4:#b52c56;--c5:#0b7480;--c6:#7d5f1f;
          --c7:#59636f;--lo:#5b93d6;--hi:#e0924f;--mix:70%}
        @media (prefers-color-scheme:dark){
          :root{\(dark)}
        }
        .c0{--c:var(--c0)}
        .c1{--c:var(--c1)}
        .c2{--c:var(--c2)}
        .c3{--c:var(--c3)}
        .c4{--c:var(--c4)}
        .c5{--c:var(--c5)}
        .c6{--c:var(--c6)}
        .c7{--c:var(--c7)}
        """

    private static let base = """
        *{box-sizing:border-box}
        html{scroll-behavior:smooth;-webkit-text-size-adjust:100%}
        body{margin:0;background:var(--bg);color:var(--fg);font:14px/1.5 -apple-system,BlinkMacSystemFont,"Segoe UI",
          Inter,Roboto,"Noto Sans","Helvetica Neue",Arial,"Liberation Sans",sans-serif;
          font-variant-numeric:tabular-nums}
        main{max-width:1360px;margin:0 auto;padding:28px 32px 48px}
        section{margin-top:44px;scroll-margin-top:12px}
        h1{font-size:24px;line-height:1.25;font-weight:650;margin:0;overflow-wrap:anywhere}
        h2{font-size:17px;font-weight:650;margin:0 0 2px}
        a{color:var(--link)}
        small,.note,.sub,.legend,footer{color:var(--soft)}
        small{font-size:12px}
        .note{margin:0 0 12px;max-width:112ch}
        .sub{margin:4px 0 18px}
        code{font:12.5px/1.4 ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono","Liberation Mono",
          monospace}
        .hash{overflow-wrap:anywhere}
        footer{margin-top:48px;border-top:1px solid var(--line);padding-top:12px;font-size:12px}
        .yes{color:var(--ok)}
        .no{color:var(--bad);font-weight:600}
        .none{color:var(--soft)}
        .yes,.no{white-space:nowrap}
        summary{cursor:pointer;font-weight:600;padding:4px 0}
        :focus-visible{outline:2px solid var(--link);outline-offset:2px}
        .mark{width:11px;height:11px;margin-right:6px;fill:var(--c,currentColor);vertical-align:-1px;flex:none}
        """

    private static let header = """
        .head{display:flex;flex-wrap:wrap;gap:8px 20px;align-items:center;justify-content:space-between}
        .verdict{display:flex;gap:12px;align-items:center}
        .badge{display:inline-block;padding:3px 14px;border-radius:999px;font-weight:650;font-size:15px}
        .badge.ok{color:var(--ok);background:var(--okbg)}
        .badge.bad{color:var(--bad);background:var(--badbg)}
        .tiles{display:flex;flex-wrap:wrap;gap:1px;background:var(--line);
          border:1px solid var(--line);border-radius:8px;overflow:hidden}
        .tile{flex:1 1 165px;background:var(--bg);padding:12px 16px;min-width:0}
        .tile span{display:block;color:var(--soft);font-size:12px}
        .tile strong{display:block;font-size:21px;font-weight:600;line-height:1.35}
        .facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,400px),1fr));gap:4px 40px;
          margin:18px 0}
        .facts div:last-child{grid-column:1/-1}
        .facts div{display:grid;grid-template-columns:90px 1fr;gap:12px}
        dt{color:var(--soft)}
        dd{margin:0;min-width:0;overflow-wrap:anywhere}
        nav{display:flex;flex-wrap:wrap;gap:4px 20px;border-top:1px solid var(--line);
          border-bottom:1px solid var(--line);padding:8px 0}
        nav a{text-decoration:none}
        nav a:hover{text-decoration:underline}
        """

    private static let tables = """
        .scroll{overflow-x:auto}
        table{border-collapse:collapse;width:100%;font-size:13px}
        th,td{padding:5px 12px 5px 0;text-align:left;white-space:nowrap;vertical-align:middle}
        thead th{color:var(--soft);font-weight:500;font-size:12px;line-height:1.3;vertical-align:bottom}
        thead tr:last-child th,thead th[rowspan]{border-bottom:1px solid var(--line)}
        tbody tr+tr>*{border-top:1px solid var(--grid)}
        tbody+tbody tr:first-child>*{border-top:1px solid var(--soft)}
        tbody th{font-weight:500;position:sticky;left:0;background:var(--bg)}
        .n{text-align:right}
        th.g{text-align:center}
        th.g::after{content:"";display:block;border-bottom:1px solid var(--line);margin-top:3px}
        th.left{text-align:left!important}
        .ladder .wide{width:196px;padding-left:14px}
        .keys{font-weight:400}
        .slim{width:auto}
        .slim th,.slim td{padding-right:24px}
        .spread{display:block;width:170px;height:20px}
        .spread path{fill:none;vector-effect:non-scaling-stroke}
        .spread circle{fill:var(--c)}
        .spread .span{stroke:var(--c);stroke-width:1}
        .spread .body{stroke:var(--c);stroke-width:4;opacity:.45}
        .spread .tick{stroke:var(--c);stroke-width:1.5}
        .spread .goal{stroke:var(--fg);stroke-width:1.2;stroke-dasharray:2 2}
        .spread text{font-size:11px;fill:var(--soft);text-anchor:middle}
        .heat{width:auto;border-collapse:separate;border-spacing:1px}
        .heat th{padding:3px 10px 3px 0}
        .heat thead th{border:0!important;text-align:center;padding:3px}
        .heat thead tr:first-child th:first-child{text-align:left;position:sticky;left:0;background:var(--bg)}
        .heat td{padding:4px 8px;text-align:center;min-width:44px;border:0!important;border-radius:3px}
        .heat th{border:0!important}
        .heat td:last-child{padding:4px 8px}
        .heat .mean{color:var(--soft)}
        .crf{padding:1px 8px;border-radius:3px;color:var(--fg);white-space:nowrap}
        .d0{background:var(--panel)}
        .dm1{background:color-mix(in oklab,var(--lo) 16%,var(--bg))}
        .dm2{background:color-mix(in oklab,var(--lo) 32%,var(--bg))}
        .dm3{background:color-mix(in oklab,var(--lo) 50%,var(--bg))}
        .dm4{background:color-mix(in oklab,var(--lo) var(--mix),var(--bg))}
        .dp1{background:color-mix(in oklab,var(--hi) 16%,var(--bg))}
        .dp2{background:color-mix(in oklab,var(--hi) 32%,var(--bg))}
        .dp3{background:color-mix(in oklab,var(--hi) 50%,var(--bg))}
        .dp4{background:color-mix(in oklab,var(--hi) var(--mix),var(--bg))}
        .findings{list-style:none;margin:0;padding:0}
        .findings li{display:grid;grid-template-columns:92px 1fr auto;gap:4px 20px;padding:9px 0;
          border-top:1px solid var(--grid)}
        .findings p{margin:0;overflow-wrap:anywhere}
        .remedy{color:var(--soft)}
        .remedy b{font-weight:500;color:var(--fg)}
        .findings code{color:var(--soft);margin-left:6px}
        .sev{font-weight:600}
        .error .sev{color:var(--bad)}
        .warning .sev{color:var(--warn)}
        .info .sev{color:var(--soft)}
        .place{text-align:right}
        .place span{display:block}
        .place span+span{color:var(--soft);font-size:12px}
        .stack{display:flex;height:34px;border-radius:5px;overflow:hidden;margin:4px 0 14px;gap:1px}
        .stack div{overflow:hidden;white-space:nowrap;padding:0 7px;line-height:34px;font-size:12px;min-width:2px}
        .key{display:inline-block;min-width:20px;text-align:center;border-radius:3px;font-size:11px;line-height:17px;
          margin-right:8px}
        .k0{background:color-mix(in oklab,var(--c0) 45%,var(--bg))}
        .k1{background:color-mix(in oklab,var(--c1) 45%,var(--bg))}
        .k2{background:color-mix(in oklab,var(--c2) 45%,var(--bg))}
        .k3{background:color-mix(in oklab,var(--c3) 45%,var(--bg))}
        .k4{background:color-mix(in oklab,var(--c4) 45%,var(--bg))}
        .k5{background:color-mix(in oklab,var(--c5) 45%,var(--bg))}
        .k6{background:color-mix(in oklab,var(--c6) 45%,var(--bg))}
        .k7{background:color-mix(in oklab,var(--c7) 45%,var(--bg))}
        """
}
