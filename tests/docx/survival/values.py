"""What is put into the form of survival: the fields. The texts that want to hurt are in tests/support."""
from nasty import PLAIN

# path in the plan -> its bookmark; a row of the repeat is row 1
TEXTS = {"texts/line": "f1", "texts/prose": "f2", "texts/reason": "f4", "kinds/address": "f5", "kinds/place": "f11",
         "steps/step[]/what": "f13_1", "steps/step[]/who": "f14_1", "signatures/person/name": "f16",
         "signatures/person/mark": "f17"}
# The others: path -> (bookmark, as the plan has it, as people see it)
OTHERS = {"texts/agree": ("f3", "yes", "Yes"), "kinds/day": ("f6", "2026-02-03", "03/02/2026"),
          "kinds/since": ("f7", "1987-05", "05/1987"), "kinds/cost": ("f8", "1234.50", "\u00a31,234.50"),
          "kinds/count": ("f9", "42", "42"), "kinds/colour": ("f10", "blue", 'Blue & "navy"'),
          "kinds/helps": (("f19", "f21"), "advocate print", ""), "steps/step[]/due": ("f15_1", "2026-03-04", "04/03/2026"),
          "signatures/person/signed-on": ("f18", "2026-02-04", "04/02/2026")}
BOXES = ("f19", "f20", "f21")

LONG = ("texts/prose",)  # where the long text stands: with nine of them LibreOffice works for minutes


def texts(name, text):
    """path -> text, of the places for text."""
    return {path: PLAIN if name == "long" and path not in LONG else text for path in TEXTS}
