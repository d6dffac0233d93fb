"""Whatever is done to a picture, its marks stand where the axes say, in their colours."""

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st
from pictures import Picture, Seen, around, drag, wheel
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QApplication
from support import child, choose, command, press, wait_until_trained

from gdviz.ui.theme import THEMES, mixed

STEPS = 100
KEPT, KEPT_RATE, RATE = "rate 0.001", 0.001, 0.0003
WEIGHT, BIAS, LOSS = 0, 1, 2
# How far from the path before them steps are that all have dots.
DOTS_PX = 12
# Where to look for what is as large as a hiker, a dot or a square.
DISC, DOT, SQUARE = ((0.0, 0.0), *around(5)), ((0.0, 0.0), *around(2, 4)), around(3, 4)


# What fails is short as it is.
quickly = settings(
    derandomize=True, deadline=None, max_examples=15, phases=(Phase.explicit, Phase.generate)
)


class Run:
    """What a window is to show, worked out from its settings as the lesson does.

    `share` tells how much of the step to the next iteration is behind.
    """

    def __init__(self, window, share=0.0):
        experiment = window.session.runs.experiment
        self.x, self.y = experiment.dataset.x, experiment.dataset.y
        self.with_bias = experiment.with_bias
        self.rows = self.descent(experiment.learning_rate, experiment.start)
        self.kept = self.descent(KEPT_RATE, (0.0, 0.0))
        self.at = child(window, "position").value()
        self.share = share
        self.row, self.kept_row = self.between(self.rows), self.between(self.kept)
        self.sticks = command(window, "Sticks").isChecked()

    def descent(self, rate, start):
        """Return weight, bias and loss of every iteration."""
        line, rows = np.array(start), []
        for _ in range(STEPS + 1):
            rows.append((*line, self.loss(line)))
            line = line - rate * self.slope(line) * (1, self.with_bias)
        return np.array(rows)

    def between(self, rows):
        """Return what is so far on the straight way from one row to the next."""
        line = self.chord(rows)[:2]
        return np.array((*line, self.loss(line)))

    def chord(self, rows):
        """Return what is so far on the line that joins two rows."""
        return (1 - self.share) * rows[self.at] + self.share * rows[min(self.at + 1, STEPS)]

    def errors(self, lines):
        """Return the errors of lines, of shape (…, 2)."""
        lines = np.asarray(lines)[..., np.newaxis]
        return lines[..., WEIGHT, :] * self.x + lines[..., BIAS, :] - self.y

    def loss(self, lines):
        return np.mean(self.errors(lines) ** 2, axis=-1)

    def slope(self, line):
        errors = self.errors(line)
        return 2 * np.array((np.mean(errors * self.x), np.mean(errors)))

    @property
    def best(self):
        """The weight and bias of the least loss."""
        return np.polynomial.Polynomial.fit(self.x, self.y, 1).convert().coef[::-1]

    def valley_width(self, parameter):
        """Return how far from the best value of one parameter the least loss has doubled."""
        curvature = np.mean(self.x**2) if parameter == WEIGHT else 1.0
        return np.sqrt(self.loss(self.best) / curvature)

    def best_along(self, parameter, row):
        """Return the best value of one parameter, the other being that of a row."""
        if parameter == BIAS:
            return np.mean(self.y - row[WEIGHT] * self.x)
        return self.x @ (self.y - row[BIAS]) / (self.x @ self.x)


def apart(places, least):
    """Return the indices of those places that lie so far from all before them."""
    return [
        index for index, place in enumerate(places)
        if (np.abs(places[:index] - place).max(axis=1) >= least).all()
    ]  # fmt: skip


def beside(path, least):
    """Return the indices of those places that lie so far from the path that has come there.

    It comes to a place on a straight line from the one before, which isn't in its way.
    """
    before = [np.array([place]) for place in path]
    for index in range(1, len(path)):
        shares = np.linspace(0, 1, 200)[:, np.newaxis]
        before[index] = path[index - 1] + shares * (path[index] - path[index - 1])
    return [
        index for index, place in enumerate(path)
        if all((np.hypot(*(line - place).T) >= least).all() for line in before[:index])
    ]  # fmt: skip


