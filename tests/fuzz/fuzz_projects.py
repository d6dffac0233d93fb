"""Projects that something has happened to: each is one, or is refused in a sentence."""

from dataclasses import replace

from projects import LEAST, default_settings

from gdviz.core.projects.project import Data, KeptRun, Origin, ProjectError, Views
from gdviz.core.projects.reading import parsed_project
from gdviz.core.projects.writing import project_text
from gdviz.core.tables.calendar import Calendar
from gdviz.core.tables.choices import Choices

NAME = "mine.gdviz"
LONGEST_SENTENCE = 1_000
ORIGIN = Origin("../a.csv", 123, "0" * 64, Choices("utf-8", skip=1, decimal=","))
WHOLE = replace(
    LEAST,
    settings=default_settings("adam", with_bias=True, batch_size=5),
    data=Data("day", "sales", "a.csv", Calendar("date", 19_000.0, "days"), ORIGIN),
    kept=tuple(KeptRun(number, f"run {number}", True, default_settings()) for number in (0, 4)),
    views=Views({"fog": True}, ("surface",), sights={"surface": (1.0, 30.0, 2.0)}),
    copy_of="/home/me/mine.gdviz",
)  # fmt: skip
TOLD = "".join(project_text(WHOLE))
INSTEAD = (
    "0", "-1", "1e999", "NaN", "1" * 30, "null", "true", '""', "[]", "{}", '"\\ud800"', "[" * 2_000,
    '"\\u0000"', "2", "1.5", '{"a": 1}', "\ufeff", "1e-320", '"' + "x" * 5_000 + '"',
)  # fmt: skip


def one(random):
    """Hurt a project in one to three places, and read it."""
    told = TOLD
    for _ in range(random.randint(1, 3)):
        told = random.choice((with_other_value, with_less, with_more, with_other_letter))(
            random, told
        )
    content = told.encode(errors="surrogatepass")
    if random.random() < 0.1:
        content = content[: random.randrange(len(content))] + b"\xff\xfe"
    try:
        project = parsed_project(content, NAME)
    except ProjectError as error:
        said = str(error)
        assert said.startswith(NAME), said
        assert said[-1] in ".?", said
        assert len(said) < LONGEST_SENTENCE, said
        assert said.isprintable(), said
    else:
        again = "".join(project_text(project)).encode()
        assert parsed_project(again, NAME) == project
        assert "".join(project_text(project)).encode() == again


def with_other_value(random, told):
    """Put something else in the place of a value."""
    lines = told.split("\n")
    number = random.randrange(len(lines))
    before, colon, after = lines[number].partition(": ")
    if colon:
        comma = "," * after.endswith(",")
        lines[number] = f"{before}: {random.choice(INSTEAD)}{comma}"
    return "\n".join(lines)


def with_less(random, told):
    """Leave out a line, or a piece."""
    lines = told.split("\n")
    if random.random() < 0.5:
        del lines[random.randrange(len(lines))]
        return "\n".join(lines) or "x"
    first = random.randrange(len(told))
    return told[:first] + told[first + random.randint(1, 50) :] or "x"


def with_more(random, told):
    """Say a line twice, or a piece of it somewhere else."""
    lines = told.split("\n")
    lines.insert(random.randrange(len(lines)), random.choice(lines))
    return "\n".join(lines)


def with_other_letter(random, told):
    place = random.randrange(len(told))
    return told[:place] + random.choice('0123456789{}[]",:-.eE \\\n\t\0é') + told[place + 1 :]
