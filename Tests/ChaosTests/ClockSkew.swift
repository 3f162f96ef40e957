import Foundation
import MezzTestKit

/// A wall clock that is off, for one program: a library that is loaded before the others and answers for the system.
///
/// `libfaketime` will not do: it changes the environment before Swift reads its arguments beside it, and it bends the
/// clock that sleeps are measured with.
struct ClockSkew: Sendable {
    private let library: String

    /// The compiler did not like it.
    struct NotMade: Error {
        let text: String
    }

    /// Compiles the library; `nil` where there is no C compiler.
    init?(in folder: TestFolder) async throws {
        guard
            let compiler = ["/usr/bin/cc", "/usr/bin/clang", "/usr/bin/gcc"].first(
                where: FileManager.default.isExecutableFile)
        else { return nil }
        try folder.write(Data(Self.source.utf8), to: "skew.c")
        library = folder("skew.so")
        let end = try await Child(
            compiler, ["-O1", "-shared", "-fPIC", "-o", library, folder("skew.c")], in: folder
        ).end(within: 60)
        guard end.status == 0 else { throw NotMade(text: end.errorText) }
    }

    /// What a program needs in its environment to see a clock that is off by so many seconds.
    func environment(_ seconds: Int) -> [String: String] {
        ["LD_PRELOAD": library, "MEZZ_TEST_SKEW": String(seconds)]
    }

    /// Points in time of more than 10⁹ s are the wall clock's, others those of clocks that begin with the machine.
    private static let source = """
        #define _GNU_SOURCE
        #include <dlfcn.h>
        #include <pthread.h>
        #include <stdlib.h>
        #include <sys/syscall.h>
        #include <sys/time.h>
        #include <sys/timerfd.h>
        #include <time.h>
        #include <unistd.h>

        static long skew(void) {
            static long seconds, known;
            if (!known) { const char *text = getenv("MEZZ_TEST_SKEW"); seconds = text ? atol(text) : 0; known = 1; }
            return seconds;
        }
        int clock_gettime(clockid_t clock, struct timespec *time) {
            int status = syscall(SYS_clock_gettime, clock, time);
            if (!status && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) time->tv_sec += skew();
            return status;
        }
        int gettimeofday(struct timeval *restrict time, void *restrict zone) {
            struct timespec now;
            clock_gettime(CLOCK_REALTIME, &now);
            if (time) { time->tv_sec = now.tv_sec; time->tv_usec = now.tv_nsec / 1000; }
            return 0;
        }
        time_t time(time_t *result) {
            struct timespec now;
            clock_gettime(CLOCK_REALTIME, &now);
            if (result) *result = now.tv_sec;
            return now.tv_sec;
        }
        int pthread_cond_timedwait(pthread_cond_t *condition, pthread_mutex_t *mutex, const struct timespec *until) {
            static int (*next)(pthread_cond_t *, pthread_mutex_t *, const struct timespec *);
            if (!next) next = dlsym(RTLD_NEXT, "pthread_cond_timedwait");
            struct timespec real = *until;
            if (real.tv_sec > 1000000000) real.tv_sec -= skew();
            return next(condition, mutex, &real);
        }
        int timerfd_settime(int timer, int flags, const struct itimerspec *value, struct itimerspec *old) {
            struct itimerspec real = *value;
            if (real.it_value.tv_sec > 1000000000) real.it_value.tv_sec -= skew();
            return syscall(SYS_timerfd_settime, timer, flags, &real, old);
        }
        """
}
