"""Someone at the keyboard who sees nothing: presses keys, and knows what a screen reader tells."""

import json
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any, TypeVar

import pytest
from realwindow.desktop import SYSTEM_PYTHON

SCRIPT = Path(__file__).with_name("at_spi.py")
PATIENCE_S = 8.0
# What shows without a word of it is noticed as late as that.
LOOK_AGAIN_MS = 100
MOST_STOPS = 80
ANNOUNCEMENT, FOCUS = "object:announcement", "object:state-changed:focused"
BOXES = "combo box", "spin button"
TABLE = "table", "table cell"

Something = TypeVar("Something")


@dataclass(frozen=True)
class Thing:
    """What a screen reader tells of a part of a window."""

    role: str
    name: str
    description: str
    text: str
    value: float | None
    labels: list[str]
    states: list[str]
    place: tuple[int, int, int, int]
    depth: int = 0

    def __str__(self) -> str:
        return f"{self.spoken or 'silence'} at {self.place}"

    @property
    def called(self) -> str:
        """What it says that it is."""
        return " / ".join(dict.fromkeys([self.name, *self.labels]))

    @property
    def spoken(self) -> str:
        """All that is to be heard of it."""
        value = "" if self.value is None or self.text else f"{self.value:g}"
        parts = self.called, self.role, self.text, value, self.description
        return ", ".join(part for part in parts if part)

    @property
    def kind(self) -> tuple[str, str]:
        """What it is and what it is called."""
        return self.role, self.called

    def answers_to(self, words: str, *roles: str) -> bool:
        """Tell whether someone who looks for it by these words has found it."""
        return words.casefold() in self.called.casefold() and (not roles or self.role in roles)


class ScreenReader:
    """What the programs of a desktop tell."""

    def __init__(self, env: dict[str, str]) -> None:
        self._process = subprocess.Popen(
            [SYSTEM_PYTHON, str(SCRIPT)],
            env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self._answer()

    def close(self) -> None:
        """Listen no more."""
        with self._process as process:
            process.kill()

    @property
    def focus(self) -> Thing | None:
        """What has the focus."""
        told = self._ask("focused")
        return Thing(**told) if told and "error" not in told else None

    @property
    def things(self) -> list[Thing]:
        """All that is there, the outer before the inner."""
        return [Thing(**told) for told in self._ask("tree") if "showing" in told["states"]]

    def heard(self, since: int = 0) -> list[dict[str, Any]]:
        """Return what happened, from the so-manieth event on."""
        events: list[dict[str, Any]] = self._ask("events", since=since)
        return events

    def until(self, met: Callable[[], Something], patience_s: float = PATIENCE_S) -> Something:
        """Look again whenever something happens, until something is so; return it or what isn't."""
        end = monotonic() + patience_s
        while True:
            count = len(self.heard())
            found = met()
            if found or monotonic() > end:
                return found
            self._ask("wait", since=count, ms=LOOK_AGAIN_MS)

    def _ask(self, what: str, **more: object) -> Any:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"ask": what, **more}) + "\n")
        self._process.stdin.flush()
        return self._answer()

    def _answer(self) -> Any:
        assert self._process.stdout is not None
        return json.loads(self._process.stdout.readline())


