import Glibc

/// What the calling thread has cost.
enum ThreadClock {
    /// CPU seconds, user and system, since the thread began.
    static var cpuSeconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
