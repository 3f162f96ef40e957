/// `report.html`: one file that shows a report to a video engineer. It needs no network and no script; the script
/// adds read-outs under the pointer. It is well-formed XML too, so it can be checked by a parser.
package struct ReportPage: Sendable {
    package let report: Report
    package let extras: ReportExtras

    package init(_ report: Report, extras: ReportExtras) {
        self.report = report
        self.extras = extras
    }

    /// The whole page. Equal input gives equal text.
    package func html() -> String {
        let context = PageContext(report: report, extras: extras)
        let findings = FindingsSection(context: context)
        let sections: [Markup] = [
            // What went wrong is read first.
            report.qc.passed ? "" : findings.markup(),
            LadderSection(context: context).markup(),
            RateQualitySection(context: context).markup(),
            ShotsSection(context: context).markup(),
            TimeSection(context: context).markup(),
            CRFSection(context: context).markup(),
            TracksSection(context: context).audio(),
            TracksSection(context: context).text(),
            report.qc.passed ? findings.markup() : "",
            CostSection(context: context).markup(),
        ]
        let page: Markup = """
            <!DOCTYPE html>
            <html lang="en" xmlns="http://www.w3.org/1999/xhtml"><head><meta charset="utf-8"/>
            <meta name="viewport" content="width=device-width, initial-scale=1"/>
            <meta name="color-scheme" content="light dark"/>
            <meta http-equiv="Content-Security-Policy" content="\(Self.policy)"/>
            <meta name="generator" content="mezz \(report.mezz)"/>
            <title>\(extras.title) – mezz report</title>
            <style>\(PageStyle.sheet)</style></head>
            <body>
            \(PageStyle.marks)
            <main>
            \(HeaderSection(context: context).markup())\(sections)
            <footer>mezz \(report.mezz) · every number of this page is in <code>report.json</code>, except VMAF of \
            single frames</footer>
            </main>
            <script>\(PageScript.source)</script>
            </body></html>

            """
        return page.html
    }

    /// Lets the page reach nothing outside itself.
    private static let policy =
        "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'"
}