class User:
    """Does all by keys, and knows of nothing but what the screen reader tells."""

    def __init__(self, reader: ScreenReader, env: dict[str, str]) -> None:
        self.reader, self._env = reader, env
        self._heard = 0

    def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        self._send("key", "--delay", "12", *keys)

    def type(self, text: str) -> None:
        """Type a text in place of what is there."""
        self.press("ctrl+a")
        self._send("type", "--delay", "6", text)

    def enter(self, text: str) -> None:
        """Type a text in place of what is there, and Return."""
        self.type(text)
        self.press("Return")

    @property
    def focus(self) -> Thing:
        """Where the focus is."""
        focus = self.reader.focus
        assert focus is not None, "nothing has the focus"
        return focus

    def tab(self, key: str = "Tab") -> Thing:
        """Go to the next stop, and return it."""
        before = len(self.reader.heard())
        self.press(key)
        moved = self.reader.until(lambda: self._focus_events(before), 2)
        assert moved, f"{key} moves the focus nowhere from: {self.focus.spoken}"
        return self.focus

    def tab_to(self, words: str, *roles: str) -> Thing:
        """Press Tab until something of that name and role has the focus."""
        stops: list[Thing] = []
        while not _is_round(stops):
            stops.append(self.tab())
            if stops[-1].answers_to(words, *roles):
                return stops[-1]
        passed = "\n  ".join(stop.spoken for stop in stops)
        pytest.fail(f"Tab never comes to “{words}” {roles}, but to:\n  {passed}")

    def tab_to_table(self) -> Thing:
        """Press Tab until a table has the focus."""
        if self.focus.role not in TABLE:
            self.tab_to("", *TABLE)
        return self.focus

    def all_stops(self) -> list[Thing]:
        """Press Tab until it comes round, and return where it was."""
        stops: list[Thing] = []
        while not _is_round(stops):
            stops.append(self.tab())
        return stops[:-2]

    def choose(self, menu: str, command: str) -> None:
        """Open a menu by its letter, and choose a command."""
        self.press(f"alt+{menu}")
        self.waits_for("menu item")
        for _ in range(MOST_STOPS):
            if command.casefold() in self.focus.name.casefold():
                self.press("Return")
                return
            self.tab("Down")
        pytest.fail(f"“{command}” is not in the menu")

    def waits_for(self, role: str, words: str = "") -> Thing:
        """Wait until something of this role, and name, has the focus, and return it."""
        self.reader.until(lambda: (f := self.reader.focus) and f.answers_to(words, role))
        focus = self.focus
        assert focus.answers_to(words, role), (
            f"the focus is not on {role} “{words}”, but on: {focus.spoken}"
        )
        return focus

    def hears(self, words: str) -> str:
        """Wait until something like this is announced; return it."""
        events = self.reader.until(lambda: self._said(words))
        if not events:
            said = [e["told"] for e in self.reader.heard(self._heard) if _is_said(e)]
            pytest.fail(f"“{words}” is never announced, but {said}")
        self._heard = events[0][0] + 1
        return events[0][1]

    def finds(self, words: str, *roles: str) -> Thing:
        """Wait until there is something of this name and role; return it."""
        found = self.reader.until(lambda: self.all_of(words, *roles))
        if not found:
            there = "\n  ".join(t.spoken for t in self.reader.things if t.role in roles)
            pytest.fail(f"there is no “{words}” {roles}, but:\n  {there}")
        return found[0]

    def reads(self, words: str) -> Thing:
        """Wait until something says this; return it."""

        def saying() -> list[Thing]:
            return [t for t in self.reader.things if words.casefold() in t.spoken.casefold()]

        found = self.reader.until(saying)
        if not found:
            there = "\n  ".join(t.spoken for t in self.reader.things if t.called)
            pytest.fail(f"nothing says “{words}”, only:\n  {there}")
        return found[0]

    def expect(self, what: str, met: Callable[[], object]) -> None:
        """Wait until something is so."""
        assert self.reader.until(met), f"{what}; the focus is on: {self.focus.spoken}"

    def all_of(self, words: str, *roles: str) -> list[Thing]:
        """Return all of this name and role that there are now."""
        return [thing for thing in self.reader.things if thing.answers_to(words, *roles)]

    def box(self, words: str) -> str:
        """Return what a box says."""
        return self.finds(words, *BOXES).text

    def _focus_events(self, since: int) -> list[dict[str, Any]]:
        return [event for event in self.reader.heard(since) if event["kind"].startswith(FOCUS)]

    def _said(self, words: str) -> list[tuple[int, str]]:
        return [
            (number, event["told"])
            for number, event in enumerate(self.reader.heard(self._heard), self._heard)
            if _is_said(event) and words.casefold() in event["told"].casefold()
        ]

    def _send(self, *words: str) -> None:
        subprocess.run(["xdotool", *words], env=self._env, check=True, capture_output=True)


def _is_round(stops: list[Thing]) -> bool:
    """Tell whether Tab has come round: two stops like the first two. One alone may have a twin."""
    kinds = [stop.kind for stop in stops]
    return len(kinds) > MOST_STOPS or (len(kinds) > 2 and kinds[-2:] == kinds[:2])


def _is_said(event: dict[str, str]) -> bool:
    return event["kind"].startswith(ANNOUNCEMENT)
