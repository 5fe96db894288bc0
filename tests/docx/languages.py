"""Every piece of text in a Word document says which language it is in and which way it runs, in
forms in English, Welsh, Hebrew and Arabic. Two readers look: the rules of the standard, worked out
here (ISO/IEC 29500-1, 17.3.2.20 lang, 17.3.2.30 rtl, 17.3.1.6 bidi), and LibreOffice, which says in
its own format what it understood. Both are held against a table written by hand, and have to find
what is done to a document on purpose."""
import os
import re
import subprocess
import sys
import tempfile
import zipfile

from lxml import etree

FORMC = os.environ["FORMC"]
SOURCE = os.environ["FORMC_SOURCE"]
LANGUAGES = os.path.join(SOURCE, "tests/golden/languages")
ARABIC = os.path.join(SOURCE, "forms/interpreter-request-ar")
PLAN = """<?xml version="1.0" encoding="UTF-8"?>
<visit xmlns="urn:formc:data:visit" xmlns:p="urn:formc:plan:1" p:form="visit" p:version="1.0.0" p:id="urn:uuid:00000000-0000-4000-8000-000000000001">
  <visit><who>%s</who></visit><more><story>%s</story></more>
</visit>
"""
SAID_AR, SAID_EN, SAID_HE = "زارتنا الممرضة يوم 12", "Nobody is ill", "כולם בריאים"

ENGLISH = "What happened since the last visit?"
WELSH = "Mae’r ffurflen hon ar gael yn Gymraeg."
IN_ARABIC = "هذه الاستمارة متاحة باللغة العربية (صفحة 1)."
IN_HEBREW = "הטופס הזה קיים גם בעברית."
# What stands in which document, in which language, and whether it runs from right to left; for an answer,
# of which nothing says the language, only the direction.
CLAIMS = {
    "en": [("Plan for a visit", "en", False), (ENGLISH, "en", False), (WELSH, "cy", False), (IN_ARABIC, "ar", True),
           (IN_HEBREW, "he", True), ("תודה", "he", True), (SAID_AR, None, True), (SAID_EN, None, False)],
    "cy": [("Cynllun ar gyfer ymweliad", "cy", False), ("Beth ddigwyddodd ers yr ymweliad diwethaf?", "cy", False),
           (WELSH, "cy", False), (IN_ARABIC, "ar", True), ("שלום", "he", True), (SAID_AR, None, True), (SAID_EN, None, False)],
    "he": [("תכנית לביקור", "he", True), ("האם כולם בריאים?", "he", True), (ENGLISH, "en", False), (WELSH, "cy", False),
           (IN_ARABIC, "ar", True), (IN_HEBREW, "he", True), (SAID_HE, None, True), (SAID_EN, None, False)],
    "ar": [("طلب مترجم شفوي لموعد صحي", "ar", True), ("بحضور المترجم", "ar", True), ("مدخل للكرسي المتحرك", "ar", True)],
}


# -- the standard ------------------------------------------------------------------------------------

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def is_on(e):
    return e is not None and e.get(W + "val", "1") not in ("0", "false", "off")


class ByTheStandard:
    def __init__(self, path):
        with zipfile.ZipFile(path) as z:
            self.document = etree.fromstring(z.read("word/document.xml"))
            styles = etree.fromstring(z.read("word/styles.xml"))
        self.styles = {s.get(W + "styleId"): s for s in styles.iter(W + "style")}
        self.normal = next(k for k, s in self.styles.items() if s.get(W + "default") == "1" and s.get(W + "type") == "paragraph")
        self.defaults = {k: styles.find(".//%s%sDefault/%s%s" % (W, k, W, k)) for k in ("rPr", "pPr")}

    def property(self, name, kind, own, style):
        """A property of a paragraph or run: its own, its style's, of what that is based on, the default."""
        found = None if own is None else own.find(W + name)
        while found is None and style in self.styles:
            found = self.styles[style].find("%s%s/%s%s" % (W, kind, W, name))
            based = self.styles[style].find(W + "basedOn")
            style = None if based is None else based.get(W + "val")
        return self.defaults[kind].find(W + name) if found is None and self.defaults[kind] is not None else found

    def texts(self):
        """(text, language, runs right to left, its paragraph does) of each run with words"""
        for p in self.document.iter(W + "p"):
            ppr = p.find(W + "pPr")
            style = None if ppr is None else ppr.find(W + "pStyle")
            style = self.normal if style is None else style.get(W + "val")
            turned = is_on(self.property("bidi", "pPr", ppr, style))
            for r in p.iter(W + "r"):
                words = "".join(t.text or "" for t in r.findall(W + "t"))
                if not words.strip():
                    continue
                rpr = r.find(W + "rPr")
                own = None if rpr is None else rpr.find(W + "rStyle")
                runs = [self.property(n, "rPr", rpr, style if own is None else own.get(W + "val")) for n in ("rtl", "lang")]
                right = is_on(runs[0])
                yield words, runs[1].get(W + ("bidi" if right else "val")), right, turned


# -- LibreOffice -------------------------------------------------------------------------------------

def ns(name):
    prefix, local = name.split(":")
    return "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}%s" % (
        {"fo": "xsl-fo-compatible"}.get(prefix, prefix), local)


