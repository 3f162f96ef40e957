import Foundation
import MezzWorkflow
import Testing

@Suite("A job's terms")
struct JobTermsTests {
    /// Midnight, UTC.
    private let midnight = Date(timeIntervalSince1970: 999_993_600)

    private func at(_ hour: Int, _ minute: Int = 0, _ second: Double = 0) -> Date {
        midnight + Double(hour * 3600 + minute * 60) + second
    }

    @Test("let tasks out always when they say nothing")
    func nothing() {
        #expect(JobTerms().lets(outAt: midnight))
        #expect(JobTerms().nextTurn(after: midnight) == nil)
    }

    @Test("keep tasks back until their time, to the moment")
    func notBefore() {
        let terms = JobTerms(notBefore: at(3))
        #expect(!terms.lets(outAt: at(3) - 0.001))
        #expect(terms.nextTurn(after: at(1)) == at(3))
        #expect(terms.lets(outAt: at(3)))
        #expect(terms.nextTurn(after: at(3)) == nil)
    }

    @Test(
        "turn at the ends of their hours, on the same day or the next",
        arguments: [
            (first: 60, end: 120, from: 0, next: 60), (60, 120, 60, 120), (60, 120, 119, 120), (60, 120, 120, 1500),
            (1320, 360, 0, 360), (1320, 360, 360, 1320), (1320, 360, 1320, 1800), (1320, 360, 1439, 1800),
            (0, 1439, 1439, 1440), (1439, 0, 0, 1439), (1439, 0, 1439, 1440),
        ])
    func hours(first: Int, end: Int, from: Int, next: Int) {
        let terms = JobTerms(hours: DailyHours(first: first, end: end))
        let start = at(0, from, 59.5)
        let turn = terms.nextTurn(after: start)
        #expect(turn == at(0, next))
        if let turn { #expect(terms.lets(outAt: turn) != terms.lets(outAt: start)) }
        #expect(terms.lets(outAt: start) == terms.lets(outAt: at(0, next) - 0.5))
    }

    @Test("of equal ends mean the whole day")
    func allDay() {
        let terms = JobTerms(hours: DailyHours(first: 300, end: 300))
        #expect(terms.lets(outAt: at(5)) && terms.lets(outAt: at(4, 59)))
        #expect(terms.nextTurn(after: at(4)) == nil)
    }

    @Test("with a time inside and outside their hours")
    func both() {
        let inside = JobTerms(notBefore: at(1, 30), hours: DailyHours(first: 60, end: 120))
        #expect(inside.letOut(from: midnight) == at(1, 30))
        let outside = JobTerms(notBefore: at(2), hours: DailyHours(first: 60, end: 120))
        #expect(outside.letOut(from: midnight) == at(25))
        #expect(outside.nextTurn(after: at(1, 30)) == at(25))
    }

    @Test("survive JSON")
    func coding() throws {
        let terms = JobTerms(
            priorityClass: .urgent, deadline: at(1) + 0.1, notBefore: at(2) + 0.3,
            hours: DailyHours(first: 1, end: 2), key: ExclusiveKey(name: "k", limit: 0), about: Data([0]))
        #expect(try CanonicalJSON.decode(JobTerms.self, from: CanonicalJSON.encode(terms)) == terms)
        #expect(terms.key?.limit == 1)
    }
}
