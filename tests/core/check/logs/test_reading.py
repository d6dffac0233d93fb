"""Reading a log: whatever a loop prints, the numbers come back as they were meant."""

import csv
import io
import json
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gdviz.core.check.logs.log import LogError
from gdviz.core.check.logs.log_file import MOST_BYTES
from gdviz.core.check.logs.reading import MOST_LINES, read_sheet

W, B, J = [0.0, 0.5, 0.75, 0.875], [0.0, 0.125, 0.25, 0.5], [71.4753, 35.5, 20.25, 12.125]
RUN = list(enumerate(zip(W, B, J, strict=True)))


def lines(form, start=0, each=1):
    """Return what a loop prints of the run, in one of the forms."""
    return "\n".join(form.format(i=start + i * each, w=w, b=b, j=j) for i, (w, b, j) in RUN)


def rows(delimiter, head=None, decimal="."):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerows([head] if head else [])
    writer.writerows([i, *(str(n).replace(".", decimal) for n in row)] for i, row in RUN)
    return out.getvalue()


ALL = {"iteration": [0, 1, 2, 3], "weight": W, "bias": B, "loss": J}
WHOLE = {
    "lesson": "i={i} w={w} b={b} => Loss: {j}",
    "epoch": "epoch {i}, w={w} b={b}, loss {j}",
    "of": "Epoch [{i}/100], w: {w}, b: {b}, Loss: {j}",
    "arrays": "{i}: w: [[{w}]] b: [{b}] loss: {j}",
    "wrapped": "step {i} w np.float64({w}) b np.float64({b}) mse tensor({j}, grad_fn=<Mse0>)",
    "tuples": "iter {i}: (w, b) = ({w}, {b}), J(w, b) = {j}",
    "stamped": "2026-11-27 10:12:33,123 INFO Epoch {i} w {w} b {b} cost {j}",
    "nested": "[{i}, {w}, {b}, {j}]",
    "bare": "{i} {w} {b} {j}",
    "tabs": "{i}\t{w}\t{b}\t{j}",
    "theta": "{i} theta: [{b} {w}] error {j}",
    "elements": "k={i} theta[0]={b}, theta[1]={w}, J={j}",
    "german": "Schritt {i}: Steigung {w}, Achsenabschnitt {b}, Verlust {j}",
    "french": "itération {i} : poids {w} ; biais {b} ; coût {j}",
    "spanish": "paso {i} peso={w} sesgo={b} pérdida={j}",
    "portuguese": "época {i} - peso {w} - viés {b} - perda {j}",
    "japanese": "反復 {i} 重み {w} バイアス {b} 損失 {j}",
    "greek": "#{i} θ1={w} θ0={b} mse={j}",
    "hat": "i {i}, ŵ = {w}, b\N{COMBINING CIRCUMFLEX ACCENT} = {b}, loss = {j}",
    "sklearn": "{i} coef_={w} intercept_={b} loss={j}",
    "school": "{i}: m = {w}, c = {b}, error = {j}",
    "several lines": "Step {i}\n  w = {w}\n  b = {b}\n  loss = {j}\n",
    "gradients": "i={i} w={w} dw=-0.1 b={b} dJ/db=0.3 loss={j} lr=0.01 loss change -3.0",
    "keras": "Epoch {i}/9\n1/1 [===] - 0s 45ms/step - loss: {j} - w: {w} - b: {b}",
    "prompt": ">>> {i} w={w} b={b} loss={j}",
    "bar": "{i}0%|██  | {i}/10 [00:01<00:00, 12.3it/s, w={w}, b={b}, loss={j}]",
    "decorated": "✨ epoch {i} ✨ w={w} | b={b} | loss={j} (better!)",
}
TEXTS = {name: lines(form) for name, form in WHOLE.items()} | {
    "commas": rows(","),
    "names": rows(",", ["epoch", "w", "b", "loss"]),
    "semicolons": rows(";", ["Epoche", "Gewicht", "b", "Kosten"], ","),
    "decimal commas": rows("\t", None, ","),
    "spaces": "  i      w     b    loss\n" + lines("{i}   {w}  {b}  {j}"),
    "table": "| k | w | b | loss |\n|---|---|---|---|\n" + lines("| {i} | {w} | {b} | {j} |"),
    "numbered": "      w     b   loss\n" + lines("{i}  {w}  {b}  {j}"),
    "json": "\n".join(json.dumps({"i": i, "w": w, "b": b, "loss": j}) for i, (w, b, j) in RUN),
    "pretty": json.dumps([{"i": i, "w": w, "b": b, "loss": j} for i, (w, b, j) in RUN], indent=2),
    "mac": lines(WHOLE["lesson"]).replace("\n", "\r"),
    "windows": "\ufeff" + lines(WHOLE["lesson"]).replace("\n", "\r\n"),
    "talk": f"Python 3.11\n{lines(WHOLE['epoch'])}\n\nw=0.9, b=0.6 after 12.3 s\n",
    "coloured": lines("\x1b[32mEpoch {i}\x1b[0m w={w} b={b} loss={j}"),
    "code": ">>> for i in range(4):\n...     step(0.01)\n" + lines(WHOLE["lesson"]),
}


