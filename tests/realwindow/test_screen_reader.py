"""gdviz by keys alone, with what a screen reader tells of it: for those who see and click nothing.

All that is known of the window comes from AT-SPI, and all that is done comes from the keyboard. The
everyday tasks, 26 in number:

settings
    1 iterations, 2 learning rate, 3 the same on its bar, 4 tolerance, 5 method, 6 bias,
    7 batches, under More settings
playing
    8 play and pause, 9 one iteration on and back, 10 to the end and the start, 11 to any iteration,
    12 another speed
runs
    13 keep one, 14 hide it, 15 rename it, 16 remove it and take that back,
    17 sweep, and use a rate
reading
    18 have a step explained, 19 find a row in the ledger
files
    20 open a table, 21 save the data, 22 export a picture, 23 copy the program
help
    24 a message: close it, or do what it offers, 25 the lesson, chapters 1 to 3, 26 the keys
"""

import os
import subprocess
import sys

import numpy as np
import pytest
from realwindow.desktop import SCREEN, desktop, missing_packages
from realwindow.screen_reader import ANNOUNCEMENT, BOXES, ScreenReader, User

STARTS_S = 20.0
# What a person can change or press has one of these, and no other says what it is.
MEANINGLESS = {"", "filler", "unknown", "invalid", "redundant object"}
# What follows sooner in the mean cuts off what is being said.
LEAST_GAP_S = 0.8


@pytest.fixture(scope="module")
def env():
    """The environment of a program on a desktop of its own."""
    missing = missing_packages()
    if missing:
        reason = f"A screen reader needs what is missing here: apt install {' '.join(missing)}"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)
    with desktop() as env:
        yield env


@pytest.fixture
def user(env, own_settings, tmp_path):
    """Someone in front of gdviz, which has just been started."""
    reader = ScreenReader(env)
    complaints = tmp_path / "stderr.txt"
    with complaints.open("w") as stderr:
        program = subprocess.Popen(
            [sys.executable, "-m", "gdviz"],
            env={**env, "XDG_CONFIG_HOME": str(own_settings), "HOME": str(tmp_path)},
            stderr=stderr,
        )
    try:
        assert reader.until(lambda: reader.focus, STARTS_S), complaints.read_text()
        yield User(reader, env)
    finally:
        program.kill()
        program.wait()
        reader.close()
    assert "Traceback" not in complaints.read_text(), complaints.read_text()


# --- settings


def test_01_iterations(user):
    user.tab_to("Iterations", "spin button")
    user.enter("50")
    user.hears("50 iterations")
    assert user.box("Iterations") == "50"
    assert user.focus.role != "spin button", "Return gives the focus back to the pictures"
    user.press("End")
    user.hears("iteration 50")


def test_02_learning_rate(user):
    user.tab_to("Learning rate", "spin button")
    user.enter("0.002")
    user.expect("the rate is taken", lambda: "0.002" in user.finds("rate", "slider").spoken)
    # Straight after it, without a way back to anywhere.
    user.press("Right")
    user.hears("iteration 1")
    user.press("ctrl+z")
    user.expect("Ctrl+Z takes it back", lambda: user.box("Learning rate") == "0.001")
    user.press("space")
    user.finds("Pause", "button")


def test_03_rate_on_its_bar(user):
    bar = user.tab_to("rate", "slider")
    assert bar.value is not None, "a slider says its value"
    assert bar.description, "and what the value means"

    def rate():
        return float(user.box("Learning rate"))

    user.press("Home")
    user.expect("Home is the best rate", lambda: 0.00228 < rate() < 0.00229)
    best = user.focus.value
    user.press("Right", "Right")
    user.expect("Right is faster", lambda: rate() > 0.0023)
    user.expect("and the bar says so", lambda: user.focus.value > best)
    user.press("Prior")
    user.expect("Page Up is much faster", lambda: "overshooting" in user.focus.spoken)
    user.press("Next", "Next", "Left")
    user.expect("Page Down and Left are slower", lambda: rate() < 0.0023)
    # None of these keys is anything else here.
    assert user.finds("Iteration", "slider").value == 0