def arrow(picture, start, end):
    """Return the middle of an arrow, if it is long enough to be seen beside the hiker."""
    ends = picture.places(np.array((start, end)))
    middle = [start + share * (end - start) for share in (0.35, 0.45, 0.55)]
    return middle if np.hypot(*(ends[1] - ends[0])) > 80 else []


def way(picture, start, end):
    """Return the ends of the line behind the hiker, if it is long enough to be seen."""
    ends = picture.places(np.array((start, end)))
    return [start, end] if np.hypot(*(ends[1] - ends[0])) > 40 else []


def in_loss_curve(run, picture, along=WEIGHT):
    columns, best = [along, LOSS], run.best_along(along, run.row)
    path, kept = run.rows[:, columns], run.kept[:, columns]
    here, slope = run.row[columns], run.slope(run.row[:2])[along]
    reach = max(np.abs(line[:, 0] - best).max() for line in (path, kept))
    lowest = [run.best_along(along, row) for row in (*run.rows, *run.kept)]
    # Both walls of the natural valley are seen, and those of the valleys of the paths.
    natural = max(abs(run.best_along(along, (0.0, 0.0))), run.valley_width(along))
    width = max(np.ptp(lowest) + 2.7 * reach, 2.3 * natural)

    def curve(values):
        lines = np.tile(run.row[:2], (len(values), 1))
        lines[:, along] = values
        return np.column_stack((values, run.loss(lines)))

    values = best + reach * np.linspace(-1, 1, 60)
    # A curve that moves is drawn with fewer points, which shows when it is looked at closely.
    close = run.with_bias and picture.y.pixels_per_unit > 1
    # The slope is drawn equally long however steep it looks in a picture of about this size.
    steepness = slope * width / (1.2 * max(rows[:, LOSS].max() for rows in (run.rows, run.kept)))
    nearby = 0.13 * width / np.hypot(1, steepness) * np.linspace(-1, 1, 60)
    # Steps that lie on others or on the way to them have no dots.
    first_there = {*apart(path[:, :1], width / 100)}
    steps = [k for k in beside(picture.places(path), DOTS_PX) if k <= run.at and k in first_there]
    kept_steps = [k for k in apart(kept[:, :1], width / 100) if k <= run.at]
    yield Seen("curve", "curve", [] if close else curve(values))
    yield Seen(KEPT, "kept 0", kept[kept_steps], share=0.45, part=0.3, between=20)
    yield Seen("steps", "trail", path[steps], DOT)
    yield Seen("start", "hiker", path[:1], around(7), share=0.6)
    if run.share:
        behind = way(picture, path[run.at], here)
        yield Seen("way", "trail", behind, share=0.4, part=0.25, between=30)
    yield Seen("slope", "slope", here + np.outer(nearby, (1, slope)), share=0.55, part=0.5)
    after = np.array((path[min(run.at + 1, STEPS)][0], here[1]))
    yield Seen("next step", "hiker", arrow(picture, here, after))
    yield Seen("hiker", "hiker", [here], DISC)
    yield Seen("minimum", "optimum", curve([best]))
    yield Seen(f"{KEPT}'s place", "kept 0", [run.kept_row[columns]], SQUARE)


def along_bias(run, picture):
    return in_loss_curve(run, picture, BIAS)


def in_data_fit(run, _):
    x, highest = np.linspace(run.x.min(), run.x.max(), 60), run.y.max()

    def line(row):
        heights = row[WEIGHT] * x + row[BIAS]
        return np.column_stack((x, heights))[(heights >= 0) & (heights <= highest)]

    middles = run.y + 0.5 * run.errors(run.row[:2])
    # Lines are drawn that can be told apart.
    left = [k for k in apart(run.rows[:, :1], 1.4) if k < run.at + run.share]
    earlier = np.concatenate([np.empty((0, 2)), *(line(run.rows[k]) for k in left)])
    yield Seen("earlier", "trail", earlier, share=0.4, part=0.25)
    sticks = np.column_stack((run.x, middles)) if run.sticks else []
    yield Seen("errors", "muted", sticks, share=0.6)
    yield Seen("data", "data", np.column_stack((run.x, run.y)), DOT)
    yield Seen("the line now", "hiker", line(run.row))
    yield Seen(KEPT, "kept 0", line(run.kept_row), share=0.6, part=0.3)


