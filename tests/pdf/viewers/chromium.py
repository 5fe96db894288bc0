"""Debian's Chromium, steered by its debugging pipe (Chrome DevTools Protocol): opens a PDF in its
viewer, clicks and types as a person does, and saves what the viewer's download button saves."""
import base64
import json
import os
import select
import shutil
import subprocess
import tempfile
import time

VIEWER = "chrome-extension://mhjfbmdgcfjbbpaeojofohoefgiehjai/"
WAIT = 60  # seconds


class Chromium:
    def __init__(self):
        program = shutil.which("chromium")
        if not program:
            raise SystemExit("chromium is missing: ./test installs it")
        self.folder = tempfile.mkdtemp(prefix="formc-chromium-")
        read, self.to = os.pipe()
        self.answers, write = os.pipe()

        def wire():  # Chromium reads from 3 and writes to 4
            high = [os.dup2(fd, 100 + i) for i, fd in enumerate((read, write))]
            os.dup2(high[0], 3)
            os.dup2(high[1], 4)
        # As tall as two pages, so that nothing has to be scrolled.
        self.process = subprocess.Popen(
            [program, "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--window-size=1100,2600",
             "--remote-debugging-pipe", "--user-data-dir=" + self.folder, "about:blank"],
            preexec_fn=wire, close_fds=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env={**os.environ, "HOME": self.folder})
        os.close(read)
        os.close(write)
        self.unread, self.serial = b"", 0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            self.call("Browser.close")
            self.process.wait(WAIT)
        except (SystemExit, OSError, subprocess.TimeoutExpired):
            self.process.kill()
            self.process.wait()
        os.close(self.to)
        os.close(self.answers)
        shutil.rmtree(self.folder, ignore_errors=True)

    def call(self, method, session=None, **params):
        self.serial += 1
        message = {"id": self.serial, "method": method, "params": params}
        if session:
            message["sessionId"] = session
        os.write(self.to, json.dumps(message).encode() + b"\0")
        end = time.monotonic() + WAIT
        while True:
            while b"\0" not in self.unread:
                if not select.select([self.answers], [], [], max(0, end - time.monotonic()))[0]:
                    raise SystemExit("Chromium does not answer " + method)
                data = os.read(self.answers, 1 << 20)
                if not data:
                    raise SystemExit("Chromium ended during " + method)
                self.unread += data
            one, self.unread = self.unread.split(b"\0", 1)
            answer = json.loads(one)
            if answer.get("id") == self.serial:
                if "error" in answer:
                    raise SystemExit("%s: %s" % (method, answer["error"]))
                return answer["result"]

    def version(self):
        return self.call("Browser.getVersion")["product"].split("/")[1]

    def attach(self, target):
        return self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]

    def open(self, path):
        target = self.call("Target.createTarget", url="file://%s#zoom=100" % path)["targetId"]
        self.page = self.attach(target)
        end = time.monotonic() + WAIT
        while True:
            inner = [t["targetId"] for t in self.call("Target.getTargets", filter=[{}])["targetInfos"]
                     if t["url"].startswith(VIEWER)]
            if inner:
                self.viewer = self.attach(inner[0])
                if self.ask(
                        "(() => {try {return document.querySelector('pdf-viewer').viewport.getPageScreenRect(0).width > 0}"
                        " catch {return false}})()"):
                    break
            if time.monotonic() > end:
                raise SystemExit("Chromium's viewer does not open the PDF")
            time.sleep(0.2)
        time.sleep(2)  # the plugin draws

    def ask(self, expression):
        told = self.call("Runtime.evaluate", self.viewer, expression=expression, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in told:
            raise SystemExit("Chromium's viewer: %s" % told["exceptionDetails"])
        return told["result"].get("value")

    def rectangle(self, page):
        """[left, top, width, height] of a page, in pixels of the window."""
        return self.ask(
            "(() => {const v = document.querySelector('pdf-viewer'), r = v.viewport.getPageScreenRect(%d),"
            " p = v.shadowRoot.querySelector('#plugin').getBoundingClientRect();"
            " return [p.x + r.x, p.y + r.y, r.width, r.height]})()" % page)

    def click(self, page, x, y, height=841.89):
        """x, y: points from the page's lower left corner."""
        left, top, _, tall = self.rectangle(page)
        for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", self.page, type=kind, x=left + x * tall / height,
                      y=top + (height - y) * tall / height, **({} if kind == "mouseMoved" else
                                                               {"button": "left", "clickCount": 1}))
        time.sleep(0.1)

    def show(self, page):
        """Turns to a page, counted from 0."""
        self.ask("document.querySelector('pdf-viewer').viewport.goToPage(%d)" % page)
        time.sleep(0.3)

    def key(self, name, code, text=None, modifiers=0):
        more = {"text": text} if text else {}
        for kind in ("keyDown", "keyUp"):
            self.call("Input.dispatchKeyEvent", self.page, type=kind, key=name, code=name, modifiers=modifiers,
                      windowsVirtualKeyCode=code, **(more if kind == "keyDown" else {}))

    def type(self, text):
        for c in text:
            if c == "\n":
                self.key("Enter", 13, "\r")
            else:
                self.call("Input.dispatchKeyEvent", self.page, type="char", text=c, key=c)

    def choose(self, nth):
        """In the list that was clicked and has nothing chosen: the choice, counted from 1."""
        for _ in range(nth):
            self.key("ArrowDown", 40)
        self.key("Enter", 13, "\r")
        time.sleep(0.3)

    def picture(self, path, page=None, height=None):
        """Of the window, or of the upper part of a page, so many pixels of it, without the scroll bar."""
        more = {}
        if page is not None:
            left, top, width, _ = self.rectangle(page)
            more = {"clip": {"x": round(left), "y": round(top), "width": round(width) - 16, "height": height, "scale": 1}}
        with open(path, "wb") as f:
            f.write(base64.b64decode(self.call("Page.captureScreenshot", self.page, **more)["data"]))

    def save(self, path):
        self.key("Tab", 9)  # leaves the field: then the viewer takes the value
        time.sleep(0.5)
        data = self.ask(
            "(async () => {const m = await import('%spdf_viewer_wrapper.js');"
            " const a = new Uint8Array((await m.PluginController.getInstance().save('EDITED')).dataToSave);"
            " let s = ''; for (let i = 0; i < a.length; i += 8192) s += String.fromCharCode(...a.subarray(i, i + 8192));"
            " return btoa(s)})()" % VIEWER)
        with open(path, "wb") as f:
            f.write(base64.b64decode(data))
