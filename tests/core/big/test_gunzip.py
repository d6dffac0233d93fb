"""Unpacking gzip in large pieces: what Python's own reader unpacks, and the same faults."""

import gzip
import io
import random
import zlib

import pytest
from isal import isal_zlib

from gdviz.core.big import gunzip
from gdviz.core.big.gunzip import Gunzip

CONTENT = random.Random(1).randbytes(3000) + b"1.5,2\n" * 9000


@pytest.fixture(autouse=True, params=[isal_zlib, zlib], ids=["isal", "zlib"])
def inflate(request, monkeypatch):
    """Have what is installed with the extra unpack, and what is always there."""
    monkeypatch.setattr(gunzip, "inflate", request.param)


def unpacked(packed, size=1000):
    source = Gunzip(io.BufferedReader(io.BytesIO(packed)))
    return b"".join(iter(lambda: source.read1(size), b""))


@pytest.mark.parametrize("at_once", [1, 7, 1 << 16])
@pytest.mark.parametrize("size", [100, 1 << 20])
@pytest.mark.parametrize("behind", [b"", b"\0" * 50, b"no archive", b"\x1f", b"\0\x1f\x8b"])
def test_archives_one_after_another(behind, size, at_once, monkeypatch):
    monkeypatch.setattr(gunzip, "PACKED", at_once)
    packed = gzip.compress(CONTENT) + b"\0" * 9 + gzip.compress(b"") + gzip.compress(b"end")
    assert unpacked(packed + behind, size) == CONTENT + b"end"


@pytest.mark.parametrize("seed", range(20))
def test_pieces_of_any_size_make_the_whole(seed, monkeypatch):
    chance = random.Random(seed)
    monkeypatch.setattr(gunzip, "PACKED", chance.choice([13, 1000, 1 << 16]))
    content = chance.randbytes(chance.randrange(5000)) + b"7" * chance.randrange(200_000)
    packed = gzip.compress(content, chance.randrange(10))
    assert unpacked(packed, chance.choice([1 << 8, 1 << 12, 1 << 19])) == content


def test_it_begins_again():
    source = Gunzip(io.BufferedReader(io.BytesIO(gzip.compress(CONTENT))))
    first = source.read1(500)
    source.read1(500)
    source.seek(0)
    assert source.read1(500) == first == CONTENT[:500]
    with pytest.raises(io.UnsupportedOperation):
        source.seek(1)


@pytest.mark.parametrize("cut", [5, 100, -9, -1])
def test_one_that_ends_too_early_is_damaged(cut):
    with pytest.raises(EOFError):
        unpacked(gzip.compress(CONTENT)[:cut])


@pytest.mark.parametrize("place", [-1, -5, 3000])
def test_one_with_another_byte_is_damaged(place):
    packed = bytearray(gzip.compress(CONTENT))
    packed[place] ^= 255
    with pytest.raises(zlib.error):
        unpacked(bytes(packed))