def in_loss_history(run, _):
    iterations = np.arange(STEPS + 1)
    curve, kept = (np.column_stack((iterations, rows[:, LOSS])) for rows in (run.rows, run.kept))
    heights = np.linspace(curve[:, 1].min(), curve[:, 1].max(), 12)
    here, kept_here = ((run.at + run.share, run.chord(rows)[LOSS]) for rows in (run.rows, run.kept))
    yield Seen("still to come", "grid", [here, *curve[run.at + 1 :]], share=0.5, between=3)
    kept_so_far = [*kept[: run.at + 1], kept_here]
    yield Seen(KEPT, "kept 0", kept_so_far, share=0.5, part=0.3, between=5)
    yield Seen("so far", "trail", [*curve[: run.at + 1], here], between=3)
    yield Seen("now", "hiker", np.column_stack((np.full(12, here[0]), heights)))
    yield Seen("hiker", "hiker", [here], ((0.0, 0.0), *around(4)))
    yield Seen(f"{KEPT}'s place", "kept 0", [kept_here], SQUARE)


def in_landscape(run, picture):
    path, kept = run.rows[:, :2], run.kept[:, :2]
    reach = np.maximum(np.ptp(path, axis=0), np.ptp(kept, axis=0)) + np.abs(run.best - path[0])
    steps = [k for k in apart(path / reach, 1 / 25) if k <= run.at]
    dots = [k for k in beside(picture.places(path), DOTS_PX) if k <= run.at]
    kept_steps = [k for k in apart(kept / reach, 1 / 25) if k <= run.at]
    level = np.column_stack((np.linspace(*picture.x.span, 30), np.zeros(30)))
    yield Seen("fixed bias", "curve", [] if run.with_bias else level, share=0.5)
    yield Seen(KEPT, "kept 0", kept[kept_steps], share=0.45, part=0.3, between=20)
    yield Seen("path", "trail", path[[k for k in steps if steps[:k] == [*range(k)]]],
               share=0.5, between=3)  # fmt: skip
    yield Seen("steps", "trail", path[dots], DOT)
    yield Seen("start", "hiker", path[:1], around(7), share=0.6)
    here, after = run.row[:2], path[min(run.at + 1, STEPS)]
    if run.share:
        behind = way(picture, path[run.at], here)
        yield Seen("way", "trail", behind, share=0.5, part=0.4, between=30)
    yield Seen("next step", "hiker", arrow(picture, here, after))
    yield Seen("hiker", "hiker", [here], DISC)
    best = (run.best_along(WEIGHT, (0.0, 0.0)), 0.0)
    yield Seen("best weight", "optimum", [] if run.with_bias else [best])
    yield Seen("minimum", "optimum", [run.best])
    yield Seen(f"{KEPT}'s place", "kept 0", [run.kept_row[:2]], SQUARE)


def grid(picture):
    """Return the lines through the numbers of the axes."""
    heights, widths = (np.linspace(*ruler.span, 9) for ruler in (picture.y, picture.x))
    upright = [(number, height) for number in picture.x.numbers for height in heights]
    level = [(width, number) for number in picture.y.numbers for width in widths]
    return Seen("grid", "grid line", upright + level)


@dataclass(frozen=True)
class Case:
    """A plot and what is to be seen in it."""

    plot: str
    contents: object
    with_bias: bool
    commands: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()


CASES = {
    "loss curve": Case("loss_curve", in_loss_curve, False),
    "loss curve that moves": Case("loss_curve", in_loss_curve, True),
    "loss curve along the bias": Case(
        "loss_curve", along_bias, True, ("Loss curve along the bias",), ("next step", KEPT)
    ),
    "data": Case("data_fit", in_data_fit, False),
    "loss history": Case("loss_history", in_loss_history, False),
    "landscape": Case("landscape", in_landscape, True, absent=("fixed bias", "best weight")),
    "landscape of the weight": Case("landscape", in_landscape, False, ("Landscape",)),
}

shares = st.floats(0.12, 0.88)
places = st.tuples(shares, shares)
EVENTS = st.one_of(
    st.tuples(st.just("drag"), places, places),
    st.tuples(st.just("wheel"), places, st.integers(-3, 3)),
    st.tuples(st.just("resize"), st.integers(1000, 1500), st.integers(700, 1000)),
    st.tuples(st.just("theme")),
    st.tuples(st.just("seek"), st.integers(0, STEPS)),
    st.tuples(st.just("rate"), st.sampled_from((1e-4, RATE, 0.002))),
    st.tuples(st.just("choose"), st.sampled_from(
        ("Logarithmic", "Reset zoom", "Sticks", "Add a point"))),
)  # fmt: skip


