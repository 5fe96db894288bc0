#!/usr/bin/python3
"""Draws the pictures beside the questions of the S117 form in easy words: lang/en-GB-x-easyread of
forms/s117-aftercare. Lines of one width in black on white, 400 by 400 points; drawn four times as
large and made smaller, so that edges are smooth. Needs python3-pil."""

import math
import os

from PIL import Image, ImageDraw

SIDE, FINE, LINE = 400, 4, 15
TO = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))),
                  "forms", "s117-aftercare", "lang", "en-GB-x-easyread")


class Paper:
    def __init__(self):
        self.image = Image.new("L", (SIDE * FINE, SIDE * FINE), 255)
        self.pen = ImageDraw.Draw(self.image)

    def line(self, *points, width=LINE, close=False):
        """Through these points, with round ends and corners."""
        points = list(points) + ([points[0]] if close else [])
        self.pen.line([(x * FINE, y * FINE) for x, y in points], 0, int(width * FINE))
        for x, y in points:
            self.dot(x, y, width / 2)

    def dot(self, x, y, r, ink=0):
        self.pen.ellipse([(x - r) * FINE, (y - r) * FINE, (x + r) * FINE, (y + r) * FINE], ink)

    def ring(self, x, y, r):
        self.dot(x, y, r + LINE / 2)
        self.dot(x, y, r - LINE / 2, 255)

    def arc(self, x, y, rx, ry, begin, end, width=LINE):
        """Part of an ellipse, in degrees from the right, downwards."""
        n = 60
        self.line(*[(x + rx * math.cos(math.radians(begin + (end - begin) * i / n)),
                     y + ry * math.sin(math.radians(begin + (end - begin) * i / n)))
                    for i in range(n + 1)], width=width)

    def fill(self, *points, ink=0):
        self.pen.polygon([(x * FINE, y * FINE) for x, y in points], ink)

    def box(self, left, top, right, bottom, r=18):
        self.pen.rounded_rectangle([left * FINE, top * FINE, right * FINE, bottom * FINE],
                                   r * FINE, 255, 0, LINE * FINE)

    def person(self, x, top, size=1.0):
        """Head and shoulders."""
        r = 42 * size
        self.ring(x, top + r, r)
        y = top + 2 * r + 100 * size
        self.arc(x, y, 75 * size, 78 * size, 180, 360)
        self.line((x - 75 * size, y), (x - 75 * size, y + 34 * size), (x + 75 * size, y + 34 * size),
                  (x + 75 * size, y))

    def smile(self, x, y, r):
        self.dot(x - r * 0.38, y - r * 0.22, r * 0.11)
        self.dot(x + r * 0.38, y - r * 0.22, r * 0.11)
        self.arc(x, y + r * 0.05, r * 0.5, r * 0.46, 25, 155, width=10)


def star(p, x, y, r):
    points = []
    for i in range(10):
        a, d = math.pi * i / 5 - math.pi / 2, r if i % 2 == 0 else r * 0.42
        points.append((x + d * math.cos(a), y + d * math.sin(a)))
    p.fill(*points)


def good_at(p):
    """A person with arms up, and stars."""
    p.ring(200, 120, 52)
    p.smile(200, 120, 52)
    p.line((200, 180), (200, 275))
    p.line((110, 115), (140, 200), (200, 212), (260, 200), (290, 115))
    p.line((200, 275), (150, 375))
    p.line((200, 275), (250, 375))
    star(p, 70, 60, 42)
    star(p, 330, 60, 42)


def people(p):
    """Three people."""
    p.person(92, 82, 0.82)
    p.person(308, 82, 0.82)
    p.fill((105, 390), (105, 262), (150, 190), (250, 190), (295, 262), (295, 390), ink=255)
    p.dot(200, 190, 66, 255)
    p.person(200, 138, 1.12)


