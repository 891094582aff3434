"""The dashboard of the catalogue in a real browser."""

from __future__ import annotations

import base64

import pytest

NOTEBOOK = "01_catalogue.ipynb"
MAP_ONLY = 1


def settle(page, words: str, number: int = 0) -> None:
    """Wait until a message says so: the first is of the list, the second of the text."""
    page.wait_for_function(
        "([words, n]) => document.querySelectorAll('.ilrs-note, .ilrs-wrong')[n]?.innerText.includes(words)",
        arg=[words, number],
        polling=100,
    )


def choose(page, label: str, option: str) -> None:
    page.locator(".widget-dropdown", has_text=label).locator("select").first.select_option(label=option)


def click_spot(page, name: str) -> None:
    """Click a point of the map by its id, where the page has drawn it."""
    place = page.evaluate(
        """name => {
            const box = [...document.querySelectorAll('.ilrs-figure')].find(e => e.innerText.includes('Near side'));
            for (const trace of box._fullData) {
                const index = (trace.customdata ?? []).findIndex(entry => entry[0] === name);
                if (index < 0) continue;
                const id = trace.xaxis.slice(1), frame = box.getBoundingClientRect();
                const x = box._fullLayout[`xaxis${id}`], y = box._fullLayout[`yaxis${id}`];
                return [frame.left + x._offset + x.d2p(trace.x[index]), frame.top + y._offset + y.d2p(trace.y[index])];
            }
        }""",
        name,
    )
    page.mouse.move(*place)
    page.wait_for_timeout(300)
    page.mouse.click(*place)


@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 1280), ("light", 390), ("dark", 390)])
def test_all_is_drawn_within_the_screen(visit, theme: str, width: int) -> None:
    one = visit.at(NOTEBOOK, figures=MAP_ONLY, theme=theme, width=width)
    settle(one.page, "46 of 46 experiments.")
    assert one.page.evaluate("document.documentElement.scrollWidth") <= width
    cut = one.page.locator(".ilrs-record .ilrs-table, .ilrs-record .ilrs-hint").evaluate_all(
        "all => all.filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.innerText.slice(0, 60))"
    )
    assert cut == [], "no text of a record is cut off"
    one.picture(f"catalogue-{theme}-{width}")


def test_filters_narrow_the_list_and_the_code_follows(visit) -> None:
    page = visit().open_dashboard(NOTEBOOK, figures=MAP_ONLY)
    choose(page, "Category", "Lunar-based observation")
    page.wait_for_function(
        "document.querySelector('.ilrs-code').innerText.includes('category=\"lunar_based_observation\"')"
    )
    count = page.locator(".widget-select option").count()
    assert 5 < count < 46
    settle(page, f"{count} of 46 experiments.")


def test_an_instrument_shows_its_modes_and_estimates_are_called_so(visit) -> None:
    one = visit()
    page = one.open_dashboard(NOTEBOOK, figures=MAP_ONLY)
    choose(page, "Kind", "Instruments")
    settle(page, "89 of 89 instruments.")
    one.wait_for_figures(2)
    text = page.inner_text("body")
    assert "estimate of ours" in text
    assert "Power by mode" in text
    one.picture("catalogue-instrument")


def test_a_click_on_a_site_shows_its_record(visit) -> None:
    one = visit()
    page = one.open_dashboard(NOTEBOOK, figures=MAP_ONLY)
    settle(page, "46 of 46 experiments.")
    page.locator(".ilrs-figure", has_text="Near side").scroll_into_view_if_needed()
    click_spot(page, "tycho")
    settle(page, "105 of 105 sites.")
    page.wait_for_function("document.querySelector('.ilrs-code').innerText.includes('sites[\"tycho\"]')")
    one.picture("catalogue-site")


def test_an_experiment_is_checked_as_it_is_written_and_saved_when_it_is_sound(visit) -> None:
    one = visit()
    page = one.open_dashboard(NOTEBOOK, figures=MAP_ONLY)
    settle(page, "Sound: my_experiment.", 1)
    area = page.locator("textarea")
    sound = area.input_value()
    area.fill(sound.replace("session: 6 h", "session: 6 kg").replace("field: isru", "domain: isru"))
    settle(page, "3 faults to mend.", 1)
    listed = page.locator(".ilrs-wrapped tbody tr").all_inner_texts()
    assert len(listed) == 3
    assert any("session" in row and "'kg' is not a unit here" in row for row in listed)
    assert page.locator(".ilrs-download").count() == 0
    one.picture("catalogue-faults")
    area.fill("id: [}")
    settle(page, "1 fault to mend.", 1)
    assert "Traceback" not in page.content()
    area.fill(mine := sound.replace("id: my_experiment", "id: bread_from_regolith"))
    settle(page, "Sound: bread_from_regolith.", 1)
    link = page.locator(".ilrs-download")
    assert link.get_attribute("download") == "bread_from_regolith.yaml"
    assert base64.b64decode(link.get_attribute("href").split(",")[1]).decode() == mine


def test_every_control_says_what_it_does(visit) -> None:
    page = visit.at(NOTEBOOK, figures=MAP_ONLY).page
    labels = page.locator(".ilrs-controls .widget-label:visible").all_inner_texts()
    assert [label for label in labels if label] == [
        "Kind",
        "Words",
        "Category",
        "Field",
        "Partner",
        "Place",
        "Phase",
    ]
    titled = page.locator(".ilrs-controls [title]").evaluate_all("all => all.map(e => e.title)")
    assert sum(len(title) > 20 for title in titled) >= 7
