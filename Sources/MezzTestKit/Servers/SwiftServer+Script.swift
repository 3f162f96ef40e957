extension SwiftServer {
    /// Makes rings of one device and runs the four servers in one process group. Its arguments are the folder and the
    /// proxy's port. There is no memcached: its absence costs some requests more.
    static let script = #"""
        import ctypes, os, signal, socket, sys
        folder, port = sys.argv[1], int(sys.argv[2])
        with open(folder + "/swift.conf", "w") as file:
            file.write("[swift-hash]\nswift_hash_path_suffix = tests\nswift_hash_path_prefix = tests\n")
        from swift.common import utils
        utils.set_swift_dir(folder)
        from swift.common.ring import RingBuilder
        from swift.common.wsgi import run_wsgi
        import pwd

        def free_port():
            with socket.socket() as found:
                found.bind(("127.0.0.1", 0))
                return found.getsockname()[1]

        def write(name, text):
            with open(os.path.join(folder, name), "w") as file:
                file.write(text)
            return os.path.join(folder, name)

        user = pwd.getpwuid(os.getuid()).pw_name
        common = "[DEFAULT]\nbind_ip = 127.0.0.1\nbind_port = %d\nuser = " + user + "\nswift_dir = " + folder + """
        devices = """ + folder + """/devices
        mount_check = false
        workers = 0
        fallocate_reserve = 0
        log_address = """ + folder + """/no-log
        """
        os.makedirs(folder + "/devices/d1")
        jobs = []
        for kind in ["account", "container", "object"]:
            own = free_port()
            builder = RingBuilder(2, 1, 1)
            builder.add_dev({"region": 1, "zone": 1, "ip": "127.0.0.1", "port": own, "device": "d1", "weight": 1})
            builder.rebalance()
            builder.get_ring().save("%s/%s.ring.gz" % (folder, kind))
            text = common % own + "[pipeline:main]\npipeline = %s-server\n[app:%s-server]\nuse = egg:swift#%s\n" % (kind, kind, kind)
            jobs.append((write(kind + ".conf", text), kind + "-server"))
        proxy = common % port + """[pipeline:main]
        pipeline = catch_errors cache s3api tempauth slo proxy-server
        [app:proxy-server]
        use = egg:swift#proxy
        account_autocreate = true
        [filter:catch_errors]
        use = egg:swift#catch_errors
        [filter:cache]
        use = egg:swift#memcache
        memcache_servers = 127.0.0.1:1
        [filter:s3api]
        use = egg:swift#s3api
        s3_acl = false
        [filter:slo]
        use = egg:swift#slo
        [filter:tempauth]
        use = egg:swift#tempauth
        user_mezz_tests = the-secret .admin
        """
        jobs.append((write("proxy.conf", proxy), "proxy-server"))
        signal.pthread_sigmask(signal.SIG_SETMASK, [])
        for conf, name in jobs[:-1]:
            if os.fork() == 0:
                # These leave the process group, so they are told to die with the proxy (PR_SET_PDEATHSIG, SIGKILL).
                ctypes.CDLL(None).prctl(1, 9)
                sys.exit(run_wsgi(conf, name, verbose=True))
        sys.exit(run_wsgi(jobs[-1][0], jobs[-1][1], verbose=True))
        """#
}
