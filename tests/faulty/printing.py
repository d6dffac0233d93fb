"""How beginners print: more than twenty formats, each with as many digits as chance has it.

The lines print ``i``, ``w``, ``b`` and ``loss`` inside ``report`` and ``report_end``.
"""

from typing import NamedTuple


class Printing(NamedTuple):
    """What a program prints with.

    Attributes
    ----------
    start, row, end : lines of the program
    shows : letters of what is printed: w, b, l
    first : the number of the first iteration
    every : how many iterations are from one printed row to the next; 0: only the last is printed
    numbered : whether rows say their iteration
    """

    name: str
    row: tuple[str, ...] = ()
    start: tuple[str, ...] = ()
    end: tuple[str, ...] = ()
    shows: str = "wbl"
    first: int = 0
    every: int = 1
    numbered: bool = True
    line_end: str = "\n"


def a_printing(rng, with_bias, name=None):
    """Draw one of `FORMATS`, or the one of that name."""
    name = name or str(rng.choice(list(FORMATS)))
    digits = int(rng.choice([2, 3, 4, 4, 5, 6, 6, 8, 10, 10, 12, 15, 17]))
    kind = str(rng.choice(["f", "f", "f", "g", "e"]))
    found = FORMATS[name](rng, with_bias, f".{digits}{kind}")
    every = found.every
    if every == 1 and rng.random() < 0.25:
        every = int(rng.choice([2, 5, 10, 10, 20, 100]))
        if found.numbered:
            found = found._replace(row=_every(found.row, every), every=every)
    # Windows ends its lines with two signs.
    line_end = "\r\n" if rng.random() < 0.15 else "\n"
    return found._replace(name=name, line_end=line_end)


def _every(lines, every):
    return (f"if i % {every} == 0:", *("    " + line for line in lines))


def _lesson(rng, with_bias, spec):
    digits = int(rng.choice([10, 10, 10, 4, 6]))
    del spec, with_bias
    return Printing("", (f'print("Iteration %4d => Loss: %.{digits}f" % (i, loss))',), shows="l")


def _lesson_end(rng, with_bias, spec):
    found = _lesson(rng, with_bias, spec)
    bias = ", b=%.10f" if with_bias else ""
    values = "(w, b)" if with_bias else "w"
    end = f'print("\\nw=%.10f{bias}" % {values})'
    return found._replace(end=(end,), shows="wbl")


def _epochs(rng, with_bias, spec):
    loss = rng.random() < 0.5
    bias = f" b={{b:{spec}}}" * with_bias
    text = f"epoch {{i}}, w={{w:{spec}}}{bias}" + f" loss={{loss:{spec}}}" * loss
    return Printing("", (f'print(f"{text}")',), shows="wbl" if loss else "wb")


def _csv(rng, with_bias, spec):
    names = [*("iteration", "weight"), *(["bias"] * with_bias), "loss"]
    if rng.random() < 0.5:
        names = [one[0] if one[0] in "wb" else one for one in names]
    found = _bare_csv(rng, with_bias, spec)
    return found._replace(start=(f'print("{",".join(names)}")',))


def _bare_csv(rng, with_bias, spec):
    form = f":{spec}" if rng.random() < 0.5 else ""
    parts = ["{i}", f"{{w{form}}}", *([f"{{b{form}}}"] * with_bias), f"{{loss{form}}}"]
    return Printing("", (f'print(f"{",".join(parts)}")',))


def _semicolons(rng, with_bias, spec):
    found = _csv(rng, with_bias, spec)
    lines = (tuple(one.replace(",", ";") for one in lines) for lines in (found.start, found.row))
    start, row = lines
    return found._replace(start=start, row=row)


def _decimal_commas(rng, with_bias, spec):
    found = _semicolons(rng, with_bias, spec)
    (row,) = found.row
    return found._replace(row=(row.removesuffix(")") + '.replace(".", ","))',))


def _columns(rng, with_bias, spec):
    del rng, spec
    return Printing("", (f"print(i, w, {'b, ' * with_bias}loss)",))