class Hand:
    """Does to a window what an example says."""

    def __init__(self, qtbot, window, case):
        self._qtbot, self._window, self._case = qtbot, window, case
        self._plot = child(window, case.plot)
        self.theme = "light"
        self._let_go = None
        # What is kept by now stays kept when it starts over.
        window.session.undo.stack.clear()

    def do(self, what, *how):
        """Do it; what is dragged stays held, also while size and colours change."""
        if what not in ("resize", "theme"):
            self.let_go()
        getattr(self, f"_{what}")(*how)
        wait_until_trained(self._qtbot, self._window)

    def let_go(self):
        """End a drag, if there is one."""
        if self._let_go is not None:
            self._let_go()
            self._let_go = None

    def start_over(self, theme):
        """Forget all examples before."""
        self.let_go()
        while command(self._window, "Undo").isEnabled():
            self._choose("Undo")
        child(self._window, "with_bias").setChecked(self._case.with_bias)
        for text in self._case.commands:
            command(self._window, text).setChecked(True)
        command(self._window, "Logarithmic").setChecked(False)
        if self.theme != theme:
            self._theme()
        self._choose("None")
        self._resize(1280, 800)
        self._rate(RATE)
        self._seek(3)
        wait_until_trained(self._qtbot, self._window)
        self.do("choose", "Reset zoom")

    def _at(self, place):
        size = self._plot.viewport().size()
        return QPointF(place[0] * size.width(), place[1] * size.height())

    def _wheel(self, place, notches):
        wheel(self._plot, self._at(place), notches)

    def _drag(self, start, end):
        self._let_go = drag(self._plot, self._at(start), self._at(end))

    def _resize(self, width, height):
        self._window.resize(width, height)

    def _theme(self):
        self.theme = "dark" if self.theme == "light" else "light"
        choose(self._window, self.theme.capitalize())

    def _seek(self, iteration):
        child(self._window, "position").setValue(iteration)

    def _rate(self, rate):
        child(self._window, "learning_rate").setValue(rate)

    def _choose(self, text):
        choose(self._window, text)


def colours_of(theme):
    """Return what takes the name of a colour and returns the colour."""
    line = mixed(theme.grid, theme.plot, 0.22).name()
    return lambda name: line if name == "grid line" else theme.colour(name)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
@pytest.mark.usefixtures("quick_mouse")
def test_every_mark_stands_where_the_axes_say(window, qtbot, case):
    window.tuning.set_settings(with_bias=case.with_bias, iterations=STEPS, learning_rate=KEPT_RATE)
    wait_until_trained(qtbot, window)
    press(qtbot, window, "keep")
    hand, looked_at = Hand(qtbot, window, case), {}

    @quickly
    @given(st.sampled_from(sorted(THEMES)), st.lists(EVENTS, min_size=1, max_size=5))
    @example("light", [("drag", (0.7, 0.2), (0.55, 0.3))])
    @example("dark", [("drag", (0.6, 0.25), (0.75, 0.4))])
    @example("light", [("drag", (0.7, 0.2), (0.5, 0.3)), ("theme",), ("resize", 1100, 900)])
    @example("light", [("drag", (0.7, 0.2), (0.6, 0.3)), ("seek", 5)])
    @example("light", [("rate", 0.002), ("seek", 0)])
    @example("dark", [("wheel", (0.4, 0.6), 2), ("drag", (0.7, 0.2), (0.4, 0.35))])
    @example("light", [("choose", "Sticks"), ("seek", 1), ("drag", (0.7, 0.2), (0.72, 0.25))])
    def check(theme, events):
        hand.start_over(theme)
        for event in events:
            hand.do(*event)
        picture, shown = Picture(child(window, case.plot)), THEMES[hand.theme]
        if picture.can_measure:
            picture.assert_ticks_are_drawn(shown.grid)
            run = Run(window)
            things = [*case.contents(run, picture)]
            if case.plot == "landscape":
                picture.assert_ground_rises(run.loss, shown.plot)
            else:
                things.insert(0, grid(picture))
            picture.assert_legend_tells(things, colours_of(shown))
            for name, count in picture.assert_shows(things, colours_of(shown)).items():
                looked_at[name] = looked_at.get(name, 0) + count
        picture.assert_is_up_to_date()

    check()
    hand.let_go()
    assert {name for name, count in looked_at.items() if not count} <= {*case.absent}


