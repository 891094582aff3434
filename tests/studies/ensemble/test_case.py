"""What a worker does for a member, and under which name it is kept."""

from __future__ import annotations

from dataclasses import replace

from ilrs_science.planning.execution.execute import Spread
from ilrs_science.planning.execution.executive import Executive
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.replan.operate import Operator
from ilrs_science.studies.ensemble.case import Case, Life, case_of, live, plan_for
from ilrs_science.studies.ensemble.shelf import code_digest
from tests.planning.problems import TICK, activity, problem, renewable
from tests.studies.ensemble.small import FAULT, station

LIFE = Life(Operator(mode="keep_going", watch_s=TICK), Executive(), Spread(), (FAULT,), 5)


def test_a_case_comes_back_from_its_texts() -> None:
    case = Case(*station())
    assert case_of(case.problem.to_json(), case.plan.to_json()) == case


def test_a_name_changes_with_all_that_a_member_follows_from() -> None:
    case = Case(*station())
    others = [
        replace(LIFE, operator=Operator()), replace(LIFE, executive=Executive(patience_s=0)),
        replace(LIFE, spread=Spread(power=0.5)), replace(LIFE, disruptions=()), replace(LIFE, seed=6),
    ]  # fmt: skip
    names = {life.digest(case) for life in [LIFE, *others]}
    names.add(LIFE.digest(Case(case.problem, Plan.of(case.problem, {"a": 0}))))
    names.add(LIFE.digest(Case(case.problem.replace(name="other"), case.plan)))
    assert len(names) == 8
    assert LIFE.digest(Case(*station())) == LIFE.digest(case)


def test_an_error_is_an_answer_and_so_is_other_code() -> None:
    case = Case(*station())
    assert live(case, LIFE, code_digest())["done_value"] == 7.0
    wrong = replace(LIFE, disruptions=(FAULT.model_copy(update={"resources": ("nothing",)}),))
    assert live(case, wrong, code_digest())["failure"].startswith("UnknownNameError: unknown resource")
    assert "another version" in live(case, LIFE, "0" * 64)["failure"]


def test_a_plan_is_the_same_every_time_and_none_is_told() -> None:
    asked, _ = station()
    options = {"time_limit": "2 s", "seed": 1, "workers": 1}
    one, two = (plan_for(asked.to_json(), options, code_digest()) for _ in range(2))
    assert one == two
    assert set(Plan.from_json(one["plan"]).starts) == {"a", "b", "c"}
    both = [activity(name, 12, optional=False, demands={"robot": 1}) for name in "ab"]
    hopeless = problem(*both, resources=(renewable(),)).to_json()
    assert plan_for(hopeless, options, code_digest())["failure"].startswith("there is no plan to begin with")