class ByLibreOffice:
    def __init__(self, path):
        root = etree.parse(path).getroot()
        self.body = root.find(ns("office:body"))
        self.styles = {(s.get(ns("style:family")), s.get(ns("style:name"))): s for s in root.iter(ns("style:style"))}
        self.defaults = {s.get(ns("style:family")): s for s in root.iter(ns("style:default-style"))}
        self.page = next(root.iter(ns("style:page-layout-properties"))).get(ns("style:writing-mode"), "lr-tb")

    def value(self, family, name, group, attribute):
        while (family, name) in self.styles:
            style = self.styles[family, name]
            at = style.find(ns("style:" + group))
            if at is not None and at.get(ns(attribute)):
                return at.get(ns(attribute))
            name = style.get(ns("style:parent-style-name"))
        at = self.defaults["paragraph"].find(ns("style:" + group))
        return at.get(ns(attribute)) if family == "paragraph" and at is not None else None

    def texts(self):
        for p in self.body.iter(ns("text:p"), ns("text:h")):
            style = p.get(ns("text:style-name"))
            turned = self.value("paragraph", style, "paragraph-properties", "style:writing-mode")
            turned = (self.page if turned in (None, "page") else turned) == "rl-tb"
            yield from self.runs(p, style, [], turned)

    def runs(self, e, style, spans, turned):
        if e.tag == ns("text:span"):
            spans = [e.get(ns("text:style-name"))] + spans
        for words in [e.text] + [x.tail for x in e]:
            if not (words or "").strip():
                continue
            complex_script = re.search("[\u0590-\u08ff]", words) is not None
            attribute = "style:language-complex" if complex_script else "fo:language"
            found = [self.value("text", s, "text-properties", attribute) for s in spans]
            found.append(self.value("paragraph", style, "text-properties", attribute))
            yield words, next((f for f in found if f), None), None, turned  # it goes by the letters
        for x in e:
            if x.tag not in (ns("text:p"), ns("text:h")):
                yield from self.runs(x, style, spans, turned)


# What is spoiled: in which document, how, whether LibreOffice sees it, and what is then said.
SPOILED = [
    ("en", r'<w:lang w:val="cy" w:bidi="cy"/>', '<w:lang w:val="fr" w:bidi="fr"/>', True, "said to be in fr"),
    ("en", r'<w:lang w:val="ar" w:bidi="ar"/>', '<w:lang w:val="ar" w:bidi="fa"/>', True, "said to be in fa"),
    ("en", r'<w:bidi w:val="1"/>', "", True, "the paragraph of"),
    ("en", r"<w:rtl/>", "", False, "runs the wrong way"),
    ("en", r"<w:bidi/>", "", True, "the paragraph of %r" % SAID_AR),
    ("he", r'<w:bidi w:val="0"/>', "", True, "the paragraph of %r" % WELSH),
    ("he", r'<w:lang w:val="en-GB" w:bidi="en-GB"/>', "", True, "%r is said to be in he" % ENGLISH),
]


# -- the claims --------------------------------------------------------------------------------------

def run(*command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=240)
    if done.returncode:
        sys.exit("%s: %s" % (" ".join(command), done.stdout.decode("utf-8", "replace")))


def wrong(reader, claims):
    texts = list(reader.texts())
    for words, language, right in claims:
        found = [t for t in texts if t[0].strip() == words]
        if not found:
            yield "%r is not there" % words
        for _, says, runs, turned in found:
            if language and (says or "").split("-")[0] != language:
                yield "%r is said to be in %s" % (words, says)
            if runs not in (None, right):
                yield "%r runs the wrong way" % words
            if turned != right:
                yield "the paragraph of %r runs the wrong way" % words


def main():
    faults = 0
    with tempfile.TemporaryDirectory(prefix="formc-languages-") as tmp:
        made = {}
        for lang in CLAIMS:
            made[lang] = os.path.join(tmp, lang + ".docx")
            if lang == "ar":
                run(FORMC, "fill", ARABIC, os.path.join(ARABIC, "examples/complete.xml"), "-o", made[lang])
                continue
            plan = os.path.join(tmp, lang + ".xml")
            with open(plan, "w", encoding="utf-8") as f:
                f.write(PLAN % (SAID_EN, SAID_HE if lang == "he" else SAID_AR))
            run(FORMC, "fill", LANGUAGES, plan, "-o", made[lang], *([] if lang == "en" else ["--lang", lang]))
        for i, (lang, old, new, _, _) in enumerate(SPOILED):
            made[i] = os.path.join(tmp, "spoiled-%d.docx" % i)
            with zipfile.ZipFile(made[lang]) as good, zipfile.ZipFile(made[i], "w") as bad:
                for name in good.namelist():
                    data = good.read(name)
                    bad.writestr(name, re.sub(old, new, data.decode("utf-8")) if name == "word/document.xml" else data)
        run("soffice", "--headless", "-env:UserInstallation=file://%s/profile" % tmp, "--convert-to", "fodt", "--outdir", tmp, *made.values())
        readers = {k: (ByTheStandard(path), ByLibreOffice(path[:-4] + "fodt")) for k, path in made.items()}
        for lang, claims in CLAIMS.items():
            for reader in readers[lang]:
                for fault in wrong(reader, claims):
                    print("%s, %s: %s" % (lang, type(reader).__name__, fault))
                    faults += 1
        for i, (lang, old, _, by_both, said) in enumerate(SPOILED):
            for reader in readers[i] if by_both else readers[i][:1]:
                if not any(said in fault for fault in wrong(reader, CLAIMS[lang])):
                    print("%s does not find that %s was changed in %s" % (type(reader).__name__, old, lang))
                    faults += 1
    sys.exit(faults > 0)


if __name__ == "__main__":
    main()
