"""UsedForm: the settings that the learner says the loop was run with."""

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox, QWidget

from gdviz.core.check.verdict import Given
from gdviz.core.descent.descent import Experiment
from gdviz.core.descent.methods import METHODS
from gdviz.ui.features.check.number_field import UNKNOWN, NumberField
from gdviz.ui.settings.form import Form
from gdviz.ui.widgets.narrow_box import NarrowBox
from gdviz.ui.widgets.parts import named

LEARNED, NOT_LEARNED = "learned, too", "none"


class UsedForm(QWidget):
    """Says the settings of the window, until something else is chosen; each may be unknown."""

    def __init__(self) -> None:
        super().__init__()
        self._followed: Experiment | None = None
        self._is_own = False
        self._rate = NumberField("check_rate", "The learning rate that you used", low=0)
        self._bias = _choice("check_bias", "Whether your loop learns the bias")
        for text, known in ((LEARNED, True), (NOT_LEARNED, False)):
            self._bias.addItem(text, known)
        self._method = _choice("check_method", "The method that you used")
        for kind in METHODS.values():
            self._method.addItem(kind.label, kind)
        self._weight = NumberField("check_start_weight", "The weight that you started with")
        self._start_bias = NumberField("check_start_bias", "The bias that you started with")
        form = Form()
        self.setLayout(form)
        for label, box in (
            ("Learning rate", self._rate), ("Bias", self._bias), ("Method", self._method),
            ("Start w", self._weight), ("Start b", self._start_bias),
        ):  # fmt: skip
            form.add(label, box)
            signal = box.currentIndexChanged if isinstance(box, QComboBox) else box.changed
            signal.connect(self._on_changed)

    @property
    def given(self) -> Given:
        """What is said; batches and the scale of x are those of the window."""
        followed, kind = self._followed, self._method.currentData()
        method = None if kind is None else kind()
        batch_size = standardise = None
        if followed is not None:
            # With hyperparameters of its own.
            method = followed.method if kind is type(followed.method) else method
            batch_size, standardise = followed.batch_size, followed.standardise
        return Given(
            self._rate.value, self._bias.currentData(), method,
            self._weight.value, self._start_bias.value, batch_size, standardise,
        )  # fmt: skip

    def follow(self, experiment: Experiment) -> None:
        """Say what the window has, unless the learner has said anything."""
        self._followed = experiment
        if not self._is_own:
            self._rate.set_value(experiment.learning_rate)
            self._choose(self._bias, experiment.with_bias)
            self._choose(self._method, type(experiment.method))
            self._weight.set_value(experiment.start.weight)
            self._start_bias.set_value(experiment.start.bias)

    def _choose(self, box: QComboBox, known: object) -> None:
        with QSignalBlocker(box):
            box.setCurrentIndex(next(k for k in range(box.count()) if box.itemData(k) == known))

    def _on_changed(self) -> None:
        self._is_own = True


def _choice(name: str, label: str) -> NarrowBox:
    box = named(NarrowBox(), name, label, label)
    box.addItem(UNKNOWN, None)
    return box
