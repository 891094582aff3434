"""The plan dashboard in a real browser: it plans, explains, locks and compares."""

from __future__ import annotations

import re

NOTEBOOK = "05_plan.ipynb"
SAYS = "[...document.querySelectorAll('.ilrs-note')].some(note => note.innerText.includes({!r}))"


def wait_until(one, words: str) -> None:
    """Wait until a message holds some words."""
    one.page.wait_for_function(SAYS.format(words), polling=100)


def wait_until_idle(one) -> None:
    """Wait until nothing is computed, so that Plan can be pressed."""
    one.page.wait_for_function("!document.querySelector('button.mod-primary').disabled", polling=100)


def opened(visit, **how):
    """The dashboard with its first plan."""
    one = visit.at(NOTEBOOK, figures=2, **how)
    one.page.wait_for_selector(".ilrs-table table")
    wait_until(one, "sessions, value")
    return one


def message(one) -> str:
    """The first message of the page: the verdict."""
    return str(one.page.locator(".ilrs-note").first.inner_text())


def value(words: str) -> float:
    """Value of the plan that the message tells of."""
    return float(re.search(r"value ([\d.]+)", words)[1])


def test_it_opens_with_a_checked_plan_of_the_shipped_campaign(visit) -> None:
    one = opened(visit)
    assert "of 64 sessions" in message(one)
    assert "found no fault" in message(one)
    one.picture("plan-light")


def test_the_timeline_has_its_strips_with_units_and_a_legend_clear_of_them(visit) -> None:
    figure = opened(visit).page.locator(".ilrs-figure").nth(1)
    text = figure.inner_text()
    for unit in ("[Wh]", "[Mbit]", "[1]", "[Mbit/s]", "Time [UTC]"):
        assert unit in text
    title = figure.locator(".xtitle").first.bounding_box()
    legend = figure.locator(".legend").first.bounding_box()
    assert legend["y"] >= title["y"] + title["height"]


def test_what_is_left_out_has_a_reason_and_ids(visit) -> None:
    page = opened(visit).page
    rows = page.locator(".ilrs-row").all_inner_texts()
    assert rows
    assert all(re.match(r"\w+\.\d+ · ", row) for row in rows)
    assert any("No start is free" in row for row in rows)
    files = page.locator("a.ilrs-download").all()
    assert [re.sub(r".*\.", "", one.get_attribute("download")) for one in files] == [
        "json",
        "csv",
        "ics",
        "json",
    ]


def test_more_time_never_gives_less_and_value_and_bound_are_drawn_meanwhile(visit) -> None:
    one = opened(visit)
    page, before, draws = one.page, value(message(one)), one.draws()
    page.locator("input[type=number]").nth(1).fill("4")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Plan", exact=True).click()
    wait_until(one, "Planning")
    assert page.get_by_role("button", name="Plan", exact=True).is_disabled()
    assert page.get_by_role("button", name="Stop", exact=True).is_enabled()
    wait_until(one, "plan2 ")
    wait_until(one, "sessions, value")
    assert value(message(one)) >= before
    one.wait_for_redraw(draws)
    assert "No plan can exceed this" in page.locator(".ilrs-figure").first.inner_text()


def test_the_price_of_a_session_is_told_on_a_click(visit) -> None:
    one = opened(visit)
    one.page.get_by_role("button", name="Price", exact=True).first.click()
    one.page.wait_for_selector(".ilrs-words p:has-text('Price:'):not(:has-text('sking'))")
    assert "is left out" in one.page.locator(".ilrs-words").first.inner_text()


