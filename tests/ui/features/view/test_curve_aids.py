"""What can be drawn into the loss curve is offered in menus, given back, and hidden by a lesson."""

import pytest
from support import choose, command, wait_until_trained

from gdviz.core.descent.descent import Experiment
from gdviz.core.tables.dataset import Dataset
from gdviz.ui.features.view.viewing import IN_CURVE
from gdviz.ui.plots.drawing.curve_aids import AIDS
from gdviz.ui.plots.figure import MARKS

ENTRIES = {"next_step": "next step", "tangent": "slope", "minimum": "minimum"}


def of_loss(figure):
    return figure.loss_curve, figure.landscape, figure.surface


def labels(picture):
    legend = picture.legend
    return {entry.label for entry in legend.entries}


def marks(picture):
    """Return what is drawn in a picture, below its legend."""
    image = picture.grab().toImage()
    return image.copy(0, 30, image.width(), image.height() - 30)


@pytest.fixture
def two(window, qtbot):
    """The window with the bias and all pictures of the loss, from a start far from the minimum."""
    window.tuning.set_settings(with_bias=True)
    choose(window, "Surface")
    wait_until_trained(qtbot, window)
    return window


def test_all_are_in_the_view_menu_and_in_the_menu_of_the_picture(window):
    (menu,) = (
        action.menu() for action in command(window, "Reset zoom").parent().actions()
        if action.text().replace("&", "") == "In the loss curve"
    )  # fmt: skip
    switches = [window.viewing.switches[name] for name in IN_CURVE]
    assert menu.actions() == switches
    assert set(AIDS) <= set(IN_CURVE)
    assert [a for a in window.figure.loss_curve.actions() if a in switches] == switches
    letters = [action.text().partition("&")[2][:1].lower() for action in switches]
    assert all(letters)
    assert len(set(letters)) == len(letters)


@pytest.mark.parametrize("name", AIDS)
def test_each_is_switched_and_given_back(window, name):
    switch, aids = window.viewing.switches[name], window.figure.loss_curve.aids
    before = window.viewing.state()
    switch.trigger()
    assert aids.shown == {name}
    during = window.viewing.state()
    window.viewing.bring_back(before)
    assert not switch.isChecked()
    assert aids.shown == set()
    window.viewing.bring_back(during)
    assert aids.shown == {name}


@pytest.mark.parametrize("name", AIDS)
def test_each_is_drawn_and_gone_again(window, name):
    window.session.playback.seek(2)
    curve, switch = window.figure.loss_curve, window.viewing.switches[name]
    pictures = [curve.grab().toImage()]
    for _ in range(2):
        switch.trigger()
        pictures.append(curve.grab().toImage())
    if name == "guesses":
        curve.forget_guesses()
        pictures[-1] = curve.grab().toImage()
    assert pictures[0] != pictures[1]
    assert pictures[0] == pictures[2]


@pytest.mark.parametrize("name", MARKS)
def test_a_mark_is_hidden_in_all_pictures_with_its_entry(two, name):
    figure = two.figure
    before = [marks(picture) for picture in of_loss(figure)]
    known = [labels(picture) for picture in of_loss(figure)]
    figure.set_unseen([name])
    for picture, image, entries in zip(of_loss(figure), before, known, strict=True):
        assert labels(picture) == entries - {ENTRIES[name]}
        assert (marks(picture) != image) is (ENTRIES[name] in entries)
    # It stays so while playing, and with other runs.
    two.session.playback.seek(3)
    two.tuning.set_settings(learning_rate=0.002)
    assert all(ENTRIES[name] not in labels(picture) for picture in of_loss(figure))
    two.tuning.set_settings(learning_rate=0.001)
    two.session.playback.to_start()
    figure.set_unseen(())
    assert [labels(picture) for picture in of_loss(figure)] == known
    assert [marks(picture) for picture in of_loss(figure)] == before


def test_hidden_marks_and_guesses_know_each_other(window):
    figure, curve = window.figure, window.figure.loss_curve
    figure.set_unseen(["minimum"])
    choose(window, "Guesses alone")
    figure.set_unseen(())
    assert curve._optimum.is_empty
    assert labels(curve) == {"hiker", "guesses"}
    choose(window, "Guesses alone")
    assert not curve._optimum.is_empty


@pytest.mark.parametrize(
    "x", [[0.0, 0.0], [2.0], [0.0], [5.0, 5.0, 5.0], [1e-140, 2e-140], [1e100]]
)
@pytest.mark.parametrize("with_bias", [False, True])
def test_data_at_their_worst_are_drawn(window, qtbot, x, with_bias):
    for name in AIDS[:3]:
        window.viewing.switches[name].trigger()
    for y in ([0.0] * len(x), [3.0, 7.0, -2.0][: len(x)]):
        window.session.restart(Experiment(Dataset(x, y), 30, 0.1, with_bias=with_bias))
        wait_until_trained(qtbot, window)
        for iteration in (0, 1, 30):
            window.session.playback.seek(iteration)
            for along in (False, with_bias):
                window.viewing.switches["along_bias"].setChecked(along)
                assert not window.figure.loss_curve.grab().isNull()
    window.viewing.switches["guesses"].trigger()
    assert not window.figure.loss_curve.grab().isNull()
