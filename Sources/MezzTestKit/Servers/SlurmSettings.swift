import Foundation

/// The `slurm.conf` of a cluster of tests: no control groups, no accounting, quick to notice what dies.
struct SlurmSettings {
    let text: String

    init(folder: String, nodes: [String]) throws {
        let host = ProcessInfo.processInfo.hostName.split(separator: ".").first.map(String.init) ?? "localhost"
        let user = NSUserName()
        var lines = [
            "ClusterName=mezz", "SlurmctldHost=\(host)(127.0.0.1)", "SlurmUser=\(user)", "SlurmdUser=\(user)",
            "SlurmctldPort=\(try Loopback.freePort())", "AuthInfo=socket=\(folder)/munge/socket",
            "CredType=cred/munge", "MpiDefault=none", "ProctrackType=proctrack/linuxproc", "TaskPlugin=task/none",
            "SwitchType=switch/none", "JobAcctGatherType=jobacct_gather/none",
            "AccountingStorageType=accounting_storage/none", "SelectType=select/cons_tres",
            "SelectTypeParameters=CR_CPU_Memory", "ReturnToService=2", "StateSaveLocation=\(folder)/ctl",
            "SlurmctldPidFile=\(folder)/ctl/pid", "SlurmdPidFile=\(folder)/%n/pid", "SlurmdSpoolDir=\(folder)/%n",
            // Without a default a job takes a node's whole memory.
            "DefMemPerCPU=100", "SlurmctldTimeout=10", "SlurmdTimeout=10", "MinJobAge=60", "KillWait=5",
            "SchedulerParameters=sched_interval=2,bf_interval=2,sched_min_interval=200000",
            "PreemptType=preempt/partition_prio", "PreemptMode=REQUEUE",
            // A job that is pushed away is told so at once, by the signal it asked for.
            "SlurmctldParameters=preempt_send_user_signal",
        ]
        for node in nodes {
            lines.append(
                "NodeName=\(node) NodeHostname=\(host) NodeAddr=127.0.0.1 Port=\(try Loopback.freePort()) CPUs=2 "
                    + "RealMemory=1000")
        }
        let all = "Nodes=\(nodes.joined(separator: ",")) State=UP MaxTime=INFINITE"
        lines.append("PartitionName=spare \(all) Default=YES PriorityTier=1 GraceTime=20")
        lines.append("PartitionName=urgent \(all) PriorityTier=10 PreemptMode=OFF")
        text = lines.joined(separator: "\n") + "\n"
    }
}
