"""The windows dashboard in a real browser."""

from __future__ import annotations

import base64
import re
import time
from pathlib import Path

import numpy as np

from ilrs_science.intervals import Windows

NOTEBOOK = "04_windows.ipynb"
FIGURES = 4


def sentence(page) -> str:
    return page.locator(".ilrs-note, .ilrs-wrong").first.inner_text()


def wait_for_sentence(page, start: str) -> None:
    page.wait_for_function(
        "start => document.querySelector('.ilrs-note, .ilrs-wrong').innerText.startsWith(start)",
        arg=start,
        polling=100,
    )


def type_readout(page, label: str, text: str, row: int = 0) -> None:
    """Type the two numbers of a range slider."""
    slider = rows(page).nth(row).locator(".widget-hslider", has_text=label)
    readout = slider.locator(".widget-readout")
    readout.fill(text)
    readout.press("Enter")


def rows(page):
    return page.locator(".ilrs-condition")


def choose(page, label: str, words: str, within=None) -> None:
    """Choose an option of a dropdown; the page shows its spaces as unbreakable ones."""
    named = page.locator(".widget-label", has_text=re.compile(f"^{label}$"))
    box = (within or page).locator(".widget-dropdown").filter(has=named)
    box.locator("select").select_option(label=words.replace(" ", "\xa0"))


def fill(page, label: str, text: str, row: int) -> None:
    """Type into a text field of a row."""
    field = rows(page).nth(row).locator(".widget-text", has_text=label).locator("input")
    field.fill(text)
    field.press("Enter")


def test_it_draws_its_figures_and_a_control_changes_them(visit) -> None:
    one = visit.at(NOTEBOOK, figures=FIGURES)
    page = one.page
    before, words = one.draws(0), sentence(page)
    assert "window" in words
    one.picture("windows-light")
    began = time.monotonic()
    type_readout(page, "Elevation", "-1.0 – 90.0")
    one.wait_for_redraw(before)
    print(f"control to plot: {time.monotonic() - began:.2f} s")
    page.wait_for_function(
        "old => document.querySelector('.ilrs-note').innerText !== old", arg=words, polling=100
    )
    page.wait_for_function(
        "document.querySelector('.ilrs-code').innerText.includes('SunElevation(min=\"-1 deg\")')"
    )
    for figure in (0, 2):
        assert "−1°" in page.locator(".ilrs-figure").nth(figure).inner_text()


def test_every_control_has_a_unit_or_needs_none_and_says_what_it_does(visit) -> None:
    page = visit.at(NOTEBOOK, figures=FIGURES).page
    labels = page.locator(".ilrs-panel .widget-label").all_inner_texts()
    assert [label for label in labels if label.strip("\u200b")] == [
        "Place",
        "First day [UTC]",
        "Length [d]",
        "Open while",
        "Condition",
        "Elevation [deg]",
        "Condition",
        "Elevation [deg]",
    ]
    titled = page.locator(".ilrs-panel [title]").evaluate_all("all => all.map(e => e.title)")
    assert sum(len(title) > 20 for title in titled) >= 12


def test_axes_carry_units_and_legends_do_not_cover_the_data(visit) -> None:
    page = visit.at(NOTEBOOK, figures=FIGURES).page
    assert "Time [UTC]" in page.locator(".ilrs-figure").first.inner_text()
    text = page.locator(".ilrs-figure").nth(1).inner_text()
    assert "Elevation [deg]" in text
    assert "Time [UTC]" in text
    legend = page.locator(".ilrs-figure .legend").first.bounding_box()
    plot = page.locator(".ilrs-figure").nth(1).locator(".cartesianlayer").bounding_box()
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
    page.get_by_role("button", name="Add condition").click()
    choose(page, "Condition", "Surroundings · Radio quiet", rows(page).nth(2))
    page.wait_for_function("document.querySelector('.ilrs-code').innerText.includes('RadioQuiet')")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert all(one.bounding_box()["height"] >= 30 for one in page.locator("select").all())
    one.picture("windows-390")


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
    type_readout(page, "Elevation", "80.0 – 90.0")
    wait_for_sentence(page, "No window")
    page.wait_for_function(
        "document.querySelector('.ilrs-figure').innerText.includes('never in this span')", polling=100
    )
    one.picture("windows-none")
    type_readout(page, "Elevation", "-1.4 – 90.0")
    page.wait_for_function(
        "!document.querySelector('.ilrs-note').innerText.startsWith('No window')", polling=100
    )


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


