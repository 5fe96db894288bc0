"""LibreOffice, steered through its scripting interface (UNO): it opens a document, enters answers as a
script does that fills in forms, and saves. One process, with a profile of its own, for all of them."""
import os
import subprocess
import time

import uno
from com.sun.star.beans import PropertyValue

WAIT = 120  # seconds


def value(name, what):
    p = PropertyValue()
    p.Name, p.Value = name, what
    return p


class Office:
    def __init__(self, folder):
        pipe = "formc-%d" % os.getpid()
        self.process = subprocess.Popen(
            ["soffice", "--headless", "--norestore", "--nologo", "-env:UserInstallation=file://%s/profile" % folder,
             "--accept=pipe,name=%s;urp;" % pipe], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        here = uno.getComponentContext()
        resolver = here.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", here)
        end = time.monotonic() + WAIT
        while True:
            try:
                there = resolver.resolve("uno:pipe,name=%s;urp;StarOffice.ComponentContext" % pipe)
                break
            except Exception:  # not up yet: each of its ways to say so is another exception
                if time.monotonic() > end or self.process.poll() is not None:
                    raise SystemExit("LibreOffice does not start")
                time.sleep(0.1)
        self.desktop = there.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", there)

        self.context = there

    def version(self):
        provider = self.context.ServiceManager.createInstanceWithContext(
            "com.sun.star.configuration.ConfigurationProvider", self.context)
        product = provider.createInstanceWithArguments("com.sun.star.configuration.ConfigurationAccess",
                                                       (value("nodepath", "/org.openoffice.Setup/Product"),))
        return product.ooSetupVersionAboutBox

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            self.desktop.terminate()
            self.process.wait(WAIT)
        except Exception:  # it has gone away, or will not
            self.process.kill()
            self.process.wait()

    def save(self, source, target, entered=None):
        """Opens, enters {bookmark: text, or True and False for a box} and saves as a Word document. Gives
        the bookmarks that LibreOffice has lost, where nothing could be entered."""
        document = self.desktop.loadComponentFromURL("file://" + source, "_blank", 0, (value("Hidden", True),))
        try:
            lost = [name for name, what in (entered or {}).items() if not enter(document, name, what)]
            document.storeToURL("file://" + target, (value("FilterName", "MS Word 2007 XML"),))
        finally:
            document.close(True)
        return lost


def parts(text):
    each = text.createEnumeration()
    while each.hasMoreElements():
        yield each.nextElement()


def enter(document, name, what):
    """Into the control of a bookmark. LibreOffice has two kinds: text is a field, all else a control
    with text in it, which setString does not replace. False when it is gone."""
    if not document.Bookmarks.hasByName(name):
        return False
    for paragraph in parts(document.Bookmarks.getByName(name).Anchor):
        for p in parts(paragraph):
            if p.TextPortionType == "TextField":
                p.TextField.Content = what
                document.TextFields.refresh()
                return True
            if p.TextPortionType == "ContentControl":
                return fill(p.ContentControl, what)
    return False


def shown(control):
    return "".join(r.String for r in parts(control) if r.TextPortionType == "Text")


def fill(control, what):
    """False when LibreOffice leaves something else there: it does not empty a control."""
    if control.Checkbox:
        control.Checked = what
        what = control.CheckedState if what else control.UncheckedState
    what = what.replace("\r\n", "\n").replace("\r", "\n")  # CR begins a paragraph, outside of the control
    control.ShowingPlaceHolder = False
    before = shown(control)
    control.setString(what)  # puts it before what was there
    for run in [r for r in parts(control) if r.TextPortionType == "Text"]:
        left = run.Text.createTextCursorByRange(run.End)
        left.goLeft(len(before), True)
        if left.String == before:
            left.setString("")
    return shown(control) == what
