"""Who sent a project isn't known: whatever is wrong with it is a sentence that says where."""

import json
import random
import re
import time
from copy import deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as st
from projects import LEAST, default_settings

from gdviz.core.projects.project import KeptRun, ProjectError
from gdviz.core.projects.reading import LARGEST_BYTES, MOST_ROWS, parsed_project, read_project
from gdviz.core.projects.writing import project_text

NAME = "mine.gdviz"
SLOWEST_S = 2.0
TOLD = "".join(project_text(LEAST))
VALUES = json.loads(TOLD)
RUN = {"number": 1, "name": "slow", "visible": True, "settings": default_settings()}
LOG = {"told": "as printed", "with_bias": True, "rows": [[0, 1.5, 0], [10, 2, 0.25]]}
LOGGED = {"number": 1, "name": "mine", "visible": True, "log": LOG}
FILE = {"path": "a.csv", "size": 1, "sha256": "0" * 64, "choices": {}}


def refused(told):
    """Return what is said of a project that can't be read."""
    with pytest.raises(ProjectError) as caught:
        parsed_project(told if isinstance(told, bytes) else json.dumps(told).encode(), NAME)
    return str(caught.value)


def changed(place, value):
    """Return the least project with another value somewhere."""
    values = deepcopy(VALUES)
    *way, last = place
    inner = values
    for key in way:
        inner = inner[key]
    inner[last] = value
    return values


def without(place):
    values = changed(place, None)
    *way, last = place
    inner = values
    for key in way:
        inner = inner[key]
    del inner[last]
    return values


@pytest.mark.parametrize(("place", "value", "said"), [
    (("settings", "learning_rate"), "fast", "settings, learning_rate: here belongs a number above"),
    (("settings", "learning_rate"), 0, "settings, learning_rate: here belongs a number above 0"),
    (("settings", "learning_rate"), True, "settings, learning_rate: here belongs a number"),
    (("settings", "iterations"), 1.5, "settings, iterations: here belongs a whole number from 1"),
    (("settings", "with_bias"), 1, "settings, with_bias: here belongs true or false"),
    (("settings", "method"), "magic", "settings, method: here belongs one of “gradient-descent”"),
    (("settings", "method"), ["adam"], "settings, method: here belongs one of"),
    (("settings", "momentum"), 0.9, "settings: there is no field “momentum”"),
    (("settings", "standardise"), True, "Standardising x needs the bias"),
    (("settings",), [], "settings: here belong fields in braces"),
    (("kept",), [RUN, {**RUN, "colour": 1}], "kept 2: there is no field “colour”"),
    (("kept",), [RUN, RUN], "kept: no two runs can have the same number"),
    (("kept",), [RUN] * 7, "kept: there can be at most 6 of them, and not 7"),
    (("kept",), [{**RUN, "name": "two\nlines"}], "kept 1, name: here belongs a short text"),
    (("kept",), [{**RUN, "settings": {**default_settings(), "seed": -1}}],
     "kept 1, settings, seed: here belongs a whole number from 0"),
    (("kept",), [{**LOGGED, "settings": {}}], "kept 1, settings: a run of a log has none"),
    (("kept",), [{**LOGGED, "log": None}], "kept 1, log: here belong fields in braces"),
    *((("kept",), [{**LOGGED, "log": {**LOG, **other}}], f"kept 1, log{said}") for other, said in (
        ({"told": "two\nlines"}, ", told: here belongs a short text"),
        ({"with_bias": 1}, ", with_bias: here belongs true or false"),
        ({"rate": 1}, ": there is no field “rate”"),
        ({"broke_off": 10}, ", rows: A log can't break off before its last row"),
        ({"broke_off": -1}, ", broke_off: here belongs a whole number from 0"),
        ({"rows": []}, ", rows: A log has from 1 to 10,000 rows, and not 0"),
        ({"rows": [[0, 1, 2]] * 10_001}, ", rows: there can be at most 10,000 of them"),
        ({"rows": [[0, 1, 2], [0, 1, 2]]}, ", rows: A log's iterations must grow, from 0"),
        ({"rows": [[10**12, 1, 2]]}, ", rows: A log's iterations must grow, from 0 up to"),
        *(({"rows": [row]}, ", row 1: here belong iteration, w and b, in brackets") for row in (
            [0, 1], [0, 1, "2"], [0, 1, None], [0.5, 1, 2], [True, 1, 2], [0, 1, [2]], {},
        )),
    )),
    (("kept",), [{**LOGGED, "log": {**LOG, "with_bias": False, "rows": [[0, 1, 1e200]]}}],
     "A fixed bias must be between"),
    (("position",), -1, "position: here belongs a whole number from 0"),
    (("speed",), "warp", "speed: here belongs one of “slow, then faster”"),
    (("views", "switches"), {"fog": 1}, "views, switches, fog: here belongs true or false"),
    (("views", "switches"), {"frog": True}, "there is no field “frog”. Did you mean fog?"),
    (("views", "in_front"), ["window"], "views, in_front: here belong names of loss_curve"),
    (("views", "sights"), {"loss_curve": [1, 1, 0, 1]}, "views, sights, loss_curve: here belong"),
    (("views", "sights"), {"surface": [0, 95, 1]}, "views, sights, surface: here belong numbers"),
    (("views", "history"), None, "views, history: here belongs one of “linear”"),
    (("data", "x"), 7, "data, x: here belongs a text"),
    (("data", "calendar"), {"kind": "date", "origin": 1, "unit": "fortnights"},
     "data, calendar, unit: here belongs one of “seconds”"),
    (("data", "file"), {**FILE, "sha256": "short"}, "data, file, sha256: here belongs 64 digits"),
    (("data", "file"), {**FILE, "path": "a\0b"}, "data, file, path: here belongs where"),
    (("data", "file"), {**FILE, "choices": {"encoding": "zlib"}},
     "data, file, choices, encoding: here belongs an encoding"),
    (("rows",), [[1, 2], [3]], "row 2: here belong two numbers"),
    (("rows",), [[1, 2], [3, "4"]], "row 2: here belong two numbers"),
    (("rows",), [], "rows: there is none"),
    (("rows",), [[1e200, 2]], "“x” reaches 1e+200"),
    (("rows",), [[1, 2]] * (MOST_ROWS + 1), "rows: there can be at most 100,000 of them"),
    (("colour",), "red", "there is no field “colour”"),
])  # fmt: skip
def test_what_is_wrong_is_named_with_its_place(place, value, said):
    sentence = refused(changed(place, value))
    assert said in sentence
    assert re.match(r"mine\.gdviz[,:] .*[.?]$", sentence)


