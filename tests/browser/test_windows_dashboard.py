"""The windows dashboard in a real browser."""

from __future__ import annotations

import time

NOTEBOOK = "04_windows.ipynb"
FIGURES = 4


def sentence(page) -> str:
    return page.locator(".ilrs-note, .ilrs-wrong").first.inner_text()


def type_into(page, label: str, text: str, number: int = 0) -> None:
    """Type into a field of the rows of conditions."""
    field = page.locator(".ilrs-conditions .widget-text", has_text=label).nth(number).locator("input")
    field.fill(text)
    field.press("Enter")


def test_it_draws_its_figures_and_a_control_changes_them(visit) -> None:
    one = visit.at(NOTEBOOK, figures=FIGURES)
    page = one.page
    before, words = one.draws(0), sentence(page)
    assert "window" in words
    one.picture("windows-light")
    began = time.monotonic()
    type_into(page, "at least [deg]", "-1")
    one.wait_for_redraw(before)
    print(f"control to plot: {time.monotonic() - began:.2f} s")
    page.wait_for_function(
        "old => document.querySelector('.ilrs-note').innerText !== old", arg=words, polling=100
    )
    page.wait_for_function(
        "document.querySelector('.ilrs-code').innerText.includes('SunElevation(min=\"-1 deg\")')"
    )
    funnel = page.locator(".ilrs-figure").nth(1).inner_text()
    assert "−1°" in funnel or "−1.0°" in funnel


def test_every_control_has_a_unit_or_needs_none_and_says_what_it_does(visit) -> None:
    page = visit.at(NOTEBOOK, figures=FIGURES).page
    labels = page.locator(".ilrs-controls .widget-label").all_inner_texts()
    assert [label for label in labels if label] == ["Place", "First day [UTC]", "Length [d]", "Possible when"]
    fields = page.locator(".ilrs-conditions .widget-text .widget-label").all_inner_texts()
    assert fields == ["at least [deg]", "at most [deg]"] * 2
    titled = page.locator(".ilrs-controls [title], .ilrs-conditions [title]").evaluate_all(
        "all => all.map(e => e.title)"
    )
    assert sum(len(title) > 15 for title in titled) >= 7


def test_axes_carry_units_and_legends_do_not_cover_the_data(visit) -> None:
    page = visit.at(NOTEBOOK, figures=FIGURES).page
    assert "Time [UTC]" in page.locator(".ilrs-figure").first.inner_text()
    last = page.locator(".ilrs-figure").last
    assert "Elevation [deg]" in last.inner_text()
    legend = last.locator(".legend").first.bounding_box()
    plot = last.locator(".cartesianlayer").first.bounding_box()
    assert legend["y"] > plot["y"] + plot["height"] - 30


def test_plots_follow_the_theme_at_once(visit) -> None:
    one = visit.at(NOTEBOOK, figures=FIGURES, theme="dark")
    page = one.page
    paper = "document.querySelector('.ilrs-figure').layout.template.layout.paper_bgcolor"
    assert page.evaluate(paper) == "#161B22"
    one.picture("windows-dark")
    before = one.draws()
    page.locator("[data-ilrs-theme]").click()
    one.wait_for_redraw(before)
    assert page.evaluate(paper) == "#FFFFFF"


def test_it_fits_a_small_screen(visit) -> None:
    one = visit.at(NOTEBOOK, figures=FIGURES, width=390)
    page = one.page
    one.picture("windows-390")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_missing_date_is_said_in_a_sentence_and_mends_itself(visit) -> None:
    page = visit.at(NOTEBOOK, figures=FIGURES).page
    field = page.locator("input[type=date]")
    field.fill("")
    page.wait_for_selector(".ilrs-wrong")
    assert "date" in sentence(page)
    assert "Traceback" not in page.content()
    field.fill("2031-06-01")
    page.wait_for_selector(".ilrs-note")


def test_no_window_is_said_and_not_left_blank(visit) -> None:
    one = visit.at(NOTEBOOK, figures=FIGURES)
    page = one.page
    type_into(page, "at least [deg]", "80")
    page.wait_for_function(
        "document.querySelector('.ilrs-note').innerText.startsWith('No window')", polling=100
    )
    page.wait_for_function("document.querySelector('.ilrs-figure').innerText.includes('never')", polling=100)
    assert "short by" in sentence(page)
    one.picture("windows-none")


def test_a_condition_is_added_and_what_is_typed_wrongly_is_a_sentence(visit) -> None:
    one = visit.at(NOTEBOOK, figures=FIGURES)
    page = one.page
    before = one.draws(0)
    page.get_by_role("button", name="Add a condition").click()
    one.wait_for_redraw(before)
    assert "Separation sun-earth" in page.locator(".ilrs-figure").first.inner_text()
    type_into(page, "at least [deg]", "a lot", 2)
    page.wait_for_selector(".ilrs-wrong")
    assert sentence(page).startswith("Angle between two: at least: 'a lot' is not a number of deg")
    before = one.draws(0)
    page.get_by_role("button", name="Remove").last.click()
    page.wait_for_selector(".ilrs-note")
    one.wait_for_redraw(before)
    assert "Separation" not in page.locator(".ilrs-figure").first.inner_text()


def test_an_orbit_may_be_chosen_and_its_windows_taken_away(visit) -> None:
    one = visit.at(NOTEBOOK, figures=FIGURES)
    page = one.page
    type_into(page, "at least [deg]", "-1.4")
    days = page.locator(".ilrs-controls input[type=number]")
    days.fill("1")
    days.press("Enter")
    said = "document.querySelector('.ilrs-note')?.innerText.includes('of 24 h')"
    page.wait_for_function(said, timeout=60_000)
    page.locator(".ilrs-controls select").first.select_option(label="Low polar orbit, 100 km (orbit)")
    page.wait_for_function("document.body.innerText.includes('first revolutions')", timeout=60_000)
    page.wait_for_function(said, timeout=60_000)
    one.picture("windows-orbit")
    with page.expect_download() as caught:
        page.get_by_role("link", name="CSV").click()
    assert caught.value.suggested_filename == "windows.csv"


def test_figures_say_what_they_show_to_a_screen_reader(visit) -> None:
    page = visit.at(NOTEBOOK, figures=FIGURES).page
    labels = page.locator(".ilrs-figure[role=img]").evaluate_all(
        "all => all.map(e => e.getAttribute('aria-label'))"
    )
    assert len(labels) == FIGURES
    assert all(len(label) > 10 for label in labels)


def test_the_page_shows_no_source_and_one_plotly_for_all_figures(visit) -> None:
    page = visit.at(NOTEBOOK, figures=FIGURES).page
    loaded = page.evaluate("performance.getEntriesByType('resource').map(e => e.name)")
    assert len([address for address in loaded if "plotly" in address]) == 1
    assert "WindowsPanel(" not in page.content()
