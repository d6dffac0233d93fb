"""What a text is taken for: a log of training, or data."""

import pytest
from support import PIZZA

from gdviz.core.check.logs.recognising import Kind, kind_of

LOGS = {
    "the lesson's": "Iteration    0 => Loss: 812.8666666667\nIteration    1 => Loss: 57.98\n",
    "epochs": "epoch 0, w=1.25 b=0.3\nepoch 1, w=1.35 b=0.4\n",
    "other text": "Loading…\nhello\n\nstep 10: loss 3.5\ndone so far\nstep 20: loss 3.1\n",
    "the result alone": "w=1.8436928702, b=0\n",
    "named columns": "epoch,loss,w,b\n0,812.9,0,0\n1,57.9,1,1\n",
    "another language": "Schritt 0: Verlust = 812.9\nSchritt 1: Verlust = 57.9\n",
    "no letters of ours": "損失: 812.9\n損失: 57.9\n",
    "upper case": "Epoch [1/100], Loss: 0.5\nEpoch [2/100], Loss: 0.4\n",
}
TABLES = {
    "pizza": PIZZA.read_text(),
    "without names": "13\t33\n2\t16\n14\t32\n",
    "heights": "height,weight\n1.8,80\n1.7,70\n",
    "years": "1990 3.5\n1991 3.6\n1992 3.7\n",
    "counted rows of another stride": "0 3\n1 4\n3 5\n",
    "words in rows": "Peso 80 1.8\nAltura 70 1.7\nPeso 60 1.6\n",
    "JSON": '[{"weight": 80, "height": 1.8}, {"weight": 70, "height": 1.7}]',
    "times of day": "at 12:30 5\nat 13:45 6\nat 14:15 7\n",
    "counted, as data are": "1 2\n3 4\n5 6\n",
    "a line that falls": "1 30\n2 27\n3 24\n4 21\n",
    "nothing": "",
    "words": "no\nnumbers\n",
}
EITHER = {
    "counted": "0 71.4\n1 57.9\n2 47.0\n3 38.1\n",
    "every hundredth": "0,71.4\n100,57.9\n200,47.0\n",
    "gdviz's own": "iteration,weight,bias,loss,weight_gradient\n0,0,0,812.9,-806\n1,1,0,57.9,-9\n",
}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param(text, kind, id=name)
        for kind, texts in ((Kind.LOG, LOGS), (Kind.TABLE, TABLES), (Kind.EITHER, EITHER))
        for name, text in texts.items()
    ],
)
def test_what_a_loop_prints_is_told_from_data(text, kind):
    assert kind_of(text) is kind


def test_only_the_beginning_is_looked_at():
    assert kind_of("13,33\n" * 1_000_000) is Kind.TABLE
    for long in ("x" * 50_000_000, "w" + " " * 15_000 + "x", "x1" * 9_000, "w" + "]" * 15_000):
        assert kind_of(long) is Kind.TABLE