def test_a_lock_is_certified_and_compared(visit) -> None:
    one = opened(visit)
    page = one.page
    session = page.locator("option", has_text="volatile_drilling.1 ·").inner_text()
    page.get_by_label("Session").select_option(label=session)
    page.get_by_role("button", name="Edit and certify").click()
    wait_until(one, "certified anew")
    told = page.locator(".ilrs-words").nth(1).inner_text()
    assert re.search(r"Lock volatile_drilling.1: (costs|gains) ", told)
    assert re.search(r"plan\d and plan\d", page.locator(".ilrs-figure").nth(2).inner_text())
    assert re.search(
        r'plan(\d) = plan\d\.lock\("volatile_drilling\.1"', page.locator(".ilrs-code").last.inner_text()
    )
    page.get_by_label("Edit", exact=True).select_option(label="Put at a start and lock")
    page.get_by_label("Start [UTC]").fill("noon")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Edit and certify").click()
    page.wait_for_selector(".ilrs-wrong:has-text('not a date')")
    one.picture("plan-edited")


def test_what_binds_is_found_on_a_press(visit) -> None:
    one = opened(visit)
    one.page.get_by_role("button", name="What would pay?").click()
    one.page.wait_for_selector("caption:has-text('More of each resource')")
    one.page.wait_for_selector("button:has-text('What would pay?'):not([disabled])")
    assert "sessions, value" in message(one)


def test_going_back_brings_the_verdict_of_that_plan(visit) -> None:
    one = opened(visit)
    page = one.page
    page.get_by_label("First plan").select_option(index=0)
    chosen = page.get_by_label("First plan").locator("option").first.text_content()
    page.get_by_role("button", name="Go back to plan1").click()
    page.wait_for_function(
        "[...document.querySelectorAll('.ilrs-code')].at(-1).innerText.includes('(campaign, plan1)')"
    )
    assert value(message(one)) == float(re.search(r"value\s([\d.]+)", chosen)[1])


def test_choices_that_cannot_be_are_refused_in_sentences(visit) -> None:
    one = opened(visit)
    page, plan = one.page, one.page.get_by_role("button", name="Plan", exact=True)
    for box, given, kept, words in (
        (page.locator("input[type=date]"), "1800-01-01", "2031-02-24", "is not within 1900-01-02"),
        (page.locator("input[type=number]").nth(1), "1e9", "4", "the time of search is 1 to 120 s"),
        (page.get_by_label("china, at least [%]"), "120", "0", "is 0 to 100 %, not 120 %"),
    ):
        box.fill(given)
        page.keyboard.press("Tab")
        page.wait_for_selector(f".ilrs-wrong:has-text('{words}')")
        assert plan.is_disabled()
        box.fill(kept)
        page.keyboard.press("Tab")
        wait_until(one, "sessions, value")
        page.wait_for_function(
            "!document.querySelector('.ilrs-panel button.mod-primary').disabled", polling=100
        )


def test_three_partners_have_a_front_of_value_against_fairness(visit) -> None:
    one = visit()
    one.open_dashboard(NOTEBOOK, figures=2)
    wait_until(one, "sessions, value")
    label = one.page.locator("option", has_text="three").first.text_content()
    one.page.get_by_label("Campaign").select_option(label=label)
    one.page.get_by_label("italy, at least [%]").wait_for()
    ask = one.page.get_by_role("button", name="Value against fairness")
    one.page.wait_for_function(
        "![...document.querySelectorAll('button')].find(b => b.innerText === 'Value against fairness').disabled"
    )
    ask.click()
    one.page.wait_for_selector("caption:has-text('Front')")
    one.picture("plan-front")
    one.page.context.close()


def test_it_follows_the_dark_theme(visit) -> None:
    one = opened(visit, theme="dark")
    for number in range(2):
        background = one.page.evaluate(
            f"document.querySelectorAll('.ilrs-figure')[{number}].layout.template.layout.paper_bgcolor"
        )
        assert background == "#161B22"
    one.picture("plan-dark")


def test_it_fits_a_small_screen(visit) -> None:
    one = opened(visit, width=390)
    assert one.page.evaluate("document.documentElement.scrollWidth") <= 390
    one.picture("plan-390")
