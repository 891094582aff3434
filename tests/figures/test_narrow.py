"""Long names and titles are broken for small screens, and for those alone."""

from __future__ import annotations

from ilrs_science.figures import theme
from ilrs_science.figures.narrow import fit_narrow

LONG = "Neutral-atom images of ring current &amp; magnetotail of the Earth from orbit"


def test_what_is_long_is_broken_on_small_screens_and_nothing_is_lost() -> None:
    title = "Twenty-eight days on the ground and in orbit with one relay"
    drawn = theme.figure(title=title, height=300, margin={"t": 52}, narrow={"height": 400})
    drawn.add_annotation(text=LONG, x=0, y=0)
    drawn.add_annotation(text="short", x=0, y=0)
    fit_narrow(drawn)
    small = drawn.layout.meta["narrow"]
    assert small["title"]["text"].replace("<br>", " ") == title
    assert small["title"]["font"]["size"] == 14
    assert small["title"]["text"].count("<br>") == 1
    assert small["height"] - 400 == small["margin"]["t"] - 52 > 0
    assert drawn.layout.title.text == title
    assert drawn.layout.margin.t == 52
    texts = [note["text"] for note in small["annotations"]]
    assert texts[0].replace("<br>", " ") == LONG
    assert all(len(line) <= 64 for line in texts[0].split("<br>"))
    assert small["annotations"][0]["xshift"] == 8 - small["margin"]["l"]
    assert texts[1] == "short"


def test_what_fits_is_left_alone() -> None:
    drawn = theme.figure(title="Plan", height=300)
    drawn.add_annotation(text="short", x=0, y=0)
    before = dict(drawn.layout.meta["narrow"])
    assert fit_narrow(drawn).layout.meta["narrow"] == before
