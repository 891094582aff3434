"""The page on campaigns says what the records take."""

import re
from pathlib import Path

import yaml

from ilrs_science.catalogue.campaign import Campaign
from ilrs_science.catalogue.experiment import Experiment

PAGE = (Path(__file__).parents[2] / "docs" / "CAMPAIGN.md").read_text("utf-8")


def test_the_example_is_a_sound_record_with_every_field_that_a_person_settles():
    (text,) = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    (fields,) = yaml.safe_load(text)["campaigns"]
    campaign = Campaign(**fields)
    assert campaign.locks[0].session == "drilling.1"
    plain = {"name", "note", "basis", "objective", "tolerates", "ground_stations"}
    assert set(Campaign.model_fields) - plain <= set(fields)


def test_the_table_names_fields_of_experiments():
    table = PAGE.partition("| Record of the experiment |")[2].partition("\n\n")[0]
    named = {
        name for row in table.splitlines()[1:] for name in re.findall(r"`(\w+)(?=[`:])", row.split("|")[1])
    }
    assert len(named) >= 15
    assert named <= set(Experiment.model_fields)
