"""A row is what its tests say, and once shown it is missed when it is gone."""

from tools.proof import Row, rows, table

DECLARED = {"contract": {"C5": "Statistics"}, "promise": {"P3": "Repeats"}}


def result(outcome="passed", figures=(), **marks):
    return {"test": "t", "outcome": outcome, "at": 1, "figures": list(figures), "promise": [], "contract": [], "control": [], **marks}


def test_a_row_without_tests_is_open_and_shows_nothing():
    contract, promise = rows(DECLARED, [])
    assert (contract.state, promise.state, promise.shown) == ("open", "open", set())


def test_a_row_is_held_by_its_tests_and_knows_its_control_and_figure():
    found = rows(DECLARED, [result(promise=["P3"], figures=[["ms", 3.2]]), result(promise=["P3"], control=["P3"])])[1]
    assert (found.state, len(found.tests), found.shown, found.figure) == ("held", 1, {"P3", "P3 control"}, "3.2 ms")


def test_one_failing_test_fails_the_row():
    found = rows(DECLARED, [result(contract=["C5"]), result("failed", contract=["C5"])])[0]
    assert (found.state, found.shown) == ("failed", set())


def test_the_table_has_a_line_for_each_row():
    assert len(table([Row("P3", "Repeats"), Row("C5", "Statistics")]).splitlines()) == 3
