"""Captions and sentences, by what they say and the room they take."""

from __future__ import annotations

from ilrs_science.figures import theme
from ilrs_science.figures.caption import add_caption, say


def figure():
    return theme.figure(title="A title", height=400, margin={"t": 50})


def test_a_caption_makes_room_for_each_of_its_lines() -> None:
    short, long = figure(), figure()
    add_caption(short, "One line.")
    add_caption(long, "word " * 60)
    lines = long.layout.title.subtitle.text.count("<br>")
    assert lines > 1
    assert long.layout.height - short.layout.height == 16 * lines
    assert long.layout.margin.t - short.layout.margin.t == 16 * lines


def test_a_small_screen_gets_shorter_lines_and_more_room() -> None:
    drawn = figure()
    add_caption(drawn, "word " * 60)
    small = drawn.layout.meta["narrow"]
    wide = drawn.layout.title.subtitle.text.split("<br>")
    narrow = small["title"]["subtitle"]["text"].split("<br>")
    assert max(map(len, wide)) <= 92
    assert max(map(len, narrow)) <= 50
    assert small["margin"]["t"] == 50 + 16 * len(narrow)
    assert small["height"] == 400 + 16 * len(narrow)


def test_what_the_small_screen_had_is_kept() -> None:
    drawn = theme.figure(title="A", height=400, narrow={"height": 300, "margin": {"b": 7}})
    add_caption(drawn, "Words.")
    small = drawn.layout.meta["narrow"]
    assert small["height"] == 316
    assert small["margin"]["b"] == 7
    assert small["title"]["font"]["size"] == 14


def test_names_of_files_are_text_and_never_markup() -> None:
    drawn = figure()
    add_caption(drawn, "<b>a & b</b>")
    assert drawn.layout.title.subtitle.text == "&lt;b&gt;a &amp; b&lt;/b&gt;"


def test_an_empty_figure_says_why_and_hides_its_axes() -> None:
    drawn = say(figure(), "Nothing is here yet.")
    assert [note.text for note in drawn.layout.annotations] == ["Nothing is here yet."]
    assert drawn.layout.xaxis.visible is False
    assert drawn.layout.yaxis.visible is False
    assert len(drawn.data) == 0


def test_a_long_sentence_is_broken_into_lines() -> None:
    (note,) = say(figure(), "word " * 30).layout.annotations
    assert max(map(len, note.text.split("<br>"))) <= 42
