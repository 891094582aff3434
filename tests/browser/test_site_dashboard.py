"""The dashboard of a site in a real browser."""

from __future__ import annotations

import pytest

NOTEBOOK = "03_site.ipynb"
FIGURES = 7


@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 390)])
def test_all_figures_are_drawn_within_the_screen(visit, theme: str, width: int) -> None:
    one = visit.at(NOTEBOOK, figures=FIGURES, theme=theme, width=width)
    page = one.page
    assert page.locator(".ilrs-figure[data-drawn]").count() == FIGURES
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    one.picture(f"site-{theme}-{width}")


def test_titles_and_captions_lie_above_the_pictures(visit) -> None:
    page = visit.at(NOTEBOOK, figures=FIGURES).page
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


def test_tables_say_their_units_and_spread(visit) -> None:
    text = visit.at(NOTEBOOK, figures=FIGURES).page.inner_text("body")
    for part in ("mean_fraction", "one_pixel", "magnetotail", "Geminids"):
        assert part in text
