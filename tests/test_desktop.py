"""Without a display, or a library that Qt needs, gdviz says what is missing."""

import re
import sys

import pytest

from gdviz.desktop import HEADLESS, PACKAGES, _xcb_plugin, missing_library, why_no_window

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="X11 is asked for on Linux only")


@pytest.fixture
def environment(monkeypatch):
    """Set the variables that decide where a window opens; those not named are unset."""

    def set_only(**variables):
        for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
            monkeypatch.delenv(name, raising=False)
            if name in variables:
                monkeypatch.setenv(name, variables[name])

    return set_only


def unloadable(library):
    return OSError(f"{library}: cannot open shared object file: No such file or directory")


@pytest.mark.parametrize(("library", "package"), PACKAGES.items())
def test_a_missing_library_is_named_with_its_package(library, package):
    assert missing_library(unloadable(library)) == (
        f"Qt needs the system library {library}, which is missing; "
        f"install it: apt install {package}."
    )


def test_an_unknown_library_is_named_without_a_package():
    sentence = missing_library(ImportError(str(unloadable("libnobody+knows-1.so.7"))))
    assert sentence.startswith("Qt needs the system library libnobody+knows-1.so.7, ")
    assert "apt" not in sentence


@pytest.mark.parametrize("text", ["", "No module named 'numpy'", "libEGL.so.1: wrong ELF class"])
def test_other_errors_are_no_missing_library(text):
    assert missing_library(ImportError(text)) is None


def test_an_error_that_names_a_path_says_the_library_alone():
    sentence = missing_library(unloadable("/usr/lib/libEGL.so.1"))
    assert "library libEGL.so.1," in sentence


def test_the_packages_are_plain_names_of_libraries():
    assert all(re.fullmatch(r"lib[\w.+-]+\.so\.\d+", library) for library in PACKAGES)
    assert all(re.fullmatch(r"lib[a-z0-9.+-]+", package) for package in PACKAGES.values())


@linux_only
@pytest.mark.parametrize("platform", [{}, {"QT_QPA_PLATFORM": "xcb"}])
def test_no_display_is_one_sentence_that_names_what_works_without(environment, platform):
    environment(**platform)
    sentence = why_no_window()
    assert "no display" in sentence
    assert sentence.endswith(HEADLESS)


@linux_only
def test_an_empty_display_is_none(environment):
    environment(DISPLAY="")
    assert "no display" in why_no_window()


@linux_only
def test_a_display_that_does_not_answer_is_named(environment):
    environment(DISPLAY=":987")
    sentence = why_no_window()
    # A machine that also lacks a library is told about that first.
    assert "display :987 " in sentence or "Qt needs the system library" in sentence


@linux_only
def test_with_wayland_qt_is_left_to_choose(environment):
    environment(WAYLAND_DISPLAY="wayland-0")
    assert why_no_window() is None


@linux_only
def test_wayland_does_not_help_who_asks_for_x11(environment):
    environment(WAYLAND_DISPLAY="wayland-0", QT_QPA_PLATFORM="xcb")
    assert "no display" in why_no_window()


@pytest.mark.parametrize("platform", ["offscreen", "minimal", "nonsense;offscreen", "offscreen:"])
def test_a_platform_that_starts_is_no_fault(environment, platform):
    environment(QT_QPA_PLATFORM=platform)
    assert why_no_window() is None


@pytest.mark.parametrize("platform", ["nonsense", "nonsense:1", "non;sense", "größer"])
def test_a_platform_that_qt_does_not_have_is_named_with_those_it_has(environment, platform):
    environment(QT_QPA_PLATFORM=platform)
    sentence = why_no_window()
    assert f"Qt has no platform “{platform}”" in sentence
    assert "offscreen" in sentence.partition("one of these: ")[2]
    assert sentence.endswith(HEADLESS)


@linux_only
def test_a_platform_that_cannot_start_here_is_named(environment, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    environment(QT_QPA_PLATFORM="wayland")
    assert "can't start on the platform “wayland”" in why_no_window()


def test_other_systems_always_have_a_display(environment, monkeypatch):
    environment()
    monkeypatch.setattr(sys, "platform", "darwin")
    assert why_no_window() is None


@linux_only
def test_the_plugin_that_is_asked_for_its_libraries_is_there():
    assert _xcb_plugin().is_file()
