"""Causes: the table of usual mistakes, the commonest first.

To add a mistake, give it a row in `USUAL`: a name that is public (`gdviz check --json`), a
sentence, and each way of making it: the lines that do it, the lines that wouldn't, and what that
changes in a `Loop`. Diagnosis and tests follow from the row.
"""

from gdviz.core.check.families import (
    ALL,
    SINGLE,
    STEP,
    any_schedule,
    any_start,
    any_step,
    any_units,
    batches_in_order,
    changed_columns,
    scaled_columns,
    scaled_slopes,
    schedules,
    shuffled_batches,
    starts,
)
from gdviz.core.check.method_causes import OF_METHODS
from gdviz.core.check.ways import (
    B_SLOPE,
    B_UPDATE,
    COUNT,
    ERROR,
    LOSS,
    PRINT,
    RATE,
    READ,
    SLOPES,
    UPDATES,
    W_SLOPE,
    W_UPDATE,
    Mistake,
    one,
    way,
)

USUAL: tuple[Mistake, ...] = (
    Mistake(
        "gradient without the 2",
        "The slope is half as steep as it should be: the square's derivative has a factor 2.",
        tuple(scaled_slopes("np.sum({}) / n", "mean")),
    ),
    Mistake(
        "summed gradient",
        "The slope is summed over the rows where it should be their mean: it is as many times too "
        "steep as there are rows.",
        (*scaled_slopes("2 * np.sum({})", "2 sum"), *scaled_slopes("np.sum({})", "sum")),
    ),
    Mistake(
        "gradient uphill",
        "A sign is turned: steps go uphill, and the loss grows.",
        (
            way("w = w + rate * w_slope\nb = b + rate * b_slope", UPDATES, w_sign=-1, b_sign=-1),
            way("w = w + rate * w_slope", W_UPDATE, w_sign=-1, seldom=True),
            way("b = b + rate * b_slope", B_UPDATE, b_sign=-1, seldom=True),
        ),
    ),
    Mistake(
        "half the loss",
        "The loss is printed with a factor ½.",
        (
            way("loss = np.sum(error ** 2) / (2 * n)", LOSS, loss="half"),
            way("loss = np.sum(error ** 2) / 2", LOSS, loss="half sum"),
        ),
    ),
    Mistake(
        "summed loss",
        "The loss is the sum of the squared errors where it should be their mean.",
        (way("loss = np.sum(error ** 2)", LOSS, loss="sum"),),
    ),
    Mistake(
        "root of the loss",
        "The loss is printed as its root.",
        (
            way("loss = np.sqrt(np.sum(error ** 2) / n)", LOSS, loss="root"),
            way("loss = np.sqrt(np.sum(error ** 2))", LOSS, loss="root of sum", seldom=True),
            way("loss = np.sqrt(np.sum(error ** 2)) / n", LOSS, loss="root / n", seldom=True),
            way("loss = 0.5 * np.sqrt(np.sum(error ** 2) / n)", LOSS, loss="half root",
                 seldom=True),
        ),
    ),
    Mistake(
        "absolute loss",
        "The loss is made of absolute errors where it should be of squared ones.",
        (
            way("loss = np.sum(np.abs(error)) / n", LOSS, loss="absolute"),
            way("loss = np.sum(np.abs(error))", LOSS, loss="sum of absolutes", seldom=True),
            way("loss = np.sum(np.abs(error)) / (2 * n)", LOSS, loss="half absolute", seldom=True),
        ),
    ),
    Mistake(
        "gradient and loss with a half",
        "Loss and slope are those of the loss with a factor ½: both are half as large.",
        (
            way(
                "loss = np.sum(error ** 2) / (2 * n)\n"
                "w_slope = np.sum(error * X) / n\nb_slope = np.sum(error) / n",
                f"{LOSS}\n{SLOPES}", loss="half", w_scale="mean", b_scale="mean",
            ),
            way(
                "loss = np.sum(error ** 2) / 2\n"
                "w_slope = np.sum(error * X)\nb_slope = np.sum(error)",
                f"{LOSS}\n{SLOPES}", loss="half sum", w_scale="sum", b_scale="sum",
            ),
        ),
    ),
    Mistake(
        "printed after the update",
        "The numbers are printed after the update: each line shows what belongs to the next.",
        (
            way(f"{UPDATES}\n{ERROR}\n{LOSS}\n{PRINT}", f"{PRINT}\n{UPDATES}",
                 weights_after=True, loss_after=True),
            way(f"{UPDATES}\n{PRINT}  # the loss from before", f"{PRINT}\n{UPDATES}",
                 weights_after=True),
        ),
    ),
    Mistake(
        "rate ten times too large",
        "The learning rate is ten times as large.",
        (way("rate = learning_rate * 10", RATE, rate_factor=10.0),),
    ),
    Mistake(
        "rate ten times too small",
        "The learning rate is ten times as small.",
        (way("rate = learning_rate / 10", RATE, rate_factor=0.1),),
    ),
    Mistake(
        "gradient without x",
        "The errors aren't multiplied by x in the slope along the weight.",
        (way("w_slope = 2 * np.sum(error) / n", W_SLOPE, w_by_x=False),),
    ),
    Mistake(
        "bias gradient with x",
        "The errors are multiplied by x in the slope along the bias, too.",
        (way("b_slope = 2 * np.sum(error * X) / n", B_SLOPE, b_by_x=True),),
        needs_bias=True,
    ),
    Mistake(
        "bias with the new weight",
        "The weight is updated before the slope along the bias is taken: that needs the old one.",
        (
            way(
                f"{W_SLOPE}\n{W_UPDATE}\n{ERROR}\n{B_SLOPE}\n{B_UPDATE}",
                f"{SLOPES}\n{UPDATES}", new_weight=True,
            ),
        ),
        needs_bias=True,
    ),
    Mistake(
        "bias fixed",
        "The bias is never updated.",
        (way("b = b", B_UPDATE, bias_rate_factor=0.0),),
        needs_bias=True,
    ),
    Mistake(
        "bias forgotten",
        "The line is taken without its bias.",
        (
            way("error = w * X - Y", ERROR, gradient_bias=False, loss_bias=False),
            way(f"{LOSS}\nerror = w * X - Y\n{SLOPES}", f"{LOSS}\n{SLOPES}", gradient_bias=False),
            way("loss = np.sum((w * X - Y) ** 2) / n", LOSS, loss_bias=False),
        ),
        needs_bias=True,
    ),
    Mistake(
        "start elsewhere", "The weight doesn't start where it should.",
        tuple(starts("start_weight")), unknowns=any_start("start_weight"),
    ),
    Mistake(
        "bias started elsewhere", "The bias doesn't start where it should.",
        tuple(starts("start_bias")), unknowns=any_start("start_bias"),
    ),
    Mistake(
        "step missing",
        "One iteration makes no update.",
        tuple(
            way("if i != {skipped}:  # then only the update", STEP, skipped=at,
                 seldom=at > 10)
            for at in (0, 1, 5, 10, 2, 3, 4, 6, 7, 8, 9, 20, 50, 99, 100)
        ),
        unknowns=any_step("skipped", "if i != {skipped}:  # then only the update"),
    ),
    Mistake(
        "step doubled",
        "Updates are made twice.",
        (
            way("for _ in range({times}):  # twice the update", STEP, times=2),
            *(
                way("if i == {doubled}:  # then the update twice", STEP, doubled=at,
                     seldom=at > 10)
                for at in (0, 1, 5, 10, 2, 3, 4, 6, 7, 8, 9, 20, 50, 99, 100)
            ),
        ),
        unknowns=any_step("doubled", "if i == {doubled}:  # then the update twice"),
    ),
    Mistake(
        "rate changing",
        "The learning rate changes from step to step.",
        tuple(schedules()), unknowns=any_schedule(),
    ),
    one("x and y swapped", "The columns are swapped.", f"{READ}\nX, Y = Y, X", READ,
         columns="swapped"),
    Mistake(
        "first row lost",
        "The first row of the data is lost.",
        (
            way(READ.replace("=1", "=2"), READ, columns="first row lost"),
            way(f"{READ}\nX, Y = X[:-1], Y[:-1]", READ, columns="last row lost", seldom=True),
        ),
    ),
    Mistake(
        "header counted",
        "The line of headings is counted as a row.",
        (
            way("n = len(X) + 1", COUNT, counted=1),
            way(f"{READ}\nX, Y = np.append(0, X), np.append(0, Y)", READ,
                 columns="header as a row"),
            way("n = len(X) - 1", COUNT, counted=-1, seldom=True),
        ),
    ),
    Mistake("column scaled", "A column is in other units.", tuple(scaled_columns()),
            unknowns=any_units()),
    Mistake(
        "standardised",
        "A column is standardised: its mean is subtracted, and it is divided by its deviation.",
        tuple(changed_columns("@ = (@ - @.mean()) / @.std()", *(f"{c} standardised" for c in ALL))),
    ),
    Mistake(
        "standardised with n - 1",
        "A column is standardised by the deviation that divides by n - 1.",
        tuple(changed_columns("@ = (@ - @.mean()) / @.std(ddof=1)",
                       *(f"{c} standardised by n - 1" for c in ALL))),
    ),
    Mistake(
        "normalised",
        "A column is brought to the range from 0 to 1.",
        tuple(changed_columns("@ = (@ - @.min()) / (@.max() - @.min())",
                       *(f"{c} normalised" for c in ALL))),
    ),
    Mistake(
        "integers divided",
        "A division is one of whole numbers, which rounds down.",
        (
            way(SLOPES.replace(" / n", " // n"), SLOPES, floored="slope"),
            way(f"{LOSS}\n{SLOPES}".replace(" / n", " // n"), f"{LOSS}\n{SLOPES}",
                 floored="slope", loss="floored"),
            way(LOSS.replace(" / n", " // n"), LOSS, loss="floored"),
            way("w_slope = 2 * (np.sum(error * X) // n)\nb_slope = 2 * (np.sum(error) // n)",
                 SLOPES, floored="mean"),
            *changed_columns("@ = np.trunc(@)", "x cut to whole numbers"),
            *changed_columns("@ = np.trunc(@)", *(f"{c} cut to whole numbers" for c in ALL[1:]),
                             seldom=True),
            *(way for by in ("10", "100", "1000") for way in changed_columns(
                f"@ = @ // {by}", *(f"{c} // {by}" for c in ALL), seldom=True)),
        ),
    ),
    Mistake(
        "rounded in between",
        "Weight and bias are rounded in every iteration, not only where they are printed.",
        (
            *(
                way(f"{UPDATES}\nw, b = round(w, {{weight_digits}}), round(b, {{weight_digits}})",
                     UPDATES, weight_digits=digits)
                for digits in (2, 3, 1, 4, 5, 6, 0, 8, 7)
            ),
            *(
                way(
                    f"{SLOPES}\nw_slope, b_slope = round(w_slope, {{gradient_digits}}), "
                    "round(b_slope, {gradient_digits})",
                    SLOPES, gradient_digits=digits,
                )
                for digits in (2, 3, 1, 4, 5, 6, 0)
            ),
        ),
    ),
    one("float32", "Numbers are kept in 32 bits, which hold seven digits.", f"{READ}\n{SINGLE}",
         READ, single=True),
    *OF_METHODS,
    Mistake(
        "gradient of the absolute errors",
        "The slope is that of the absolute errors.",
        (
            way("w_slope = np.sum(np.sign(error) * X) / n\nb_slope = np.sum(np.sign(error)) / n",
                 SLOPES, errors="absolute", w_scale="mean", b_scale="mean"),
            way("loss = np.sum(np.abs(error)) / n\n"
                 "w_slope = np.sum(np.sign(error) * X) / n\nb_slope = np.sum(np.sign(error)) / n",
                 f"{LOSS}\n{SLOPES}", loss="absolute", errors="absolute", w_scale="mean",
                 b_scale="mean"),
        ),
    ),
    Mistake(
        "gradient scaled",
        "The slope has a factor that doesn't belong there.",
        (
            *scaled_slopes("4 * np.sum({}) / n", "4 mean"),
            *scaled_slopes("np.sum({}) / (2 * n)", "half mean"),
            *scaled_slopes("np.sum({}) / n / n", "mean / n"),
            *scaled_slopes("2 * np.sum({}) / n / n", "2 mean / n"),
        ),
    ),
    Mistake(
        "loss scaled",
        "The loss has a factor that doesn't belong there, or isn't squared.",
        (
            way("loss = 2 * np.sum(error ** 2) / n", LOSS, loss="double", seldom=True),
            way("loss = np.sum(error ** 2) / (n - 1)", LOSS, loss="n - 1", seldom=True),
            way("loss = np.sum(error ** 2) / (n - 2)", LOSS, loss="n - 2", seldom=True),
            way("loss = np.sum(error) / n", LOSS, loss="mean error", seldom=True),
            way("loss = (np.sum(error) / n) ** 2", LOSS, loss="square of the mean", seldom=True),
        ),
    ),
    Mistake(
        "in batches", "The rows are taken in batches, not all at once.",
        tuple(batches_in_order()),
    ),
    Mistake(
        "rows shuffled",
        "The rows are taken in batches, in an order that is drawn anew.",
        tuple(shuffled_batches()),
    ),
)  # fmt: skip
