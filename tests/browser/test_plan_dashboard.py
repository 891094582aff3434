"""The plan dashboard in a real browser."""

from __future__ import annotations

import re

NOTEBOOK = "05_plan.ipynb"


def opened(visit, **how):
    """The dashboard with its first plan."""
    one = visit.at(NOTEBOOK, figures=1, **how)
    one.page.wait_for_selector(".ilrs-table table")
    one.page.wait_for_function(
        "document.querySelector('.ilrs-note').innerText.includes('sessions')", polling=100
    )
    return one


def test_it_opens_with_a_checked_plan_of_the_shipped_campaign(visit) -> None:
    one = opened(visit)
    words = one.page.locator(".ilrs-note").inner_text()
    assert "of 64 sessions" in words
    assert "found no fault" in words
    one.picture("plan-light")


def test_the_timeline_has_its_strips_with_units_and_a_legend_clear_of_them(visit) -> None:
    page = opened(visit).page
    text = page.locator(".ilrs-figure").inner_text()
    for unit in ("[Wh]", "[Mbit]", "[1]", "[Mbit/s]", "Time [UTC]"):
        assert unit in text
    title = page.locator(".ilrs-figure .xtitle").first.bounding_box()
    legend = page.locator(".ilrs-figure .legend").first.bounding_box()
    assert legend["y"] >= title["y"] + title["height"]


def test_the_table_says_what_is_left_out_and_why(visit) -> None:
    page = opened(visit).page
    rows = page.locator(".ilrs-table tbody tr").all_inner_texts()
    assert len(rows) == 9
    assert any("did not fit" in row for row in rows)


def value(words: str) -> float:
    """Value of the plan that the message tells of."""
    return float(re.search(r"value ([\d.]+)", words)[1])


def test_more_time_never_gives_less_and_progress_is_shown_meanwhile(visit) -> None:
    one = opened(visit)
    page = one.page
    before, draws = value(page.locator(".ilrs-note").inner_text()), one.draws()
    page.locator(".widget-text input, .widget-numeric-text input, input[type=number]").first.fill("3")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Plan", exact=True).click()
    page.wait_for_function(
        "document.querySelector('.ilrs-note').innerText.startsWith('Planning')", polling=100
    )
    assert page.get_by_role("button", name="Plan", exact=True).is_disabled()
    assert page.get_by_role("button", name="Stop", exact=True).is_enabled()
    page.wait_for_function("document.querySelector('.ilrs-note').innerText.includes('sessions')", polling=100)
    after = value(page.locator(".ilrs-note").inner_text())
    assert after >= before
    if after > before:
        one.wait_for_redraw(draws)


def test_it_follows_the_dark_theme(visit) -> None:
    one = opened(visit, theme="dark")
    assert (
        one.page.evaluate("document.querySelector('.ilrs-figure').layout.template.layout.paper_bgcolor")
        == "#161B22"
    )
    one.picture("plan-dark")


def test_it_fits_a_small_screen(visit) -> None:
    one = opened(visit, width=390)
    assert one.page.evaluate("document.documentElement.scrollWidth") <= 390
    one.picture("plan-390")
