"""Listens to a program as a screen reader does, and answers what it is asked.

The system's Python runs it, which has the bindings of AT-SPI; that of the tests need not. Each line
of its input is a question, and each line of its output an answer, in JSON.
"""

import contextlib
import json
import sys
import time
import warnings

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

# The interfaces have other names in newer bindings; these work in all.
warnings.simplefilter("ignore", DeprecationWarning)

FOCUS, CELL, ANNOUNCEMENT = (
    "object:state-changed:focused", "object:active-descendant-changed", "object:announcement",
)  # fmt: skip
EVENTS = (
    FOCUS, CELL, ANNOUNCEMENT, "object:state-changed:checked", "object:text-changed",
    "object:property-change", "window:activate", "window:deactivate",
)  # fmt: skip
# What they hold is many and alike; it is read where the focus is.
MANY = {"table", "list", "combo box", "document frame", "menu bar"}
# How deep a choice lies in its box.
CHOICE_DEPTH = 2
# Later versions call some things otherwise.
ROLES = {"push button": "button", "page tab": "tab", "page tab list": "tab list"}


class Listener:
    """What was heard, and where the focus is."""

    def __init__(self):
        self.heard = []
        self.focus = None
        self.waiting = None
        self.listener = Atspi.EventListener.new(self.on_event)
        for event in EVENTS:
            self.listener.register(event)

    def on_event(self, event):
        with contextlib.suppress(GLib.Error):  # it is gone by now
            self.hear(event)
        if self.waiting is not None:
            GLib.source_remove(self.waiting)
            self.go_on()

    def hear(self, event):
        kind, source, told = event.type, event.source, event.any_data
        if kind.startswith(FOCUS):
            if not event.detail1:
                return
            self.focus = source
        elif kind.startswith(CELL) and isinstance(told, Atspi.Accessible):
            self.focus = told
        self.heard.append({
            "kind": kind, "role": role(source), "name": source.get_name(),
            "told": told if isinstance(told, str) else "", "at": time.monotonic(),
        })  # fmt: skip

    def on_question(self, channel, _):
        line = channel.readline()
        if not line:
            loop.quit()
            return False
        question = json.loads(line)
        answer = getattr(self, question.pop("ask"))
        try:
            answer(**question)
        except GLib.Error as error:
            say({"error": str(error)})
        return True

    def wait(self, since, ms):
        """Answer as soon as more was heard than that, or after so many milliseconds."""
        if len(self.heard) > since:
            self.go_on()
        else:
            self.waiting = GLib.timeout_add(ms, self.go_on)

    def go_on(self):
        self.waiting = None
        say(len(self.heard))
        return False

    def events(self, since):
        say(self.heard[since:])

    def focused(self):
        say(None if self.focus is None else described(self.focus))

    def tree(self):
        """Tell all that a person could come across, the outer before the inner."""
        found = []
        for program in children(Atspi.get_desktop(0)):
            for window in children(program):
                walk(window, 0, found)
        say(found)


def children(thing):
    found = (thing.get_child_at_index(number) for number in range(thing.get_child_count()))
    return [child for child in found if child is not None]


def walk(thing, depth, found):
    with contextlib.suppress(GLib.Error):  # it is gone by now
        told = described(thing)
        if "visible" not in told["states"]:
            return
        found.append({"depth": depth, **told})
        if told["role"] not in MANY:
            for child in children(thing):
                walk(child, depth + 1, found)


def described(thing):
    states = [state.value_nick for state in thing.get_state_set().get_states()]
    told = {
        "role": role(thing), "name": thing.get_name(),
        "description": thing.get_description(), "states": states,
        "labels": labels(thing), "place": place(thing), "text": "", "value": None,
    }  # fmt: skip
    if value := thing.get_value_iface():
        told["value"] = value.get_current_value()
    if text := thing.get_text_iface():
        told["text"] = Atspi.Text.get_text(text, 0, -1)
    elif told["role"] == "combo box":
        told["text"] = ", ".join(chosen(thing, CHOICE_DEPTH))
    return told


def role(thing):
    name = thing.get_role_name()
    return ROLES.get(name, name)


def place(thing):
    component = thing.get_component_iface()
    if component is None:
        return None
    box = component.get_extents(Atspi.CoordType.SCREEN)
    return box.x, box.y, box.width, box.height


def labels(thing):
    return [
        relation.get_target(number).get_name()
        for relation in thing.get_relation_set()
        if relation.get_relation_type() is Atspi.RelationType.LABELLED_BY
        for number in range(relation.get_n_targets())
    ]


def chosen(box, depth):
    for child in children(box):
        if child.get_state_set().contains(Atspi.StateType.SELECTED):
            yield child.get_name()
        elif depth:
            yield from chosen(child, depth - 1)


def say(answer):
    print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    Atspi.init()
    loop = GLib.MainLoop()
    listener = Listener()
    questions = GLib.IOChannel.unix_new(sys.stdin.fileno())
    GLib.io_add_watch(questions, GLib.IOCondition.IN | GLib.IOCondition.HUP, listener.on_question)
    say("ready")
    loop.run()