def test_04_tolerance(user):
    user.tab_to("Tolerance", "spin button")
    user.enter("0.001")
    user.hears("Stopped at iteration")
    assert user.box("Tolerance") == "0.001"


def test_05_method(user):
    box = user.tab_to("Method", "combo box")
    assert box.text == "Gradient descent"
    user.press("Down")
    user.expect("Down takes the next", lambda: user.focus.text == "Momentum")
    user.finds("momentum", "spin button")
    user.press("End")
    user.expect("End takes the last", lambda: user.focus.text not in ("Momentum", ""))
    user.press("a")
    user.expect("letters find a name", lambda: user.focus.text.startswith("Ada"))
    user.press("Home")
    user.expect("Home takes the first", lambda: user.focus.text == "Gradient descent")
    assert user.finds("Iteration", "slider").value == 0


def test_06_bias(user):
    assert "checked" not in user.tab_to("bias", "check box").states
    user.press("space")
    user.expect("Space ticks", lambda: "checked" in user.focus.states)
    user.finds("Landscape", "chart")
    assert user.finds("Play", "button"), "and plays nothing"


def test_07_batches(user):
    user.tab_to("More settings")
    user.press("Return")
    user.tab_to("each step", "combo box")
    user.press("Down")
    user.expect("batches are chosen", lambda: user.focus.text == "mini-batches")
    user.tab_to("batch size", "spin button")
    user.enter("5")
    user.expect("so many rows", lambda: user.box("batch size") == "5")
    user.reads("The step follows the slope of its batch")
    user.tab_to("More settings")
    user.press("space")
    user.expect("Space closes", lambda: not user.all_of("batch size", "spin button"))


# --- playing


def test_08_play_and_pause(user):
    user.press("space")
    user.finds("Pause", "button")
    user.expect("it moves", lambda: user.finds("Iteration", "slider").value >= 3)
    user.hears("iteration")
    user.press("space")
    user.finds("Play", "button")
    # The button does the same, with either key.
    user.tab_to("Play", "button")
    user.press("Return")
    user.expect("Return plays", lambda: user.focus.name == "Pause")
    user.press("space")
    user.expect("Space pauses", lambda: user.focus.name == "Play")


def test_09_one_iteration_on_and_back(user):
    user.press("Right")
    user.hears("iteration 1")
    user.press("Right")
    user.hears("iteration 2")
    user.press("Left")
    user.hears("iteration 1")
    user.tab_to("forward", "button")
    user.press("space")
    user.hears("iteration 2")
    user.tab_to("back", "button")
    user.press("Return")
    user.hears("iteration 1")


def test_10_to_the_end_and_the_start(user):
    user.press("End")
    user.hears("iteration 100")
    user.press("Home")
    user.hears("iteration 0")


def test_11_to_any_iteration(user):
    assert user.tab_to("Iteration", "slider").value == 0
    user.press("Prior")
    user.hears("iteration 10")
    user.press("Right")
    user.hears("iteration 11")
    user.press("Down")
    user.hears("iteration 10")
    assert user.focus.value == 10


def test_12_speed(user):
    user.tab_to("Speed", "combo box")
    user.press("End")
    user.expect("End takes the last", lambda: user.focus.text == "all in 5 seconds")
    user.press("Up")
    user.expect("Up the one before", lambda: user.focus.text == "all in 20 seconds")
    assert user.finds("Iteration", "slider").value == 0
    user.press("space")
    assert user.finds("Play", "button"), "Space opens the box, and plays nothing"
    user.press("Escape")
    user.waits_for("combo box", "Speed")