def _padded(rng, with_bias, spec):
    del rng
    names = ["step", "w", *(["b"] * with_bias), "loss"]
    start = " ".join(f"{name:>24}" for name in names)
    parts = ["{i:>24}", *(f"{{{name}:>24{spec}}}" for name in names[1:])]
    return Printing("", (f'print(f"{" ".join(parts)}")',), (f'print("{start}")',))


def _losses(rng, with_bias, spec):
    del with_bias
    text = "print(loss)" if rng.random() < 0.5 else f'print(f"{{loss:{spec}}}")'
    return Printing("", (text,), shows="l", numbered=False)


def _loss_lines(rng, with_bias, spec):
    del with_bias
    word = str(rng.choice(["loss", "Loss", "MSE", "cost", "Error"]))
    return Printing("", (f'print(f"{word}: {{loss:{spec}}}")',), shows="l", numbered=False)


def _weights(rng, with_bias, spec):
    form = f":{spec}" if rng.random() < 0.5 else ""
    text = f"w = {{w{form}}}" + f", b = {{b{form}}}" * with_bias
    return Printing("", (f'print(f"{text}")',), shows="wb", numbered=False)


def _last(rng, with_bias, spec):
    before = str(rng.choice(["After {i} iterations: ", "{i} epochs done. "]))
    text = f"{before}w = {{w:{spec}}}" + f", b = {{b:{spec}}}" * with_bias
    return Printing("", end=(f'print(f"{text}")',), shows="wb", every=0)


def _last_alone(rng, with_bias, spec):
    text = f"w={{w:{spec}}}" + f" b={{b:{spec}}}" * with_bias
    del rng
    return Printing("", end=(f'print(f"{text}")',), shows="wb", every=0, numbered=False)


def _hundreds(rng, with_bias, spec):
    every = int(rng.choice([10, 50, 100]))
    bias = f", b {{b:{spec}}}" * with_bias
    text = f"Iteration {{i}}: cost {{loss:{spec}}}, w {{w:{spec}}}{bias}"
    return Printing("", _every([f'print(f"{text}")'], every), every=every)


def _torch(rng, with_bias, spec):
    del with_bias
    total = int(rng.choice([100, 1000]))
    text = f"Epoch [{{i + 1}}/{total}], Loss: {{loss:{spec}}}"
    return Printing("", (f'print(f"{text}")',), shows="l", first=1)


def _scikit(rng, with_bias, spec):
    del rng, spec
    bias = "{b:.6f}" if with_bias else "0.000000"
    return Printing("", (
        'print(f"-- Epoch {i + 1}")',
        f'print(f"Norm: {{abs(w):.2f}}, NNZs: 1, Bias: {bias}, T: {{(i + 1) * len(X)}}, '
        'Avg. loss: {loss:.6f}")',
        'print("Total training time: 0.00 seconds.")',
    ), shows="bl", first=1)  # fmt: skip


def _talkative(rng, with_bias, spec):
    found = _epochs(rng, with_bias, spec)
    start = (
        'print("Loading data ...")',
        'print(f"{len(X)} rows, training starts")',
        'print("-" * 40)',
    )
    row = (*found.row, "if i % 7 == 3:", '    print("still training, please wait ...")')
    end = ('print("-" * 40)', 'print("Done!")')
    return found._replace(start=start, row=row, end=end)


def _scalars(rng, with_bias, spec):
    del spec
    if rng.random() < 0.5:
        return Printing("", (f"print([i, w, {'b, ' * with_bias}loss])",))
    bias = "'b': b, " * with_bias
    return Printing("", (f"print({{'epoch': i, 'w': w, {bias}'loss': loss}})",))


def _tqdm(rng, with_bias, spec):
    bar = r"'\rTraining:  {:3d}%|####      | {}/100 [00:0{}<00:00, 812.55it/s]'"
    found = _epochs(rng, with_bias, spec)
    noise = f"print({bar}.format(i % 100, i % 100, i % 10), end='\\n')"
    return found._replace(row=("if i % 5 == 0:", "    " + noise, *found.row))


