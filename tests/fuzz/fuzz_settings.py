"""Settings files that nobody wrote: damaged, from elsewhere, or by hand."""

import os
import tempfile

from support import MEMORY

from gdviz.core.descent.settings import SETTINGS, settings_of
from gdviz.core.tables.dataset import Dataset
from gdviz.ui.preferences import Preferences

FOLDER = tempfile.TemporaryDirectory(dir=MEMORY)
DATASET = Dataset([1.0, 2.0, 4.0], [1.0, 3.0, 4.0])
THEMES = ("system", "light", "dark", "contrast")
OTHERS = ("theme", "speed", "geometry", "state", "recent_files", "equation", "lesson_done")
WHOLE = """[General]
batch_size=0
equation=false
geometry="3610a686:AAAA"
iterations=100
learning_rate=0.001
method="adam"
beta1=0.9
beta2=0.999
recent_files=["/home/somebody/pizza.txt", "a.csv"]
seed=0
speed="slow, then faster"
standardise=true
start_bias=-3
start_weight=0.5
state="00000000:AAECAwQ="
theme="dark"
tolerance=0
with_bias=true
"""
VALUES = (
    "", "0", "-1", "0.5", "1e400", "-1e-400", "NaN", "-Infinity", "1e300", "2147483648", "true",
    "null", "{}", "[]", "[[[]]]", '{"a": 1}', '"', '"dark"', '"adam"', "adam", "[" * 2000,
    "9" * 5000, r'"\ud800"', r'["\u0000", "x", 3]', "@Invalid()", r"@ByteArray(\x1\xff)",
    r"@Variant(\0\0\0\n\xff\xff\xff\xf0)", "@Point(1 2)", "a, b, c", '"00000000:"', "٣", "0x10",
)  # fmt: skip


def one(random):
    """Read a settings file; raise if anything comes of it that no control would allow."""
    content = _damaged(random, WHOLE.encode())
    os.environ["XDG_CONFIG_HOME"] = FOLDER.name
    preferences = Preferences()
    preferences.path.parent.mkdir(exist_ok=True)
    preferences.path.write_bytes(content)
    preferences = Preferences()
    experiment = preferences.experiment(DATASET)
    for setting in settings_of(experiment):
        value = setting.of(experiment)
        assert setting.kind is str or setting.allows(value), (setting.name, value, content)
    assert preferences.text("theme", "system", THEMES) in THEMES
    for key in OTHERS:
        preferences.flag(key)
        assert preferences.bytes(key).size() < len(content)
        all(text.encode() for text in preferences.texts(key))
    for path in preferences.recent_files:
        path.absolute()


def _damaged(random, content):
    """Return a file with some bytes, some values or some lines that aren't its own."""
    kind = random.randrange(4)
    if kind == 0:
        data = bytearray(content)
        for _ in range(random.randint(1, 30)):
            data[random.randrange(len(data))] = random.randrange(256)
        return bytes(data)
    if kind == 1:
        start = random.randrange(len(content))
        return content[:start] + random.randbytes(random.randint(0, 40)) + content[start + 20 :]
    lines = content.decode().splitlines()
    for _ in range(random.randint(1, 6)):
        key = random.choice((*SETTINGS, *OTHERS, "beta1", "momentum", "[", "", "[General]"))
        lines.insert(random.randint(0, len(lines)), f"{key}={random.choice(VALUES)}")
    if kind == 2:
        random.shuffle(lines)
    return random.choice(("\n", "\n", "\r\n", "\r")).join(lines).encode(errors="surrogatepass")