def said(log):
    """Return what a log says, by role."""
    found = {} if log.iterations is None else {"iteration": log.iterations.tolist()}
    for role in ("weight", "bias", "loss"):
        printed = getattr(log, role)
        if printed is not None:
            found[role] = printed.values[printed.said].tolist()
    return found


@pytest.mark.parametrize("name", TEXTS)
def test_whatever_a_loop_prints_is_read(name):
    assert said(read_sheet(TEXTS[name]).log()) == ALL


FEW = {
    "losses": ("71.5\n60.25\n50.0\n", {"loss": [71.5, 60.25, 50.0]}),
    "diverging": ("71.5\n7100.0\n9e9\ninf\nnan", {"loss": [71.5, 7100.0, 9e9, np.inf, np.nan]}),
    "weights": ("0.0\n0.5\n0.75\n", {"weight": [0.0, 0.5, 0.75]}),
    "list": ("[71.5, 60.5, 50.5, 40.5, 30.5]", {"loss": [71.5, 60.5, 50.5, 40.5, 30.5]}),
    "array": ("losses = [71.5 60.5 50.5\n 40.5 30.5]", {"loss": [71.5, 60.5, 50.5, 40.5, 30.5]}),
    "printed list": (
        str([np.float64(n) for n in (9.5, 8.5, 7.5, 6.5, 5.5)]),
        {"loss": [9.5, 8.5, 7.5, 6.5, 5.5]},
    ),
    "history": (
        "{'loss': [9.5, 8.5, 7.5, 6.5, 5.5], 'w': [0, 1, 2, 2.5, 3]}",
        {"weight": [0, 1, 2, 2.5, 3], "loss": [9.5, 8.5, 7.5, 6.5, 5.5]},
    ),
    "pairs": (
        str([(i, 1 / (i + 1)) for i in range(9)]),
        {"iteration": list(range(9)), "loss": [1 / (i + 1) for i in range(9)]},
    ),
    "last": ("w=1.0811, b=13.1722", {"weight": [1.0811], "bias": [13.1722]}),
    "last, in two lines": ("w = 1.0811\nb = 13.1722\n", {"weight": [1.0811], "bias": [13.1722]}),
    "cell": ("Out[3]: (1.25, 0.3)", {"weight": [1.25], "bias": [0.3]}),
    "scalars": ("np.float64(1.2) np.float64(0.3)", {"weight": [1.2], "bias": [0.3]}),
    "hundreds": (
        lines("{i}: {j}", 0, 100),
        {"iteration": [0, 100, 200, 300], "loss": J},
    ),
    "uneven": (
        "0 9.5\n1 8.5\n10 7.5\n100 6.5",
        {"iteration": [0, 1, 10, 100], "loss": [9.5, 8.5, 7.5, 6.5]},
    ),
    "minus": (
        "i 0 w ~1.5\ni 1 w ~2.5".replace("~", "\N{MINUS SIGN}"),
        {"iteration": [0, 1], "weight": [-1.5, -2.5]},
    ),
    "thousands": (
        "loss: 71,000,123.50\nloss: 1,234.50\nloss: 99.50",
        {"loss": [71000123.5, 1234.5, 99.5]},
    ),
    "german thousands": ("Verlust 71.000,5\nVerlust 99,5", {"loss": [71000.5, 99.5]}),
    "now and then": (
        "epoch 0 loss 9.5 w 0.5\nepoch 1 loss 8.5\nepoch 2 loss 7.5 w 0.75\nepoch 3 loss 6.5",
        {"iteration": [0, 1, 2, 3], "weight": [0.5, 0.75], "loss": [9.5, 8.5, 7.5, 6.5]},
    ),
    "done": (
        "After 100 iterations: w = 0.5, b = 0.25",
        {"iteration": [100], "weight": [0.5], "bias": [0.25]},
    ),
    "done, otherwise": ("30 epochs done. w = 0.5", {"iteration": [30], "weight": [0.5]}),
    "scikit-learn": (
        "\n".join(
            f"-- Epoch {i}\nNorm: 0.1, NNZs: 1, Bias: 0.{i}, T: {i * 20}, Avg. loss: 4{9 - i}.5\n"
            "Total training time: 0.00 seconds."
            for i in (1, 2, 3)
        ),
        {"iteration": [1, 2, 3], "bias": [0.1, 0.2, 0.3], "loss": [48.5, 47.5, 46.5]},
    ),
    "rising losses": (
        "0 0.0 533.5\n1 -8.5 15.5\n2 -8.75 18.5\n3 -8.8 20.5",
        {"iteration": [0, 1, 2, 3], "weight": [0, -8.5, -8.75, -8.8],
         "loss": [533.5, 15.5, 18.5, 20.5]},
    ),
    "a bias that stays": (
        "0,1,0,224.5\n1,1.5,0,217.5\n2,1.75,0,210.5",
        {"iteration": [0, 1, 2], "weight": [1, 1.5, 1.75], "bias": [0, 0, 0],
         "loss": [224.5, 217.5, 210.5]},
    ),
    "R": ("[1] 9.5\n[1] 8.5\n[1] 7.5", {"loss": [9.5, 8.5, 7.5]}),
    "line": ("y = 1.5x + 2.5", {"weight": [1.5], "bias": [2.5]}),
    "turned line": ("y = 2.5 + 1.5x", {"weight": [1.5], "bias": [2.5]}),
    "units": (
        "loss 9.5 took 3ms\nloss 8.5 took 2ms\nloss 7.5 took 1ms",
        {"loss": [9.5, 8.5, 7.5]},
    ),
    "progress": (
        "\r".join(f"{i}0%|## | {i}/10 [00:01<00:09, 12.3it/s]" for i in range(9)) + "\nw=2.5 b=1.5",
        {"weight": [2.5], "bias": [1.5]},
    ),
    "falling line": ("y_hat = 1.5 * x - 2.5", {"weight": [1.5], "bias": [-2.5]}),
    "steps of epochs": (
        "epoch 1 step 1 loss 9.5\nepoch 1 step 2 loss 8.5\nepoch 2 step 3 loss 7.5",
        {"iteration": [1, 2, 3], "loss": [9.5, 8.5, 7.5]},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FEW)
def test_a_part_of_a_run_is_enough(name):
    text, expected = FEW[name]
    found = said(read_sheet(text).log())
    assert found.keys() == expected.keys()
    for role, values in expected.items():
        np.testing.assert_array_equal(found[role], values)


@pytest.mark.parametrize(
    ("text", "half"),
    [
        ("71.4753", 0.00005), ("71.4753000000", 0.5e-10), ("71", 0.5), ("71.", 0.5), ("0.0", 0.05),
        ("1.25e-05", 0.5e-7), ("1E3", 500.0), ("-0.0", 0.05), ("inf", 0.0), ("nan", 0.0),
        ("0.1", 0.05), ("1.0e+00", 0.05),
    ],
)  # fmt: skip
def test_a_number_is_as_exact_as_its_last_digit(text, half):
    log = read_sheet(f"loss={text}").log()
    assert log.loss.precision.tolist() == [half]


FORMATS = [
    "{!r}", "loss={!r}", "  {!r}  ", "Loss: {!r}.", "({!r},)", "[{!r}]", "[[{!r}]]",
    "np.float64({!r})", "tensor({!r}, dtype=torch.float64)", "array({!r})", '{{"loss": {!r}}}',
    "{:.17e}", "cost = {:25.17g}", "{!r}\t", "loss;{!r}", ">>> {!r}", "Out[3]: {!r}",
]  # fmt: skip
FINITE = st.floats(allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize("form", FORMATS)
@given(values=st.lists(FINITE, min_size=1, max_size=12))
@settings(max_examples=25, deadline=None)
def test_numbers_come_back_exactly(form, values):
    sheet = read_sheet("\n".join(form.format(value) for value in values))
    assert len(sheet.columns) == 1
    assert sheet.log({0: "loss"}).loss.values.tolist() == values


@given(values=st.lists(FINITE, min_size=5, max_size=30))
@settings(max_examples=25, deadline=None)
def test_lists_come_back_exactly(values):
    for text in (str(values), "\n".join(str(values).split()), json.dumps({"loss": values})):
        assert read_sheet(text).log({0: "loss"}).loss.values.tolist() == values


def test_a_row_knows_its_line():
    log = read_sheet("Training.\n\ni 0 loss 3.0\nSaved.\ni 1 loss 2.0").log()
    assert log.lines.tolist() == [3, 5]
    assert log.texts == ("i 0 loss 3.0", "i 1 loss 2.0")


def test_columns_are_shown_and_can_be_corrected():
    sheet = read_sheet("n,alpha,beta\n0,0.5,9.0\n1,0.75,8.0")
    assert [(column.name, column.sample) for column in sheet.columns] == [
        ("n", ("0", "1")), ("alpha", ("0.5", "0.75")), ("beta", ("9.0", "8.0")),
    ]  # fmt: skip
    assert [column.role for column in sheet.columns] == ["iteration", "", "weight"]
    assert said(sheet.log({1: "weight", 2: "bias"})) == {
        "iteration": [0, 1], "weight": [0.5, 0.75], "bias": [9.0, 8.0],
    }  # fmt: skip
    assert said(sheet.log({0: "", 2: "loss"})) == {"loss": [9.0, 8.0]}
    with pytest.raises(LogError, match="Columns 2 and 3 can't both be the loss"):
        sheet.log({1: "loss", 2: "loss"})
    with pytest.raises(LogError, match="no column 4"):
        sheet.log({3: "loss"})


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "There is nothing in this text"),
        (" \n\t\n", "There is nothing in this text"),
        ("Hello", "There are no numbers"),
        ("a\0b", "This isn't text"),
        (bytes(range(1, 256)).decode("latin-1") * 9, "This isn't text"),
        ("x\n" * (MOST_LINES + 1), "more than 1,000,000 lines"),
        ("1" * (MOST_BYTES + 1), "longer than 50 MB"),
        ("[71.5 60.5 50.5 ... 3.0 2.0 1.0]", "Line 1 leaves numbers out"),
        ("hello 42", "No column seems to be a weight, a bias or a loss .there are “hello”."),
        (
            "Reservations  Pizzas\n13  33\n2  16\n14  32\n23  51\n13  27\n1  16\n",
            "there are “Reservations”, “Pizzas”",
        ),
        ("i 0 loss 3\ni 1 loss 2\ni 0 loss 3", "In line 3 the iterations begin again"),
    ],
)
def test_what_cannot_be_read_is_said(text, sentence):
    with pytest.raises(LogError, match=sentence):
        read_sheet(text).log()