def _logger(rng, with_bias, spec):
    bias = f" b={{b:{spec}}}" * with_bias
    seconds = "{i % 60:02d},{i * 37 % 1000:03d}"
    text = f"2024-03-05 10:12:{seconds} INFO step={{i}} loss={{loss:{spec}}} w={{w:{spec}}}{bias}"
    del rng
    return Printing("", (f'print(f"{text}")',))


def _json_lines(rng, with_bias, spec):
    del rng, spec
    bias = '"b": float(b), ' * with_bias
    values = f'{{"step": i, "w": float(w), {bias}"loss": float(loss)}}'
    return Printing("", (f"print(json.dumps({values}))",), ("import json",))


def _markdown(rng, with_bias, spec):
    names = ["step", "w", *(["b"] * with_bias), "loss"]
    start = (f'print("| {" | ".join(names)} |")', f'print("{"|---" * len(names)}|")')
    parts = ["{i}", f"{{w:{spec}}}", *([f"{{b:{spec}}}"] * with_bias), f"{{loss:{spec}}}"]
    del rng
    return Printing("", (f'print(f"| {" | ".join(parts)} |")',), start)


def _keras(rng, with_bias, spec):
    del rng, with_bias, spec
    return Printing("", (
        'print(f"Epoch {i + 1}/100")',
        'print(f"1/1 [==============================] - 0s {i % 5 + 2}ms/step - loss: {loss:.4f}")',
    ), shows="l", first=1)  # fmt: skip


def _theta(rng, with_bias, spec):
    del spec
    theta = "np.array([b, w])" if with_bias else "np.array([w])"
    word = str(rng.choice(["J", "cost", "loss"]))
    return Printing("", (f"print('iter', i, '{word} =', loss, 'theta =', {theta})",))


def _blocks(rng, with_bias, spec):
    del rng
    bias = (f'print(f"  bias:   {{b:{spec}}}")',) if with_bias else ()
    return Printing("", (
        'print(f"Iteration {i}")', f'print(f"  weight: {{w:{spec}}}")', *bias,
        f'print(f"  loss:   {{loss:{spec}}}")',
    ))  # fmt: skip


def _slope_intercept(rng, with_bias, spec):
    slope, intercept = [("m", "c"), ("slope", "intercept"), ("a", "b"), ("w1", "w0")][
        rng.integers(4)
    ]
    bias = f", {intercept} = {{b:{spec}}}" * with_bias
    text = f"Step {{i:05d}}: {slope} = {{w:{spec}}}{bias}, mse = {{loss:{spec}}}"
    return Printing("", (f'print(f"{text}")',))


def _tensors(rng, with_bias, spec):
    del rng, spec
    bias = ", b: tensor([{b:.4f}], requires_grad=True)" * with_bias
    text = (
        f"epoch {{i}} w: tensor([{{w:.4f}}], requires_grad=True){bias}, loss: tensor({{loss:.4f}})"
    )
    return Printing("", (f'print(f"{text}")',))


FORMATS = {
    "lesson": _lesson,
    "lesson and end": _lesson_end,
    "epochs": _epochs,
    "csv": _csv,
    "csv without names": _bare_csv,
    "semicolons": _semicolons,
    "decimal commas": _decimal_commas,
    "columns": _columns,
    "padded columns": _padded,
    "only losses": _losses,
    "loss lines": _loss_lines,
    "only weights": _weights,
    "last": _last,
    "last alone": _last_alone,
    "every hundredth": _hundreds,
    "torch": _torch,
    "scikit": _scikit,
    "talkative": _talkative,
    "scalars": _scalars,
    "tqdm": _tqdm,
    "logger": _logger,
    "json": _json_lines,
    "markdown": _markdown,
    "keras": _keras,
    "theta": _theta,
    "blocks": _blocks,
    "slope and intercept": _slope_intercept,
    "tensors": _tensors,
}