def test_playing_is_told_at_a_speed_that_can_be_heard(user):
    user.tab_to("Speed", "combo box")
    user.press("End", "Escape", "space")
    user.finds("Pause", "button")
    user.hears("iteration 100")
    said = [event for event in user.reader.heard() if event["kind"].startswith(ANNOUNCEMENT)]
    gaps = np.diff([event["at"] for event in said])
    assert len(said) > 2, "while it plays as well as at the end"
    assert gaps.mean() > LEAST_GAP_S, [event["told"] for event in said]


# --- runs


def keep_a_run_and_go_to_the_table(user):
    """Keep the run, try another rate, and look at the kept one in the table."""
    user.press("ctrl+k")
    user.tab_to("Learning rate", "spin button")
    user.enter("0.002")
    user.expect("the rate is taken", lambda: "0.002" in user.finds("rate", "slider").spoken)
    user.press("ctrl+t")
    user.tab_to_table()
    user.press("Home")
    user.press("Down")
    return user.waits_for("table cell", "rate 0.001")


def test_13_keep(user):
    user.tab_to("Keep this run", "button")
    user.press("space")
    user.hears("kept")
    user.tab_to("Learning rate", "spin button")
    user.enter("0.002")
    user.press("ctrl+t")
    user.tab_to_table()
    user.press("Home", "Down")
    assert "checked" in user.waits_for("table cell", "rate 0.001").states


def test_14_hide(user):
    assert "checked" in keep_a_run_and_go_to_the_table(user).states
    user.press("h")
    user.expect("H hides", lambda: "checked" not in user.focus.states)
    user.press("h")
    user.expect("H shows", lambda: "checked" in user.focus.states)
    user.press("space")
    user.expect("Space unticks", lambda: "checked" not in user.focus.states)
    assert user.finds("Play", "button"), "and plays nothing"


def test_15_rename(user):
    keep_a_run_and_go_to_the_table(user)
    user.press("F2")
    assert user.waits_for("text").called, "what is typed has a name"
    user.enter("the slow one")
    user.press("Up", "Down")
    user.waits_for("table cell", "the slow one")


def test_16_remove_and_take_back(user):
    keep_a_run_and_go_to_the_table(user)
    user.press("Delete")
    user.hears("removed")
    user.press("Down", "Up")
    user.waits_for("table cell", "current")
    user.press("ctrl+z")
    user.press("Down")
    user.waits_for("table cell", "rate 0.001")


def test_17_sweep_and_use_a_rate(user):
    user.press("ctrl+r")
    user.tab_to("Sweep", "button")
    user.press("space")
    user.hears("Fastest")
    assert "fastest" in user.finds("Sweep", "chart").description.casefold()
    user.tab_to("Use the fastest", "button")
    user.press("Return")
    user.expect("the rate is taken", lambda: user.box("Learning rate") != "0.001")
    user.press("ctrl+z")
    user.expect("and can be taken back", lambda: user.box("Learning rate") == "0.001")


# --- reading


def test_18_a_step_explained(user):
    user.tab_to("Learning rate", "spin button")
    user.press("ctrl+i")
    user.reads("Iteration 0: the step from here to iteration 1")
    user.tab_to("equals 0.8068")
    user.tab_to("minus 806.8")
    user.press("ctrl+i")
    back = user.waits_for("spin button", "Learning rate")
    assert back.text == "0.001", "a dock that closes gives the focus back"


def test_19_a_row_of_the_ledger(user):
    user.press("ctrl+j")
    user.tab_to_table()
    user.press("Down", "Down")
    cell = user.waits_for("table cell")
    assert "selected" in cell.states
    user.reads("All 30 shares add up to the slope")
    user.press("ctrl+j")
    user.expect("it is gone", lambda: not user.all_of("Ledger of the slope", "table"))


# --- files


def test_20_open_a_table(user, tmp_path):
    table = tmp_path / "own.csv"
    table.write_text("hours,marks\n1,2\n2,4.5\n3,5\n4,8\n")
    user.press("ctrl+o")
    user.waits_for("text", "File name")
    user.enter(str(table))
    user.finds("own.csv", "frame")
    user.reads("4 rows")
    user.hears("own.csv")
    user.press("Right")
    user.hears("iteration 1")