def test_conditions_come_and_go_up_to_eight(visit) -> None:
    page = visit(width=1280).open_dashboard(NOTEBOOK, figures=FIGURES)
    add = page.get_by_role("button", name="Add condition")
    for count in range(3, 9):
        add.click()
        page.wait_for_function(
            "count => document.querySelectorAll('.ilrs-condition').length === count", arg=count, polling=50
        )
    page.wait_for_function("document.querySelector('.ilrs-conditions .mod-primary').disabled", polling=50)
    assert add.get_attribute("title") == "8 conditions at the most; remove one first"
    for count in range(7, -1, -1):
        rows(page).first.get_by_role("button", name="Remove").click()
        page.wait_for_function(
            "count => document.querySelectorAll('.ilrs-condition').length === count", arg=count, polling=50
        )
    wait_for_sentence(page, "No condition is set")
    page.wait_for_function("!document.querySelector('.ilrs-conditions .mod-primary').disabled", polling=50)


def test_an_orbiter_has_conditions_of_its_own(visit) -> None:
    one = visit()
    page = one.open_dashboard(NOTEBOOK, figures=FIGURES)
    assert "Beta angle of the Sun, Hidden by the Moon" in page.locator(".ilrs-hint").inner_text()
    choose(page, "Place", "Orbit · Queqiao-2 relay")
    page.wait_for_function("document.querySelector('.ilrs-code').innerText.includes('queqiao2')", polling=100)
    choose(page, "Condition", "Orbiters · Beta angle of the Sun", rows(page).nth(0))
    type_readout(page, "Beta angle", "0.0 – 90.0")
    choose(page, "Condition", "Orbiters · Hidden by the Moon", rows(page).nth(1))
    choose(page, "Target", "Direction · by right ascension and declination", rows(page).nth(1))
    fill(page, "Declination [deg]", "-28.9", 1)
    rows(page).nth(1).locator("input[type=checkbox]").check()
    page.wait_for_function(
        "document.querySelector('.ilrs-code').innerText.includes("
        '\'~ilrs.Occultation(target=ilrs.Direction(ra="266.4 deg", dec="-28.9 deg"))\')',
        polling=100,
    )
    assert page.locator(".ilrs-note").is_visible()
    assert not page.locator(".ilrs-figure", has_text="Sky of").is_visible()
    one.picture("windows-orbit")
    choose(page, "Place", "Site · Malapert massif")
    wait_for_sentence(page, "Condition 1 (Beta angle of the Sun): it needs an orbit as the place")
    one.picture("windows-not-here")
    assert rows(page).nth(0).locator("option", has_text="not here").count() == 1


def test_what_is_typed_wrong_is_said_before_anything_is_computed(visit) -> None:
    page = visit().open_dashboard(NOTEBOOK, figures=FIGURES)
    choose(page, "Condition", "Sky · Distance", rows(page).nth(0))
    page.wait_for_function("document.querySelector('.ilrs-code').innerText.includes('RangeTo')", polling=100)
    for text, says in (
        ("<img src=x onerror=alert(1)>", "At most: '<img src=x onerror=alert(1)>' is not a number"),
        ("1e99", "At most is 0 to 100000000000 km"),
        ("5 deg", "At most: 'deg' is not a unit here; use km, m, AU"),
        ("9" * 500, "At most"),
    ):
        fill(page, "At most [km]", text, 0)
        wait_for_sentence(page, f"Condition 1 (Distance): {says}")
        assert page.locator(".ilrs-wrong img").count() == 0
    assert "Traceback" not in page.content()
    fill(page, "At most [km]", "0.0026 AU", 0)
    page.wait_for_selector(".ilrs-note")


def test_windows_are_saved_as_a_table_and_as_a_calendar(visit) -> None:
    page = visit.at(NOTEBOOK, figures=FIGURES, theme="dark").page
    page.wait_for_selector(".ilrs-download")
    saved: dict[str, Path] = {}
    for words in ("Save as CSV", "Save as calendar"):
        with page.expect_download() as waiting:
            page.get_by_role("link", name=words).click()
        saved[waiting.value.suggested_filename] = waiting.value.path()
    assert list(saved) == [
        "windows_connecting_ridge_2031-02-24.csv",
        "windows_connecting_ridge_2031-02-24.ics",
    ]
    table, calendar = (path.read_bytes().decode() for path in saved.values())
    exact, rounded = Windows.from_icalendar(calendar), Windows.from_csv(table)
    assert len(exact) == len(rounded) == 2
    assert max(abs(exact.starts - rounded.starts)) <= np.timedelta64(500, "us")
    links = page.locator(".ilrs-download").evaluate_all("all => all.map(e => e.href)")
    assert base64.b64decode(re.sub("^.*base64,", "", links[0])).decode() == table


def test_long_spans_are_told_month_by_month(visit) -> None:
    one = visit()
    page = one.open_dashboard(NOTEBOOK, figures=FIGURES)
    assert not page.get_by_text("Month by month").is_visible()
    length = page.locator("input[type=number]")
    length.fill("365")
    length.press("Enter")
    page.get_by_text("Month by month").wait_for()
    assert page.locator("table", has_text="Month by month").locator("tbody tr").count() == 13
    one.picture("windows-year")
