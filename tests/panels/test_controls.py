"""Controls say their unit and purpose; what a person wrote is text and never markup."""

from __future__ import annotations

from html.parser import HTMLParser

import ipywidgets as widgets
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilrs_science.panels import controls


class Cells(HTMLParser):
    """Text of each element of a kind, in order, and every tag that was met."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.cells: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)
        if tag in ("td", "th", "pre", "div"):
            self.cells.append("")

    def handle_data(self, data: str) -> None:
        if self.cells:
            self.cells[-1] += data


texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30)


@given(texts, texts)
def test_a_sentence_is_text(text: str, wrong: str) -> None:
    place = controls.message()
    controls.say(place, text, wrong=wrong)
    read = Cells(place.value)
    assert read.tags == ["div"]
    assert read.cells == [wrong or text]


def test_what_is_wrong_interrupts_and_the_rest_waits() -> None:
    place = controls.message()
    controls.say(place, "All is well.")
    assert place.value == '<div class="ilrs-note" role="status">All is well.</div>'
    controls.say(place, "All is well.", wrong="It is not.")
    assert place.value == '<div class="ilrs-wrong" role="alert">It is not.</div>'


@given(texts)
def test_code_is_text(lines: str) -> None:
    read = Cells(controls.code(lines))
    assert (read.tags, read.cells) == (["pre"], [lines])


@given(st.lists(st.tuples(texts, texts), max_size=4))
def test_every_cell_of_a_table_is_text(rows: list[tuple[str, str]]) -> None:
    read = Cells(controls.table("A list", ("Name", "Hours [h]"), rows, numbers=("Hours [h]",)))
    assert read.tags.count("tr") == 1 + len(rows)
    assert read.cells[1:3] == ["Name", "Hours [h]"]
    assert read.cells[3:] == [cell for row in rows for cell in row]


def test_numbers_are_marked_in_head_and_body() -> None:
    made = controls.table("A list", ("Name", "Hours [h]"), [("a", "1.5")], numbers=("Hours [h]",))
    assert '<th scope="col">Name</th><th scope="col" class="number">Hours [h]</th>' in made
    assert '<td>a</td><td class="number">1.5</td>' in made
    assert "<caption>A list</caption>" in made


def test_a_row_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match=r"longer|shorter"):
        controls.table("A list", ("Name", "Hours [h]"), [("a",)])


def test_a_slider_says_unit_and_purpose() -> None:
    slider = controls.range_slider(
        "Sun", unit="deg", value=(-1.0, 5.0), low=-90.0, high=90.0, tooltip="How high the Sun may stand."
    )
    assert slider.description == "Sun [deg]"
    assert slider.tooltip == "How high the Sun may stand."
    assert (slider.value, slider.min, slider.max) == ((-1.0, 5.0), -90.0, 90.0)


@pytest.mark.parametrize(("group", "name"), [(controls.pair, "ilrs-pair"), (controls.panel, "ilrs-panel")])
def test_groups_keep_their_children_in_order(group, name: str) -> None:
    first, second = widgets.HTML("1"), widgets.HTML("2")
    made = group(first, second)
    assert made.children == (first, second)
    assert name in made._dom_classes


def test_states_are_sent_again_in_order() -> None:
    sent: list[str] = []

    class Shown:
        def __init__(self, name: str) -> None:
            self.name = name

        def send_state(self) -> None:
            sent.append(self.name)

    controls.send_again(Shown("a"), Shown("b"))
    controls.send_again()
    assert sent == ["a", "b"]


def test_a_slider_shows_as_many_digits_as_its_step() -> None:
    made = [
        controls.range_slider("x", unit="deg", value=(0, 1), low=0, high=2, tooltip="An angle.", step=step)
        for step in (0.1, 0.05)
    ]
    assert [one.readout_format for one in made] == [".1f", ".2f"]


def test_controls_can_be_exchanged() -> None:
    box = controls.controls([widgets.Text(description="a")])
    second = widgets.Dropdown(options=["x"], description="b")
    controls.arrange(box, [second])
    assert box.children == (second,)
    assert second.style.description_width == "165px"


def test_parts_are_shown_or_hidden() -> None:
    parts = widgets.HTML(), widgets.HTML()
    controls.show_if([], *parts)
    assert [one.layout.display for one in parts] == ["none", "none"]
    controls.show_if(True, *parts)
    assert [one.layout.display for one in parts] == [None, None]


@given(texts)
def test_a_hint_is_text(text: str) -> None:
    read = Cells(controls.hint(text))
    assert (read.tags, read.cells) == (["div"], [text])


@given(texts, texts)
def test_a_tooltip_is_laid_over_a_description_as_text(words: str, tooltip: str) -> None:
    made = controls.explained(widgets.Dropdown(options=["x"], description=words, tooltip=tooltip))
    read = Cells(f"<div>{made.description}</div>")
    assert (read.tags, read.cells) == (["div", "span"], [words])
    assert made.tooltip == tooltip
