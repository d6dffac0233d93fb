"""Roles: what a column of a log seems to be, by its name or else by how its numbers go."""

import re
import unicodedata
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from gdviz.core.check.logs.numerals import can_count

# The words that courses use, in the languages gdviz has met.
_WORDS = {
    "iteration": """
        iteration iterations iter iters it itr epoch epochs epoche epoca étape étapes etape
        époque epoque step steps schritt schritte paso pasos passo passi pas iteración
        iteracion iteração iteracao itération iterasi iteratie durchlauf krok stap i k t n
        nr no num # index idx round 迭代 轮次 步 反復 エポック ステップ эпоха шаг итерация""",
    "weight": """
        w weight weights slope m a coef coefs coefficient coefficients gewicht gewichte
        steigung poids pente peso pesos pendiente pendenza inclinação theta1 beta1 w1 b1 θ1
        β1 θ β theta beta coef0 weight0 weights0 重み 权重 傾き 斜率 вес наклон""",
    "bias": """
        b bias biases intercept c offset theta0 beta0 w0 b0 θ0 β0 bias0 intercept0
        achsenabschnitt verzerrung biais ordonnée sesgo ordenada viés vies intercetta バイアス
        切片 偏置 截距 смещение сдвиг""",
    "loss": """
        loss losses cost costs error err errors mse rmse mae sse rss j l verlust kosten
        fehler perte pertes coût coûts cout erreur pérdida pérdidas perdida coste costo
        error perda custo erro perdita errore verlies fout strata błąd objective criterion
        損失 损失 誤差 误差 代价 コスト потери потерь ошибка""",
}
_WORD = re.compile(r"[^\W_]+|[#%]")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_INDEX = re.compile(r"_+(?=[0-9])")


def _words(name: str) -> list[str]:
    """Return the words of a name, without accents and other marks."""
    letters = unicodedata.normalize("NFKD", _CAMEL.sub(" ", name)).casefold()
    plain = "".join(sign for sign in letters if not unicodedata.combining(sign))
    return _WORD.findall(_INDEX.sub("", plain))


_ROLES = {word: role for role, words in _WORDS.items() for word in _words(words)}
# Other quantities of the same thing, or other things with the same name.
_OTHERS = set(
    _words("""
    d gradient gradients grad grads delta change diff difference update derivative derivada
    dérivée ableitung lr rate alpha eta lernrate size time zeit elapsed val valid validation
    test best min max old prev previous total remaining accuracy acc r2 tol tolerance größe
    s ms seconds %""")
)
# By behaviour a column with a name nobody knows is judged only if it is as long.
FEWEST = 5


def role_of(name: str) -> str:
    """Return the role that a column has by its name; empty if that doesn't say it."""
    words = _words(name)
    if any(word in _OTHERS for word in words):
        return ""
    return next((_ROLES[word] for word in reversed(words) if word in _ROLES), "")


def is_other(name: str) -> bool:
    """Return whether a name says that a column is something else."""
    return any(word in _OTHERS for word in _words(name))


def roles_of(names: Sequence[str], columns: Sequence[NDArray[np.float64]]) -> list[str]:
    """Return the role that each column seems to have; no two have one."""
    found = [role_of(name) for name in names]
    counts = [
        index for index, role in enumerate(found)
        if role == "iteration" and can_count(columns[index]).all()
    ]  # fmt: skip
    # One that rises before one that may stay, a word before a letter.
    first = min(
        counts, key=lambda index: (not _rises(columns[index]), len(names[index]) == 1), default=-1
    )
    seen: set[str] = set()
    for index, role in enumerate(found):
        if role in seen or (role == "iteration" and index != first):
            found[index] = ""
        seen.add(found[index])
    _pairs(names, found)
    with np.errstate(over="ignore", invalid="ignore"):  # a run that diverged
        _by_behaviour(names, columns, found)
    return found


def _pairs(names: Sequence[str], found: list[str]) -> None:
    """Let a vector of two be what it is: θ has the bias first."""
    for index in range(len(names) - 1):
        words = _words(names[index])
        if found[index] == "weight" and not names[index + 1] and "bias" not in found:
            found[index + 1] = "bias"
            if words[-1] in ("theta", "beta", "θ", "β"):
                found[index : index + 2] = "bias", "weight"


def _by_behaviour(
    names: Sequence[str], columns: Sequence[NDArray[np.float64]], found: list[str]
) -> None:
    def free(role: str) -> list[int]:
        known = [i for i, name in enumerate(names) if not found[i] and not is_other(name)]
        if role in found:
            return []
        return [i for i in known if not names[i] or len(columns[i]) >= FEWEST]

    counts = free("iteration")
    steady = [i for i in counts if _counts(columns[i])]
    rising = [i for i in counts if len(names) > 1 and _rises(columns[i])]
    if steady or rising:
        found[(steady or rising)[0]] = "iteration"
    losses = [i for i in free("loss") if _falls(columns[i], 0.9 if names[i] else 0.5)]
    losses = losses or _last_of(names, columns, free("loss"))
    if losses:
        found[losses[-1]] = "loss"
    for role in ("weight", "bias"):
        nameless = [i for i in free(role) if not names[i]]
        # A bias may stay, behind a weight; among words that is how many there will be.
        may_stay = role == "bias" and not any(names) and "weight" in found
        nameless = [i for i in nameless if may_stay or not _stays(columns[i])]
        if nameless:
            found[nameless[0]] = role


def _last_of(
    names: Sequence[str], columns: Sequence[NDArray[np.float64]], free: list[int]
) -> list[int]:
    """Return the last nameless column if it is a loss for its place: behind weight and bias."""
    nameless = [i for i in free if not names[i]]
    if len(nameless) < 2 or not all(map(len, columns)):
        return []
    last, start = columns[nameless[-1]], columns[nameless[0]][0]
    is_loss = len(last) > 1 and last[0] > 0 and not np.any(last < 0)
    return nameless[-1:] if is_loss and (len(nameless) == 3 or start == 0) else []


def _rises(values: NDArray[np.float64]) -> bool:
    """Return whether numbers are whole and rise."""
    return len(values) > 1 and bool(np.all(can_count(values)) and np.all(values[1:] > values[:-1]))


def _counts(values: NDArray[np.float64]) -> bool:
    """Return whether numbers count: whole, rising, and mostly by the same."""
    if not _rises(values):
        return False
    steps = np.diff(values)
    return bool(np.mean(steps == np.median(steps)) > 0.5)


def _falls(values: NDArray[np.float64], mostly: float) -> bool:
    """Return whether numbers go as losses do: mostly down, or by ever more up."""
    values = values[np.isfinite(values)]
    if len(values) < 2 or np.any(values < 0):
        return False
    steps = np.diff(values)
    if values[-1] < values[0]:
        return bool(np.mean(steps <= 0) > mostly)
    return bool(values[0] > 0 and values[-1] > 10 * values[0] and np.mean(steps > 0) > 0.9)


def _stays(values: NDArray[np.float64]) -> bool:
    return len(values) > 1 and bool(np.all(values == values[0]))
