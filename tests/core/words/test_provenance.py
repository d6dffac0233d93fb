"""What an export tells of its run: enough to have it again."""

import hashlib
import json
import zlib
from dataclasses import replace

import numpy as np
import pytest

from gdviz import __version__
from gdviz.core.descent.descent import Experiment
from gdviz.core.descent.methods import METHODS
from gdviz.core.descent.settings import experiment_of, values
from gdviz.core.tables.dataset import Dataset
from gdviz.core.words.provenance import BEGIN, digest, provenance, told_by


@pytest.mark.parametrize("method", METHODS)
def test_its_settings_are_those_of_the_run(pizza, method):
    asked = {"with_bias": True, "learning_rate": 0.1 + 0.2, "tolerance": 1e-9}
    experiment = Experiment(pizza, method=METHODS[method](), **asked)
    told = json.loads(provenance(experiment, 7))
    assert values(experiment_of(pizza, told["settings"])) == values(experiment)
    assert (told["gdviz"], told["source"], told["iteration"]) == (__version__, "pizza.txt", 7)


def test_the_digest_is_that_of_all_rows_as_doubles(pizza):
    rows = np.concatenate((pizza.x, pizza.y)).astype("<f8").tobytes()
    assert digest(pizza) == hashlib.sha256(rows).hexdigest()


def test_other_rows_have_another_digest_and_copies_the_same(pizza):
    columns = np.column_stack((pizza.x, pizza.y))
    assert digest(Dataset(columns[:, 0], columns[:, 1])) == digest(pizza)
    columns[-1, 1] = np.nextafter(columns[-1, 1], np.inf)
    assert digest(Dataset(columns[:, 0], columns[:, 1])) != digest(pizza)


def test_it_is_ascii_whatever_the_names_are(pizza):
    odd = replace(pizza, x_name="größe <&> \N{SNOWMAN}", source="日本.csv")
    text = provenance(Experiment(odd))
    assert text.isascii()
    assert json.loads(text)["x"] == odd.x_name


def test_it_is_found_in_the_midst_of_other_things(pizza):
    text = provenance(Experiment(pizza), 7).encode()
    assert told_by(b"\xff\0 something " + text + b" more \xfe") == json.loads(text)


@pytest.mark.parametrize(
    "content",
    [
        b"", b"GIF89a!\xfe", b"GIF89a!\xfe\xff" + BEGIN, b"\xff" * 99,
        BEGIN * 10**6, b"stream\n" * 10**6,
        BEGIN, BEGIN + b"0", b"zTXtgdviz\0\0", b"stream\n" * 99,
        b"zTXtgdviz\0\0" + zlib.compress(b" " * 10**7), BEGIN + b'0": ' + b"[" * 10**5,
    ],
)  # fmt: skip
def test_what_tells_of_nothing_is_nothing(content):
    assert told_by(content) is None
