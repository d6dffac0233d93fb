"""Projects are written so that they can be compared, and are read back as they were."""

import hashlib
import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from projects import LEAST, default_settings, projects

from gdviz.core.projects.project import (
    Data,
    KeptRun,
    Origin,
    ProjectError,
    digest,
    experiment_with,
    is_project,
)
from gdviz.core.projects.reading import parsed_project, read_project
from gdviz.core.projects.writing import project_text
from gdviz.core.tables.calendar import Calendar
from gdviz.core.tables.choices import Choices


def written(project):
    return "".join(project_text(project)).encode()


def test_the_least_project_can_be_read_by_anybody():
    lines = written(LEAST).decode().splitlines()
    assert lines[:4] == ["{", '  "gdviz": 1,', '  "settings": {', '    "iterations": 100,']
    assert lines[-5:] == ['  "rows": [', "    [1, 2],", "    [3, 4.5]", "  ]", "}"]
    assert json.loads(written(LEAST))["settings"] == default_settings()


def test_a_change_of_one_thing_changes_one_line():
    rows = tuple((float(k), 2.0 * k) for k in range(1000))
    before = replace(LEAST, rows=rows, kept=(KeptRun(2, "slow", True, default_settings()),))
    slower = replace(before, settings=default_settings(learning_rate=1e-5))
    moved = replace(before, rows=(*rows[:500], (500.5, 7.0), *rows[501:]))
    for after in (slower, moved, replace(before, position=7)):
        one, other = (written(each).splitlines() for each in (before, after))
        assert sum(a != b for a, b in zip(one, other, strict=True)) == 1


@given(projects())
def test_a_project_is_read_back_as_it_was_and_makes_the_same_bytes(project):
    told = written(project)
    again = parsed_project(told, "mine.gdviz")
    assert again == project
    assert written(again) == told


def test_the_data_and_the_experiment_are_those_that_were_saved():
    calendar = Calendar("date", 19_000.0, "weeks")
    project = replace(LEAST, data=Data("day", "sales", "sales.csv", calendar))
    settings = default_settings("adam", with_bias=True, start_bias=0.5, tolerance=1e-6)
    project = parsed_project(written(replace(project, settings=settings)), "mine.gdviz")
    dataset = project.dataset
    np.testing.assert_array_equal(dataset.x, [1, 3])
    assert (dataset.x_name, dataset.source, dataset.calendar) == ("day", "sales.csv", calendar)
    experiment = experiment_with(project.settings, dataset)
    assert (experiment.start.bias, experiment.tolerance, experiment.batch_size) == (0.5, 1e-6, None)


def test_a_project_without_rows_tells_of_their_file(tmp_path):
    table = tmp_path / "table.csv"
    table.write_bytes(b"1,2\n3,4\n")
    size, sha = digest(table, 10**6)
    assert (size, sha) == (8, hashlib.sha256(table.read_bytes()).hexdigest())
    origin = Origin("../table.csv", size, sha, Choices(decimal=",", skip=2))
    project = replace(LEAST, rows=None, data=replace(LEAST.data, origin=origin))
    (tmp_path / "mine.gdviz").write_bytes(written(project))
    assert read_project(tmp_path / "mine.gdviz") == project
    assert project.dataset is None


def test_of_a_file_that_is_too_large_no_more_is_looked_at_than_tells_so(tmp_path):
    with (tmp_path / "huge").open("wb") as huge:
        huge.truncate(10**12)
    assert digest(tmp_path / "huge", 1000)[0] > 1000
    with pytest.raises(ProjectError, match="gone doesn't exist"):
        digest(tmp_path / "gone", 1000)


@pytest.mark.parametrize(("name", "expected"), [("a.gdviz", True), ("A.GDVIZ", True), ("a", False)])
def test_projects_are_known_by_their_name(tmp_path, name, expected):
    assert is_project(tmp_path / name) is expected