def test_21_save_the_data(user, tmp_path):
    user.press("ctrl+s")
    user.waits_for("text", "File name")
    user.enter(str(tmp_path / "saved.txt"))
    user.hears("Saved")
    assert (tmp_path / "saved.txt").read_text().count("\n") > 30


def test_22_export_a_picture(user, tmp_path):
    user.tab_to("Export loss curve", "button")
    user.press("Return")
    user.waits_for("combo box", "Picture")
    assert user.box("Picture") == "Loss curve"
    user.tab_to("Choose a file", "button")
    user.press("space")
    user.waits_for("text", "File name")
    user.enter(str(tmp_path / "curve.png"))
    user.hears("Saved")
    assert (tmp_path / "curve.png").stat().st_size > 1000
    user.waits_for("button", "Export loss curve")


def test_23_copy_the_program(user):
    user.press("ctrl+shift+p")
    user.tab_to("Copy", "button")
    user.press("Return")
    user.hears("Copied the program")


# --- help


def test_24_a_message_that_offers_a_rate(user):
    def offers():
        return user.all_of("Use 0.0", "button")

    user.tab_to("Learning rate", "spin button")
    user.enter("0.006")
    user.hears("diverge")
    user.tab_to("Use 0.0", "button")
    user.press("space")
    user.expect("Space takes the rate", lambda: user.box("Learning rate") == "0.001")
    assert not offers()
    user.tab_to("Learning rate", "spin button")
    user.enter("0.006")
    user.hears("diverge")
    user.tab_to("Use 0.0", "button")
    user.tab_to("Close this message", "button")
    user.press("Return")
    user.expect("Return closes", lambda: not offers())
    assert user.box("Learning rate") == "0.006"
    assert user.finds("Play", "button"), "and plays nothing"
    # What had the focus is gone: the keys still work.
    user.press("Right")
    user.hears("iteration 1")


def test_25_the_first_chapters_of_the_lesson(user):
    user.press("F1")
    user.hears("Guess a weight")
    user.reads("How many pizzas will be ordered?")
    user.tab_to("Tonight 20 tables are reserved. How many pizzas will be ordered?", "text", "entry")
    user.enter("35")
    user.hears("35 is what the dots say, too")
    user.tab_to("start w", "spin button")
    user.enter("0.5")
    user.hears("the rule says 10 pizzas for 20 reservations")
    user.tab_to("start w", "spin button")
    user.enter("1.9")
    user.hears("With w = 1.9 the rule has an answer")
    go_on(user)
    user.hears("How wrong is the line?")
    user.tab_to("Just as bad: off is off", "radio button")
    user.press("space")
    user.hears("no line would ever get better")
    user.reads("What is its squared error?")
    user.enter("9")
    user.hears("that is the area of its square")
    user.tab_to("start w", "spin button")
    user.enter("1.8")
    user.hears("Small squares, small loss")
    go_on(user)
    user.hears("The curve of all guesses")
    user.finds("Loss curve", "chart")
    user.tab_to("Leave", "button")
    user.press("Return")
    user.expect("the lesson is left", lambda: not user.all_of("Leave", "button"))
    user.finds("Learning rate", "spin button")
    assert user.finds("Iteration", "slider").value == 0


def go_on(user):
    user.tab_to("Next", "button")
    user.press("space")


def test_26_the_keys(user):
    user.choose("h", "Keyboard shortcuts")
    user.expect("a dialog opens", lambda: user.all_of("Keyboard shortcuts", "dialog", "frame"))
    user.reads("Ctrl+K")
    assert user.focus.called
    user.press("Escape")
    user.expect("it closes", lambda: not user.all_of("Keyboard shortcuts", "dialog"))
    user.press("Right")
    user.hears("iteration 1")


# --- all that there is


def as_started(user):
    assert user.focus.called
    assert user.focus.role not in MEANINGLESS


def with_bias(user):
    user.tab_to("bias", "check box")
    user.press("space")
    user.finds("Landscape")


