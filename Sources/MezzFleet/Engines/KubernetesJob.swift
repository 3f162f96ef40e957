/// A Job of `batch/v1` that runs workers: the fields that are set, by the names of
/// https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/job-v1/
struct KubernetesJob: Encodable {
    /// The label that tells a fleet's Jobs and pods.
    static let fleetLabel = "app.kubernetes.io/instance"

    private let apiVersion = "batch/v1"
    private let kind = "Job"
    private let metadata: Metadata
    private let spec: Spec

    init(count: Int, command: WorkerInvocation, settings: KubernetesEngine.Settings) {
        let labels = [
            "app.kubernetes.io/name": "mezz", "app.kubernetes.io/component": "worker", Self.fleetLabel: settings.fleet,
        ]
        metadata = Metadata(generateName: settings.fleet + "-", labels: labels)
        spec = Spec(
            parallelism: count, completions: count,
            template: Template(
                metadata: Metadata(generateName: nil, labels: labels), spec: PodSpec(command: command, settings)))
    }

    private struct Metadata: Encodable {
        let generateName: String?
        let labels: [String: String]
    }

    private struct Spec: Encodable {
        let parallelism: Int
        let completions: Int
        /// Pods that fail, evictions not counted, before the Job gives up; the fleet's keeper starts others then.
        let backoffLimit = 6
        let podFailurePolicy = FailurePolicy()
        /// Ended Jobs are kept for an hour, for people who look for reasons.
        let ttlSecondsAfterFinished = 3600
        let template: Template
    }

    private struct FailurePolicy: Encodable {
        struct Rule: Encodable {
            struct Condition: Encodable {
                let type = "DisruptionTarget"
                let status = "True"
            }

            let action = "Ignore"
            let onPodConditions = [Condition()]
        }

        let rules = [Rule()]
    }

    private struct Template: Encodable {
        let metadata: Metadata
        let spec: PodSpec
    }

    private struct PodSpec: Encodable {
        let restartPolicy = "Never"
        let automountServiceAccountToken = false
        let terminationGracePeriodSeconds: Int
        let serviceAccountName: String?
        let nodeSelector: [String: String]?
        let tolerations: [Toleration]?
        let securityContext = PodSecurity()
        let containers: [Container]
        let volumes = [Volume()]

        init(command: WorkerInvocation, _ settings: KubernetesEngine.Settings) {
            terminationGracePeriodSeconds = command.notice
            serviceAccountName = settings.serviceAccount
            nodeSelector = settings.nodeSelector.isEmpty ? nil : settings.nodeSelector
            tolerations = settings.tolerations.isEmpty ? nil : settings.tolerations.map(Toleration.init)
            containers = [Container(command: command, settings)]
        }
    }

    private struct Toleration: Encodable {
        let key: String
        let `operator` = "Exists"
    }

    private struct PodSecurity: Encodable {
        struct Profile: Encodable { let type = "RuntimeDefault" }

        let runAsNonRoot = true
        let runAsUser = 10001
        let runAsGroup = 10001
        let fsGroup = 10001
        let seccompProfile = Profile()
    }

    private struct Container: Encodable {
        struct Source: Encodable { let secretRef: [String: String] }
        struct Mount: Encodable {
            let name = "work"
            let mountPath: String
        }
        struct Variable: Encodable {
            let name: String
            let value: String
        }

        let name = "worker"
        let image: String
        let args: [String]
        let env: [Variable]
        let envFrom: [Source]
        let resources: Resources
        let securityContext = ContainerSecurity()
        let volumeMounts: [Mount]

        init(command: WorkerInvocation, _ settings: KubernetesEngine.Settings) {
            image = settings.image
            args = command.arguments
            let folder = command.folder ?? "/scratch"
            env = [
                Variable(name: "TMPDIR", value: folder), Variable(name: "XDG_CACHE_HOME", value: folder + "/.cache"),
            ]
            volumeMounts = [Mount(mountPath: folder)]
            envFrom = [Source(secretRef: ["name": settings.secret])]
            resources = Resources(command: command)
        }
    }

    private struct Resources: Encodable {
        let requests: [String: String]
        /// Memory has a limit, processors have none: idle ones may be used.
        let limits: [String: String]

        init(command: WorkerInvocation) {
            // The worker's memory is what its tasks may take; it needs some for itself.
            let memory = "\(command.memory + 256)Mi"
            requests = ["cpu": "\(command.slots)", "memory": memory]
            limits = ["memory": memory]
        }
    }

    private struct ContainerSecurity: Encodable {
        struct Capabilities: Encodable { let drop = ["ALL"] }

        let allowPrivilegeEscalation = false
        let readOnlyRootFilesystem = true
        let capabilities = Capabilities()
    }

    private struct Volume: Encodable {
        struct EmptyFolder: Encodable {}

        let name = "work"
        let emptyDir = EmptyFolder()
    }
}