@pytest.mark.parametrize("name", ["loss_curve", "loss_history"])
def test_the_marks_of_kept_runs_have_the_shapes_of_the_legend(window, qtbot, name):
    # With room for all names in a line.
    window.resize(1600, 900)
    rates = (0.0001, 0.0002, 0.0004)
    for rate in rates:
        child(window, "learning_rate").setValue(rate)
        wait_until_trained(qtbot, window)
        press(qtbot, window, "keep")
    child(window, "learning_rate").setValue(RATE)
    child(window, "position").setValue(4)
    choose(window, "Light")
    picture, run = Picture(child(window, name)), Run(window)
    for number, rate in enumerate(rates):
        row = run.descent(rate, (0.0, 0.0))[4]
        place = (4 if name == "loss_history" else row[WEIGHT], row[LOSS])
        seen = Seen(f"rate {rate}", f"kept {number}", [place], around(2, 4))
        picture.assert_legend_shows_shape(seen, seen.name, THEMES["light"].colour(seen.colour))


# A step between two rows


def stand(window, position):
    """Show what the clock has shown at a position when it plays slowly."""
    runs = window.session.runs
    window.figure.show_row(runs.record, runs.current.at(position), position, finished=True)
    QApplication.processEvents()


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
@pytest.mark.usefixtures("quick_mouse")
def test_between_two_rows_every_mark_stands_where_the_axes_say(window, qtbot, case):
    window.tuning.set_settings(with_bias=case.with_bias, iterations=STEPS, learning_rate=KEPT_RATE)
    wait_until_trained(qtbot, window)
    press(qtbot, window, "keep")
    hand, looked_at = Hand(qtbot, window, case), {}

    @quickly
    @given(
        st.sampled_from(sorted(THEMES)), st.sampled_from((RATE, 0.002, 0.003)),
        st.lists(st.tuples(st.integers(0, 4) | st.integers(0, STEPS - 1), st.floats(0.01, 0.99)),
                 min_size=1, max_size=3),
    )  # fmt: skip
    @example("light", RATE, [(0, 0.5)])
    @example("dark", 0.003, [(0, 0.7), (1, 0.2)])
    @example("light", 0.003, [(0, 0.15), (1, 0.8)])
    def check(theme, rate, places):
        hand.start_over(theme)
        hand.do("rate", rate)
        hand.do("choose", "Sticks")
        plot, shown = child(window, case.plot), THEMES[theme]
        for at, share in places:
            hand.do("seek", at)
            stand(window, at + share)
            picture, run = Picture(plot), Run(window, share)
            things = [*case.contents(run, picture)]
            for name, count in picture.assert_shows(things, colours_of(shown)).items():
                looked_at[name] = looked_at.get(name, 0) + count
            picture.assert_is_up_to_date()

    check()
    assert {name for name, count in looked_at.items() if not count} <= {*case.absent}


@pytest.mark.parametrize("with_bias", [False, True], ids=["weight", "bias"])
def test_the_same_position_gives_the_same_picture(window, qtbot, with_bias):
    press(qtbot, window, "keep")
    window.tuning.set_settings(with_bias=with_bias, learning_rate=0.003)
    wait_until_trained(qtbot, window)
    if with_bias:
        with qtbot.waitSignal(child(window, "surface")._backdrop.refined):
            command(window, "Surface").setChecked(True)
    pictures = {}
    for position in (0, 0.4, 1, 7.5, 0.4, 100, 3.9, 7, 0.9, 0, 7.5, 1, 3.9, 7, 0.9, 100, 0.4):
        if position == int(position):
            child(window, "position").setValue(position)
        else:
            stand(window, position)
        image = window.figure.grab().toImage()
        assert pictures.setdefault(position, image) == image, position
    assert len({image.cacheKey() for image in pictures.values()}) == len(pictures)


# The sweep


