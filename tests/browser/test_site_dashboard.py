"""The dashboard of a site in a real browser."""

from __future__ import annotations

import time

import pytest

NOTEBOOK = "03_site.ipynb"
FIGURES = 7


def settle(page, words: str) -> None:
    """Wait until the message says so."""
    page.wait_for_function(
        "words => document.querySelector('.ilrs-note, .ilrs-wrong').innerText.includes(words)",
        arg=words,
        polling=100,
    )


def settle_figures(page, count: int) -> None:
    """Wait until so many figures can be seen."""
    page.wait_for_function(
        "count => [...document.querySelectorAll('.ilrs-figure')].filter(e => e.clientWidth > 0).length === count",
        arg=count,
        polling=100,
    )


def choose(page, label: str, option: str) -> None:
    page.locator(".widget-dropdown", has_text=label).locator("select").first.select_option(label=option)


def write(page, label: str, number: str) -> None:
    field = page.locator(".ilrs-controls .widget-text", has_text=label).locator("input")
    field.fill(number)
    field.press("Enter")


@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 1280), ("light", 390), ("dark", 390)])
def test_all_figures_are_drawn_within_the_screen(visit, theme: str, width: int) -> None:
    began = time.monotonic()
    one = visit.at(NOTEBOOK, figures=FIGURES, theme=theme, width=width)
    page = one.page
    settle(page, "mean light")
    print(f"all figures: {time.monotonic() - began:.2f} s")
    assert page.locator(".ilrs-figure[data-drawn]").count() == FIGURES
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    one.picture(f"site-{theme}-{width}")


def test_the_sentence_tells_the_spread_and_the_grid(visit) -> None:
    page = visit.at(NOTEBOOK, figures=FIGURES).page
    settle(page, "mean light 92.3 %, one pixel aside 41 to 92 %; longest dark 2.4 d; 1600 m grid, mast 10 m.")


def test_titles_and_captions_lie_above_the_pictures(visit) -> None:
    page = visit.at(NOTEBOOK, figures=FIGURES).page
    settle(page, "mean light")
    clear = page.evaluate(
        """[...document.querySelectorAll('.ilrs-figure')].map(box => {
            const edge = (name, side) => box.querySelector(name)?.getBoundingClientRect()[side];
            const title = edge('.gtitle', 'bottom'), words = edge('.gtitle-subtitle', 'bottom');
            return edge('.gtitle', 'top') >= box.getBoundingClientRect().top
                && edge('.gtitle-subtitle', 'top') > title - 2
                && words <= (edge('.nsewdrag', 'top') ?? Infinity);
        })"""
    )
    assert clear == [True] * FIGURES


def test_the_name_of_the_rates_is_clear_of_the_caption(visit) -> None:
    page = visit.at(NOTEBOOK, figures=FIGURES).page
    gap = page.evaluate(
        """(() => {
            const box = [...document.querySelectorAll('.ilrs-figure')].find(e => e.innerText.includes('Highest rate'));
            const name = [...box.querySelectorAll('.annotation')].find(e => e.textContent.includes('Highest rate'));
            const words = box.querySelector('.gtitle-subtitle').getBoundingClientRect();
            return name.getBoundingClientRect().top - words.bottom;
        })()"""
    )
    assert gap >= 6


def test_map_and_relief_stand_side_by_side_on_a_wide_screen(visit) -> None:
    def boxes(width: int) -> list[dict[str, float]]:
        page = visit.at(NOTEBOOK, figures=FIGURES, width=width).page
        return [page.locator(".ilrs-figure").nth(number).bounding_box() for number in (5, 6)]

    ground, relief = boxes(1280)
    assert abs(ground["y"] - relief["y"]) < 4
    assert relief["x"] > ground["x"] + ground["width"]
    ground, relief = boxes(390)
    assert relief["y"] > ground["y"] + ground["height"]


def test_tables_say_their_units_and_spread(visit) -> None:
    page = visit.at(NOTEBOOK, figures=FIGURES).page
    settle(page, "mean light")
    text = page.inner_text("body")
    for part in ("Mean light [%]", "One pixel aside", "40.9 to 92.3", "magnetotail", "Geminids"):
        assert part in text


def test_every_control_has_a_unit_or_needs_none_and_says_what_it_does(visit) -> None:
    page = visit.at(NOTEBOOK, figures=FIGURES).page
    labels = page.locator(".ilrs-controls .widget-label:visible").all_inner_texts()
    assert [label for label in labels if label] == ["Place", "First day [UTC]", "Length", "Mast [m]", "Show"]
    titled = page.locator(".ilrs-controls [title]").evaluate_all("all => all.map(e => e.title)")
    assert sum(len(title) > 20 for title in titled) >= 7


def test_one_goes_anywhere_and_wrong_entries_mend_themselves(visit) -> None:
    one = visit.at(NOTEBOOK, figures=FIGURES)
    page = one.page
    settle(page, "mean light")
    choose(page, "Place", "Own place · by latitude and longitude")
    write(page, "Latitude", "-95")
    settle(page, "The latitude is -90 to 90 deg, not -95.")
    before = one.draws(0)
    write(page, "Latitude", "-30")
    settle(page, "-30°, 222.7°, 2031-01-01 to 2032-01-01: mean light 46.5 %")
    assert one.draws(0) > before
    settle_figures(page, FIGURES - 2)
    page.wait_for_function(
        "document.querySelector('.ilrs-code').innerText.includes('ilrs.Site(latitude=-30.0')"
    )
    one.picture("site-own-place")
    write(page, "Mast", "5000")
    settle(page, "The mast is 0 to 1000 m, not 5000.")
    write(page, "Mast", "2")
    settle(page, "mast 2 m.")
    day = page.locator("input[type=date]")
    day.fill("2060-01-01")
    settle(page, "The shipped kernels cover")
    assert "Traceback" not in page.content()
    day.fill("2031-01-01")
    settle(page, "mean light")
    choose(page, "Show", "Power and contacts of a station")
    settle(page, "choose one as the place")
    choose(page, "Place", "Station · ILRS pathfinder at Connecting Ridge")
    settle(page, "mean light 92.3 %")
    settle_figures(page, 4)
    choose(page, "Show", "Everything")
    settle(page, "mean light 92.3 %")
    settle_figures(page, FIGURES)


def test_the_page_shows_no_source(visit) -> None:
    assert "SitePanel(" not in visit.at(NOTEBOOK, figures=FIGURES).page.content()
