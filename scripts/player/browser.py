"""Headless Chromium led through its DevTools protocol, over pipes: what is said there no other program can read."""
import base64
import fcntl
import json
import os
import select
import shutil
import signal
import tempfile
import time

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# No sound card and no click is needed to play; nothing is fetched from elsewhere.
FLAGS = (
    "--headless=new", "--remote-debugging-pipe", "--autoplay-policy=no-user-gesture-required", "--mute-audio",
    "--window-size=480,360", "--no-first-run", "--disable-gpu", "--disable-dev-shm-usage", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--disable-extensions",
    "--disable-backgrounding-occluded-windows", "--disable-renderer-backgrounding",
)


class BrowserError(Exception):
    pass


def find():
    """The path of a Chromium, or None."""
    return next(filter(None, map(shutil.which, NAMES)), None)


class Browser:
    def __init__(self, program):
        self._folder = tempfile.mkdtemp(prefix="playback-check-")
        self._number, self._rest, self._events, self._answers, self._page = 0, b"", [], {}, None
        self._process, self._ours = None, []
        try:
            self._start(program)
            self._attach()
        except BaseException:
            self.close()
            raise

    def _start(self, program):
        theirs_in, self._to = self._pipe()
        self._from, theirs_out = self._pipe()
        self._ours = [self._to, self._from]
        log = os.open(os.path.join(self._folder, "log"), os.O_WRONLY | os.O_CREAT, 0o600)
        flags = [*FLAGS, "--user-data-dir=" + os.path.join(self._folder, "profile")]
        # Chromium's own sandbox does not work for the superuser.
        flags += ["--no-sandbox"] if os.geteuid() == 0 else []
        self._process = os.posix_spawn(
            program, [program, *flags, "about:blank"], {**os.environ, "HOME": self._folder}, setpgroup=0,
            file_actions=[
                (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0), (os.POSIX_SPAWN_DUP2, log, 1),
                (os.POSIX_SPAWN_DUP2, log, 2), (os.POSIX_SPAWN_DUP2, theirs_in, 3),
                (os.POSIX_SPAWN_DUP2, theirs_out, 4)])
        for descriptor in (theirs_in, theirs_out, log):
            os.close(descriptor)

    def _attach(self):
        target = self._call("Target.createTarget", {"url": "about:blank"}, None, 60)["targetId"]
        self._page = self._call("Target.attachToTarget", {"targetId": target, "flatten": True}, None, 60)["sessionId"]
        for domain in ("Page", "Runtime", "Log"):
            self.call(domain + ".enable")
        self.call("Runtime.addBinding", {"name": "screenshot"})

    @staticmethod
    def _pipe():
        """A pipe whose ends are neither 3 nor 4, which are to be the browser's."""
        ends = os.pipe()
        high = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in ends]
        for end in ends:
            os.close(end)
        return high

    def open(self, address):
        self._events.clear()
        answer = self.call("Page.navigate", {"url": address})
        if answer.get("errorText"):
            raise BrowserError(f"{address}: {answer['errorText']}")
        deadline = time.monotonic() + 30
        while not any(event["method"] == "Page.loadEventFired" for event in self._events):
            self._read(deadline)

    def evaluate(self, expression, seconds):
        """The value of an expression in the page, when its promise is kept."""
        answer = self.call(
            "Runtime.evaluate",
            {"expression": expression, "awaitPromise": True, "returnByValue": True, "userGesture": True}, seconds)
        if "exceptionDetails" in answer:
            details = answer["exceptionDetails"]
            raise BrowserError(details.get("exception", {}).get("description") or details["text"])
        return answer["result"].get("value")

    def screenshot(self):
        return base64.b64decode(self.call("Page.captureScreenshot", {"format": "png"})["data"])

    def _serve(self, event):
        """A page asks for a picture of itself with screenshot(clip), and gets it with screenshotDone(base64)."""
        clip = json.loads(event["params"]["payload"])
        data = self.call("Page.captureScreenshot", {"format": "png", "clip": clip, "optimizeForSpeed": True})["data"]
        self.call("Runtime.evaluate", {"expression": f"screenshotDone({json.dumps(data)})"})

    def complaints(self):
        """Errors that the page's console has shown since it was opened."""
        found = []
        for event in self._events:
            if event["method"] == "Runtime.exceptionThrown":
                details = event["params"]["exceptionDetails"]
                found.append(details.get("exception", {}).get("description") or details["text"])
            elif event["method"] == "Log.entryAdded" and event["params"]["entry"]["level"] == "error":
                entry = event["params"]["entry"]
                found.append(f"{entry['text']} {entry.get('url', '')}".strip())
        return found

    def call(self, method, parameters=None, seconds=30):
        return self._call(method, parameters or {}, self._page, seconds)

    def _call(self, method, parameters, session, seconds):
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        data = json.dumps(message).encode() + b"\0"
        try:
            while data:
                data = data[os.write(self._to, data):]
        except BrokenPipeError:
            raise BrowserError("the browser has ended: " + self._log()) from None
        deadline = time.monotonic() + seconds
        while message["id"] not in self._answers:
            self._read(deadline)
        answer = self._answers.pop(message["id"])
        if "error" in answer:
            raise BrowserError(f"{method}: {answer['error'].get('message')}")
        return answer["result"]

    def _read(self, deadline):
        """Takes the next message: an answer, a page's request, or an event, which is kept."""
        while b"\0" not in self._rest:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([self._from], [], [], left)[0]:
                raise BrowserError("the browser gives no answer")
            data = os.read(self._from, 1 << 16)
            if not data:
                raise BrowserError("the browser has ended: " + self._log())
            self._rest += data
        line, self._rest = self._rest.split(b"\0", 1)
        message = json.loads(line)
        if "id" in message:
            self._answers[message["id"]] = message
        elif message["method"] == "Runtime.bindingCalled":
            self._serve(message)
        else:
            self._events.append(message)

    def _log(self):
        with open(os.path.join(self._folder, "log"), encoding="utf-8", errors="replace") as file:
            return file.read()[-500:].strip()

    def close(self):
        for descriptor in self._ours:
            os.close(descriptor)
        if self._process is not None:
            self._reap()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _reap(self):
        """It ends when its pipes do; what is still there after two seconds is ended."""
        deadline = time.monotonic() + 2
        while os.waitpid(self._process, os.WNOHANG)[0] == 0:
            if time.monotonic() > deadline:
                os.killpg(self._process, signal.SIGKILL)
                os.waitpid(self._process, 0)
                return
            time.sleep(0.02)