def matters(p):
    """A heart held by a hand."""
    heart = []
    for i in range(121):
        t = 2 * math.pi * i / 120
        heart.append((200 + 7.6 * 16 * math.sin(t) ** 3,
                      150 - 8 * (13 * math.cos(t) - 5 * math.cos(2 * t) - 2 * math.cos(3 * t) - math.cos(4 * t))))
    p.line(*heart, close=True)
    p.fill(*[(200 + (x - 200) * 0.62, 146 + (y - 150) * 0.62) for x, y in heart])
    p.line((50, 322), (110, 322), (150, 352), (270, 352), (360, 300))
    p.line((172, 322), (250, 322))
    p.line((50, 375), (280, 375), (360, 330))


def goals(p):
    """A path up a hill, with a flag at the top."""
    p.arc(200, 385, 180, 205, 180, 360)
    p.line((200, 180), (200, 25))
    p.fill((200, 25), (312, 65), (200, 105))
    p.line((200, 25), (312, 65), (200, 105))
    for x, y, w in [(150, 372, 26), (215, 335, 22), (245, 290, 18), (212, 250, 14), (194, 215, 10)]:
        p.line((x - w, y), (x + w, y), width=12)


def name(p):
    """A badge with a person on it."""
    p.box(60, 100, 340, 370)
    p.box(165, 60, 235, 120, 14)
    p.person(200, 150, 0.72)
    p.line((120, 330), (280, 330), width=12)


def born(p):
    """A calendar with one day marked."""
    p.box(45, 75, 355, 365)
    p.line((55, 155), (345, 155))
    for x in (125, 275):
        p.line((x, 40), (x, 105), width=22)
    for row in range(3):
        for column in range(4):
            p.dot(102 + column * 65, 205 + row * 55, 10)
    p.ring(232, 260, 30)


def number(p):
    """A card with a number: in three groups, as an NHS number is written."""
    p.box(25, 85, 375, 315)
    p.line((60, 135), (170, 135), width=12)
    p.line((60, 170), (130, 170), width=12)
    digits = ["999", "123", "4567"]
    x = 57
    for group in digits:
        for digit in group:
            seven_segments(p, digit, x, 220, 17, 50)
            x += 27
        x += 14
    p.ring(310, 152, 28)


def seven_segments(p, digit, x, y, w, h):
    """A digit as clocks show it."""
    on = {"1": "bc", "2": "abged", "3": "abgcd", "4": "fgbc", "5": "afgcd", "6": "afgedc", "7": "abc", "9": "gfabcd"}
    ends = {"a": ((0, 0), (1, 0)), "b": ((1, 0), (1, 0.5)), "c": ((1, 0.5), (1, 1)), "d": ((0, 1), (1, 1)),
            "e": ((0, 0.5), (0, 1)), "f": ((0, 0), (0, 0.5)), "g": ((0, 0.5), (1, 0.5))}
    for part in on[digit]:
        (x1, y1), (x2, y2) = ends[part]
        p.line((x + x1 * w, y + y1 * h), (x + x2 * w, y + y2 * h), width=8)


def house(p):
    """A house with a door and a window."""
    p.line((30, 195), (200, 45), (370, 195))
    p.line((75, 165), (75, 360), (325, 360), (325, 165))
    p.line((130, 360), (130, 240), (205, 240), (205, 360))
    p.dot(187, 302, 8)
    p.box(240, 225, 295, 285, 6)
    p.line((285, 110), (285, 60), (310, 60), (310, 132), width=12)


def speaks(p):
    """Somebody who speaks for another person."""
    p.person(105, 182, 0.9)
    p.person(305, 205, 0.78)
    p.box(150, 30, 370, 160, 34)
    p.fill((192, 140), (238, 140), (232, 168), (172, 200), ink=255)
    p.line((190, 153), (166, 204), (245, 153))
    for y, right in ((72, 325), (108, 290)):
        p.line((192, y), (right, y), width=12)


PICTURES = {"good-at": good_at, "people": people, "matters": matters, "goals": goals, "name": name,
            "born": born, "number": number, "house": house, "speaks": speaks}

if __name__ == "__main__":
    os.makedirs(TO, exist_ok=True)
    for file, draw in PICTURES.items():
        paper = Paper()
        draw(paper)
        small = paper.image.resize((SIDE, SIDE), Image.LANCZOS)
        small.point(lambda v: min(15, v // 16) * 17).save(os.path.join(TO, file + ".png"), optimize=True)
