import FoundationEssentials
import MezzCore
import MezzMedia

/// What all calls of the AWS command line interface have in common.
enum AWSClient {
    static func make(_ runner: ClientRunner) -> EngineClient {
        // Pages go to standard output, as they are.
        EngineClient(
            "aws", runner: runner, environment: ["AWS_PAGER": "", "AWS_MAX_ATTEMPTS": "5"],
            dialect: EngineClient.Dialect(
                installation: "install the AWS command line interface (Debian: awscli; PyPI: awscli)",
                busy: [
                    "could not connect to the endpoint", "connect timeout", "read timeout", "connection was closed",
                    "throttl", "toomanyrequests", "too many requests", "rate exceeded", "requestlimitexceeded",
                    "serviceunavailable", "service unavailable", "internalerror", "(500)", "(502)", "(503)", "(504)",
                ]))
    }

    /// - Parameter endpoint: Whom to ask; `nil` leaves it to the client, whose version 1 does not heed
    ///   `AWS_ENDPOINT_URL` for all services.
    static func options(region: String?, endpoint: String? = nil) -> [String] {
        ["--output=json", "--cli-connect-timeout=10", "--cli-read-timeout=60"]
            + (region.map { ["--region=\($0)"] } ?? []) + (endpoint.map { ["--endpoint-url=\($0)"] } ?? [])
    }

    /// - Throws: `Failure` (`failed`) when the answer is not understood.
    static func read<Answer: Decodable>(_ data: Data, from place: String) throws(Failure) -> Answer {
        do {
            return try JSONDecoder().decode(Answer.self, from: data)
        } catch {
            throw Failure(
                .failed, what: "an answer that is not understood", place: place,
                remedy: "check that `aws` is the AWS command line interface, version 1.18 or later",
                detail: String(decoding: data.prefix(500), as: UTF8.self).printable)
        }
    }
}
