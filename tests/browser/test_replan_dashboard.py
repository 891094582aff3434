"""The replan dashboard in a real browser: it opens broken, breaks something else, is watched, and gives files."""

from __future__ import annotations

import re

NOTEBOOK = "06_replan.ipynb"
SAYS = "[...document.querySelectorAll('.ilrs-note, .ilrs-wrong')].some(note => note.innerText.includes({!r}))"
TIMELINE, WAYS = 0, 1


def wait_until(one, words: str) -> None:
    """Wait until a message holds some words."""
    one.page.wait_for_function(SAYS.format(words), polling=100)


def opened(visit, **how):
    """The dashboard with its three executions."""
    one = visit.at(NOTEBOOK, figures=3, **how)
    wait_until(one, "Planned 2")
    one.page.wait_for_selector(".ilrs-table table")
    return one


def values(one) -> list[float]:
    """What was planned and what came of it in the three ways."""
    words = one.page.locator(".ilrs-note").first.inner_text()
    return [float(text) for text in re.findall(r"\d+(?:\.\d+)?", words)]


def test_it_opens_with_a_fault_and_three_ways_to_go_on(visit) -> None:
    one = opened(visit)
    planned, keep, board, ground = values(one)
    assert keep < board <= planned
    assert ground <= planned
    text = one.page.locator(".ilrs-figure").nth(TIMELINE).inner_text()
    assert "Something is wrong" in text
    assert "Time [UTC]" in text
    for unit in ("[points]", "[Wh]", "[Mbit]"):
        assert unit in one.page.locator(".ilrs-figure").nth(WAYS).inner_text()
    one.picture("replan-light")


def test_files_can_be_taken_away(visit) -> None:
    one = opened(visit)
    names = [link.get_attribute("download") for link in one.page.locator("a.ilrs-download").all()]
    assert [re.sub(r".*\.", "", name) for name in names] == ["json", *["csv", "nc"] * 3]
    with one.page.expect_download() as started:
        one.page.locator("a.ilrs-download").nth(1).click()
    assert started.value.suggested_filename == "polar_winter-keep_going.csv"


def test_the_moment_can_be_chosen_and_played(visit) -> None:
    one = opened(visit)
    draws = one.draws(TIMELINE)
    one.page.locator(".jupyter-widgets.widget-play button").first.click()
    one.wait_for_redraw(draws, TIMELINE)
    one.page.locator(".jupyter-widgets.widget-play button").first.click()
    assert "now" in one.page.locator(".ilrs-figure").nth(TIMELINE).inner_text()


def test_a_bad_date_is_a_sentence_and_another_fault_changes_the_page(visit) -> None:
    one = opened(visit)
    page, before = one.page, values(one)
    page.get_by_label("From [UTC]", exact=True).fill("noon")
    page.keyboard.press("Tab")
    wait_until(one, "noon")
    assert page.get_by_role("button", name="Break it").is_disabled()
    page.get_by_label("From [UTC]", exact=True).fill("2031-03-17 00:00")
    page.keyboard.press("Tab")
    page.get_by_label("What goes wrong").select_option(label="Instrument fault")
    page.get_by_label("Hits").select_option(label="penetrating radar")
    page.get_by_label("For [h]").fill("72")
    page.keyboard.press("Tab")
    draws = one.draws(WAYS)
    page.get_by_role("button", name="Break it").click()
    one.wait_for_redraw(draws, WAYS)
    wait_until(one, "Planned 2")
    assert values(one)[1:] != before[1:]
    assert "penetrating_radar" in page.locator(".ilrs-code").first.inner_text()


def test_it_follows_the_dark_theme(visit) -> None:
    one = opened(visit, theme="dark")
    for number in range(3):
        background = one.page.evaluate(
            f"document.querySelectorAll('.ilrs-figure')[{number}].layout.template.layout.paper_bgcolor"
        )
        assert background == "#161B22"
    one.picture("replan-dark")


def test_it_fits_a_small_screen(visit) -> None:
    one = opened(visit, width=390)
    assert one.page.evaluate("document.documentElement.scrollWidth") <= 390
    one.picture("replan-390")