@pytest.mark.parametrize("place", [("settings", "seed"), ("position",), ("data", "y"), ("views",)])
def test_what_is_missing_is_named(place):
    assert place[-1] in refused(without(place))


def test_rows_or_their_file_are_needed():
    assert "rows: they are missing, and no file is named" in refused(without(("rows",)))


@pytest.mark.parametrize(("told", "said"), [
    (b"", "line 1: this is no JSON"),
    (TOLD[:300].encode(), "this is no JSON"),
    (TOLD.replace('"seed"', "seed").encode(), "line 12: this is no JSON"),
    (TOLD.encode().replace(b"made", b"\xff"), "line 28: this is no text in UTF-8"),
    (TOLD.replace("[1, 2]", "[1, NaN]").encode(), "it holds NaN, which is no number"),
    (TOLD.replace("[1, 2]", "[1, 1e999]").encode(), "row 1: here belong two numbers"),
    (TOLD.replace("[1, 2]", f"[1, {'9' * 5000}]").encode(), "a whole number of 5,000 digits"),
    (TOLD.replace('"position": 0', '"position": 0, "position": 1').encode(),
     "the field “position” stands in it twice"),
    (b"[" * 100_000, "its brackets lie too deep"),
    (b'{"a":' * 100_000, "its brackets lie too deep"),
    (b"[1, 2]", "is no project of gdviz"),
    (b'{"gdviz": "1"}', "is no project of gdviz"),
    (b"13 33\n2 16\n", "no JSON"),
    (b'{"gdviz": 2, "new": [[[]]]}', "was saved by a newer gdviz: it has form 2, and this one"),
])  # fmt: skip
def test_damage_is_told_from_other_kinds_of_files_and_newer_ones(told, said):
    assert said in refused(told)


def test_no_more_is_read_than_a_project_can_have(tmp_path):
    path = tmp_path / NAME
    with path.open("wb") as file:
        file.truncate(10**12)
    with pytest.raises(ProjectError, match="too large"):
        read_project(path)
    with pytest.raises(ProjectError, match="is a folder"):
        read_project(tmp_path)


@pytest.mark.parametrize("piece", [b"[],", b"{},", b'"",', b"0,", b'{"a":0},', b"1e9,"])
def test_what_is_made_to_be_slow_takes_little_time(piece):
    told = b'{"gdviz": 1, "kept": [' + piece * (LARGEST_BYTES // len(piece)) + b"0]}"
    began = time.process_time()
    assert refused(told).startswith(NAME)
    assert time.process_time() - began < SLOWEST_S


def test_a_name_from_outside_is_only_shown():
    run = {**RUN, "name": "<b>__import__('os')</b>"}
    (kept,) = parsed_project(json.dumps(changed(("kept",), [run])).encode(), NAME).kept
    assert kept == KeptRun(1, run["name"], True, run["settings"])


@given(st.integers(0, len(TOLD)), st.integers(1, 40), st.binary(max_size=20))
def test_any_damage_is_a_project_or_a_sentence(place, length, instead):
    told = TOLD.encode()
    look(told[:place] + instead + told[place + length :])


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner),
)
PLACES = [(key,) for key in VALUES] + [
    (key, inner) for key, values in VALUES.items() if isinstance(values, dict) for inner in values
]


@given(st.sampled_from(PLACES), JSON)
def test_any_other_value_is_a_project_or_a_sentence(place, value):
    look(json.dumps(changed(place, value)).encode())


def test_many_small_damages_are_projects_or_sentences():
    chance = random.Random(7)
    told = bytearray(TOLD.encode())
    for _ in range(2_000):
        hurt = bytearray(told)
        for _ in range(chance.randint(1, 4)):
            hurt[chance.randrange(len(hurt))] = chance.choice(b'0123456789{}[]",:-.eE nft\\\xff')
        look(bytes(hurt))


def look(told):
    """See that a content is a project, or a sentence about the file."""
    said = f"{NAME}: "
    try:
        parsed_project(told, NAME)
    except ProjectError as error:
        said = str(error)
    assert re.match(r"mine\.gdviz[,: ]", said)