class Sweep:
    """What a sweep is to show of rates that converge, worked out as the lesson does."""

    def __init__(self, window):
        data = window.session.runs.experiment.dataset
        low, high, self.goal = (
            child(window, f"sweep_{n}").value() for n in ("low", "high", "goal")
        )
        curvature = data.x @ data.x / len(data.x)
        self.limit, self.rate = 1 / curvature, child(window, "learning_rate").value()
        self.rates = np.geomspace(low, high, child(window, "sweep_count").value())
        self.diverging = self.rates[self.rates > 1.001 * self.limit]
        self.rates = self.rates[self.rates < 0.999 * self.limit]
        best = data.x @ data.y / (data.x @ data.x)
        least = np.mean((data.y - best * data.x) ** 2)
        shrinking = (1 - 2 * self.rates[:, np.newaxis] * curvature) ** np.arange(STEPS + 1)
        self.losses = least + curvature * (best * shrinking) ** 2
        self.measure = child(window, "sweep_measure").currentText()


def in_sweep(sweep, picture):
    reached = (sweep.losses <= sweep.goal).any(axis=1)
    if sweep.measure == "final loss":
        heights = sweep.losses[:, -1]
    else:
        heights = np.where(reached, np.argmax(sweep.losses <= sweep.goal, axis=1), STEPS)
    points = np.column_stack((sweep.rates, np.maximum(heights, 1)))
    upright = np.geomspace(*picture.y.span, 60)
    for name, colour, rate, part in (
        ("stability limit", "muted", sweep.limit, 0.3), ("current rate", "hiker", sweep.rate, 1.0),
    ):  # fmt: skip
        line = np.column_stack((np.full(60, rate), upright))
        yield Seen(name, colour, line, share=0.6, part=part)
    # Somewhere above the others.
    column = np.array([(rate, height) for rate in sweep.diverging for height in upright])
    yield Seen("diverges", "muted", column, part=0.02)
    yield Seen(f"reaches loss {sweep.goal:.6g}", "curve", points[reached], DOT)
    yield Seen("does not", "curve", points[~reached], around(3.5), share=0.6)


@pytest.mark.parametrize("theme", THEMES)
def test_every_rate_of_a_sweep_stands_where_the_axes_say(window, qtbot, theme):
    choose(window, "Sweep")
    press(qtbot, window, "sweep_start")
    qtbot.waitUntil(lambda: child(window, "sweep_start").text() == "Sweep")
    choose(window, theme.capitalize())
    for size, rate, measure in (
        ((1280, 800), 0.001, "iterations to the goal"), ((1500, 1000), 0.0022, "final loss"),
        ((1100, 900), 1e-4, "iterations to the goal"),
    ):  # fmt: skip
        window.resize(*size)
        child(window, "learning_rate").setValue(rate)
        child(window, "sweep_measure").setCurrentText(measure)
        wait_until_trained(qtbot, window)
        picture, colours = Picture(child(window, "sweep_plot")), colours_of(THEMES[theme])
        assert picture.can_measure
        things = [grid(picture), *in_sweep(Sweep(window), picture)]
        assert all(picture.assert_shows(things, colours).values())
        picture.assert_legend_tells(things, colours)
        picture.assert_is_up_to_date()


# More rows than can be told apart


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.usefixtures("quick_mouse")
def test_a_density_stands_where_the_axes_say(window, qtbot, tmp_path, theme):
    places = np.array([(2.0, 3.0), (5.0, 20.0), (9.0, 11.0)])
    path = tmp_path / "dense.txt"
    path.write_text("x y\n" + "".join(f"{x} {y}\n" for x, y in places) * 7_000)
    window.opening.open_file(path)
    wait_until_trained(qtbot, window)
    choose(window, theme.capitalize())
    plot, colours = child(window, "data_fit"), colours_of(THEMES[theme])
    size = plot.viewport().size()
    for start, end in ((QPointF(0, 0), QPointF(0, 0)), (QPointF(0.6, 0.2), QPointF(0.7, 0.35))):
        start, end = (QPointF(p.x() * size.width(), p.y() * size.height()) for p in (start, end))
        let_go = drag(plot, start, end)
        for _ in range(2):
            assert Picture(plot).assert_shows([Seen("density", "data", places)], colours)
            let_go()
