"""Boxes for choices: each begins with what is found automatically, and says what that is."""

from PySide6.QtCore import QSignalBlocker, Signal

from gdviz.core.words.choices import LABELS, WORDS, choice_word
from gdviz.ui.widgets.narrow_box import NarrowBox
from gdviz.ui.widgets.parts import named
from gdviz.ui.widgets.spin_boxes import WholeBox

# What others may be typed for; names and codes can't be guessed.
TYPED = ("comment", "delimiter", "missing")
MOST_LINES = 99_999
TIPS = {
    "encoding": "How the letters of the file are stored",
    "sheet": "Which sheet, file or array of several",
    "skip": "How many lines are passed over before anything is looked at",
    "header": "How many lines hold names of columns",
    "comment": "What a line begins with that is a comment",
    "delimiter": "What stands between two cells",
    "decimal": "What stands before the decimals of a number",
    "thousands": "What stands between the thousands of a number",
    "dates": "How dates are written",
    "missing": "What stands for a missing value, besides the usual words",
}
Value = str | int | None


def automatic(found: str) -> str:
    """Return the first entry of every box."""
    return f"Automatic ({found})" if found else "Automatic"


class ChoiceBox(NarrowBox):
    """One of some values, of which the first leaves it to be found out; others can be typed.

    Signals
    -------
    changed()
        The user has chosen another value.
    """

    changed = Signal()

    def __init__(self, typed: bool = False) -> None:
        super().__init__()
        self.addItem(automatic(""), None)
        self.setEditable(typed)
        if typed:
            self.setInsertPolicy(NarrowBox.InsertPolicy.NoInsert)
            self.setCompleter(None)  # type: ignore[arg-type]
        self.currentTextChanged.connect(self.changed)

    def chosen(self) -> Value:
        """Return what is chosen; None if that is left to be found out."""
        index = self.findText(self.currentText())
        value: Value = self.itemData(index) if index >= 0 else self.currentText() or None
        return value

    def choose(self, value: Value) -> None:
        """Choose a value without telling of it."""
        with QSignalBlocker(self):
            index = self.findData(value)
            if index < 0 and self.isEditable():
                self.setEditText(str(value))
            else:
                self.setCurrentIndex(max(index, 0))

    def admit(self, value: Value, text: str) -> None:
        """Offer a value, too: what was chosen before may be none of the usual ones."""
        if not self.isEditable() and self.findData(value) < 0:
            with QSignalBlocker(self):
                self.addItem(text, value)

    def offer(self, entries: dict[str, str]) -> None:
        """Offer other values, by what is shown of them; what is chosen stays if it is there."""
        before = self.chosen()
        with QSignalBlocker(self):
            while self.count() > 1:
                self.removeItem(1)
            for value, text in entries.items():
                self.addItem(text, value)
        self.choose(before)

    def show_found(self, found: str) -> None:
        """Say what is found if nothing is chosen."""
        if self.itemText(0) != automatic(found):
            is_automatic = self.chosen() is None
            with QSignalBlocker(self):
                self.setItemText(0, automatic(found))
                if is_automatic and self.isEditable():
                    self.setEditText(automatic(found))
        # The list is as wide as its entries, whatever the box is.
        self.view().setMinimumWidth(self.view().sizeHintForColumn(0))


class LinesBox(WholeBox):
    """A number of lines, or what is found.

    Signals
    -------
    changed()
        The user has chosen another number.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__(-1, MOST_LINES)
        self.setSpecialValueText(automatic(""))
        self.setValue(-1)
        self.setKeyboardTracking(True)
        self.valueChanged.connect(lambda _: self.changed.emit())

    def chosen(self) -> int | None:
        """Return what is chosen; None if that is left to be found out."""
        lines = self.value()
        return None if lines < 0 else lines

    def choose(self, value: Value) -> None:
        """Choose a number without telling of it."""
        with QSignalBlocker(self):
            self.setValue(-1 if value is None else int(value))

    def show_found(self, found: str) -> None:
        """Say what is found if nothing is chosen."""
        if self.specialValueText() != automatic(found):
            self.setSpecialValueText(automatic(found))


Box = ChoiceBox | LinesBox


def box_for(name: str) -> Box:
    """Return the box of one of the choices, with its usual values."""
    if name == "skip":
        return named(LinesBox(), f"import_{name}", LABELS[name], TIPS[name])
    box = named(ChoiceBox(name in TYPED), f"import_{name}", LABELS[name], TIPS[name])
    for value in WORDS[name]:
        box.addItem(choice_word(name, value), value)
    if (line := box.lineEdit()) is not None:
        line.setAccessibleName(LABELS[name])
    return box