def test_what_counts_is_whole():
    with pytest.raises(LogError, match=r"Line 2: 1\.5 is no number of an iteration"):
        read_sheet("a 1 loss 2.0\na 1.5 loss 1.0").log({0: "iteration"})


HOSTILE = {
    "one word": "a" * 10_000_000,
    "one number": "9" * 10_000_000,
    "points": "1." * 3_000_000,
    "commas": "1,1" * 2_000_000,
    "opening": "[" * 3_000_000,
    "nesting": "[" * 100_000 + "1" + "]" * 100_000,
    "closing": "1] , " * 500_000,
    "calls": "float(1" * 500_000,
    "spaces": "1" + " " * 3_000_000 + "1",
    "times": "12:" * 1_000_000,
    "powers": "1e" * 2_000_000,
    "huge powers": "1e9999 2e-9999\n" * 99,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_takes_no_longer(name):
    begin = time.process_time()
    read_or_say(HOSTILE[name])
    assert time.process_time() - begin < 5


def test_a_long_log_is_read_at_once():
    text = "\n".join(f"Iteration {i:4d} => Loss: {71 / (i + 1):.10f}" for i in range(20_000))
    begin = time.process_time()
    assert len(read_sheet(text).log()) == 20_000
    assert time.process_time() - begin < 0.6  # 0.15 s on a machine that does nothing else


def read_or_say(text):
    try:
        said = ""
        read_sheet(text).log()
    except LogError as error:
        said = str(error)
    assert len(said) < 400
    assert not said or said.endswith(".")


PIECES = st.sampled_from(
    ["0", "1", "2.5", "-3e-7", "1,5", "nan", "inf", "w", "b=", "loss: ", "Epoch", " ", "\t", "\n",
     ",", ";", "|", "[", "]", "(", ")", "{", "}", "\r", "%", "#", "Out[1]:", "12:30", "2026-11-27",
     "...", "\x1b[0m", "np.float64(", "tensor(", "é", "\N{MINUS SIGN}1", "\u2028", "w[0]", "\ud800"]
)  # fmt: skip


@given(st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=80).map("".join)))
@settings(max_examples=400, deadline=None)
def test_any_text_is_a_log_or_a_sentence(text):
    read_or_say(text)
