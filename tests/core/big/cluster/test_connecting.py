import copy

import pytest

pytest.importorskip("distributed")
from gdviz.core import __version__
from gdviz.core.big.cluster.connecting import ClusterError, fault_of, full_address

HERE = {"python": "3.12.1.final.0", "gdviz": None, "dask": "2026.8.0",
        "distributed": "2026.8.0", "numpy": "2.4.6"}  # fmt: skip


@pytest.fixture
def versions(monkeypatch):
    monkeypatch.setattr("sys.version_info", (3, 12, 1, "final", 0))
    there = {"packages": {**HERE, "gdviz": __version__}}
    return {
        "client": {"packages": HERE},
        "scheduler": copy.deepcopy(there),
        "workers": {f"tcp://10.0.0.{n}:1": copy.deepcopy(there) for n in (1, 2, 3)},
    }


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("10.0.0.1", "tcp://10.0.0.1:8786"),
        ("node.lan:99", "tcp://node.lan:99"),
        (" tls://node.lan:99/ ", "tls://node.lan:99"),
        ("[::1]:99", "tcp://[::1]:99"),
        ("[::1]", "tcp://[::1]:8786"),
    ],
)
def test_an_address_needs_neither_kind_nor_port(typed, address):
    assert full_address(typed) == address


@pytest.mark.parametrize("typed", ["", "http://node.lan:8787", "two words", "node/path", ":99"])
def test_what_is_no_address_is_said(typed):
    with pytest.raises(ClusterError, match="is no address of a scheduler"):
        full_address(typed)


def test_the_same_versions_are_no_fault(versions):
    assert fault_of(versions) == ""


@pytest.mark.parametrize(
    ("package", "version"),
    [("python", "3.12.9.final.0"), ("numpy", "2.0.0")],
)
def test_what_makes_no_difference_is_no_fault(versions, package, version):
    versions["workers"]["tcp://10.0.0.1:1"]["packages"][package] = version
    assert fault_of(versions) == ""


@pytest.mark.parametrize(
    ("package", "version", "sentence"),
    [
        ("python", "3.11.4.final.0", "the worker tcp://10.0.0.2:1 has Python 3.11, and this "
         "computer 3.12. Start it with Python 3.12"),
        ("gdviz", None, "the worker tcp://10.0.0.2:1 has no gdviz. Install it there: "
         f"pip install 'gdviz[dask]=={__version__}'"),
        ("dask", "2026.7.0", "the worker tcp://10.0.0.2:1 has dask 2026.7.0, and this computer "
         "2026.8.0. Install it there: pip install 'dask==2026.8.0'"),
        ("numpy", "1.26.4", "the worker tcp://10.0.0.2:1 has numpy 1.26.4, and this computer "
         "2.4.6. Install it there: pip install 'numpy==2.4.6'"),
    ],
)  # fmt: skip
def test_another_version_is_said_and_what_to_install(versions, package, version, sentence):
    versions["workers"]["tcp://10.0.0.2:1"]["packages"][package] = version
    assert fault_of(versions) == sentence


def test_the_same_fault_of_many_is_said_once(versions):
    versions["scheduler"]["packages"]["dask"] = "2020.1"
    for worker in versions["workers"].values():
        worker["packages"]["python"] = "3.13.0.final.0"
    assert fault_of(versions) == (
        "the scheduler has dask 2020.1, and this computer 2026.8.0. Install it there: "
        "pip install 'dask==2026.8.0'. The worker tcp://10.0.0.1:1 and 2 more have Python 3.13, "
        "and this computer 3.12. Start them with Python 3.12"
    )