def with_docks(user):
    user.press("ctrl+k", "ctrl+j", "ctrl+t", "ctrl+i")
    user.reads("Iteration 0: the step")


def with_sweep(user):
    user.press("ctrl+r")
    user.finds("Use the fastest", "button")


def with_program_and_log(user):
    user.press("ctrl+shift+p", "ctrl+l")
    user.finds("Copy", "button")


def with_more_settings(user):
    user.tab_to("More settings")
    user.press("space")
    user.finds("start w", "spin button")


def with_message(user):
    user.tab_to("Learning rate", "spin button")
    user.enter("0.006")
    user.finds("Close this message", "button")


def with_lesson(user):
    user.press("F1")
    user.finds("Next", "button")


def with_export_dialog(user):
    user.press("ctrl+e")
    user.waits_for("combo box", "")


def with_generator(user):
    user.press("ctrl+n")
    user.finds("Generate", "dialog")


STATES = (
    as_started, with_bias, with_docks, with_sweep, with_program_and_log, with_more_settings,
    with_message, with_lesson, with_export_dialog, with_generator,
)  # fmt: skip


@pytest.mark.parametrize("bring_about", STATES)
def test_everything_says_what_it_is(user, bring_about):
    bring_about(user)
    things, stops = user.reader.things, user.all_stops()
    windows = [thing.place for thing in things if thing.role in ("frame", "dialog")]
    there = {thing.kind for thing in things}
    faults = [f"{fault}: {thing}" for thing in things for fault in faults_of(thing)]
    faults += [f"larger than the screen: {place}" for place in windows if not fits(place)]
    for stop in stops:
        if stop.role in MEANINGLESS or not stop.called:
            faults.append(f"Tab comes to nobody knows what: {stop}")
        if not any(within(stop.place, window) for window in windows):
            faults.append(f"Tab comes to what is out of sight: {stop}")
        if stop.role != "table cell" and stop.kind not in there:
            faults.append(f"Tab comes to what isn't in the tree: {stop}")
    assert not faults, "\n".join(["", *faults])


def faults_of(thing):
    """Return what someone who sees nothing misses of something."""
    # Qt puts away what nobody sees beyond the screen; Tab never comes there.
    focusable = "focusable" in thing.states and within(thing.place, (0, 0, *SCREEN))
    return [
        fault
        for fault, so in {
            "no name": focusable and not thing.called,
            "no role": focusable and thing.role in MEANINGLESS,
            "a box without a label": thing.role in BOXES and not any(thing.labels),
            "a picture that says nothing": thing.role == "chart" and not thing.description,
        }.items()
        if so
    ]


def fits(place):
    x, y, width, height = place
    return 0 <= x <= SCREEN[0] - width and 0 <= y <= SCREEN[1] - height


def within(place, window):
    """Tell whether enough of something is inside of a window to see where the focus is."""
    x, y, width, height = place
    left, top, across, down = window
    seen_x = min(x + width, left + across) - max(x, left)
    seen_y = min(y + height, top + down) - max(y, top)
    return seen_x >= min(width, 20) > 0 and seen_y >= min(height, 12) > 0


def test_pictures_tell_where_the_run_is(user):
    """Their descriptions are one sentence each, which goes with the playhead."""
    for title in ("Loss curve", "Data", "Loss by iteration"):
        before = user.finds(title, "chart").description
        assert any(letter.isdigit() for letter in before), before
    curve = user.finds("Loss curve", "chart").description
    user.press("Right")
    user.expect("it goes with it", lambda: user.finds("Loss curve", "chart").description != curve)


def test_points_are_told_as_they_are_chosen_and_moved(user):
    user.tab_to("Data", "chart")
    user.press("Next")
    first = user.hears("row")
    user.press("Next")
    second = user.hears("row")
    assert first != second
    user.press("ctrl+Up")
    moved = user.hears("row")
    assert moved != second
    user.press("Delete")
    user.hears("29 rows")
