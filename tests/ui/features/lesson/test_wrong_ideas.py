"""Wrong ideas: five that beginners have in each chapter get a reply each, that fits the idea."""

import pytest
from learner import CHAPTERS, Learner
from PySide6.QtCore import Qt

# For each chapter: what a learner answers or does, and words of the reply to just that.
# A number or a text answers; (box, typed) types a setting; a call does anything else.
# Before it, predictions are made as they come out, as many as the idea says (None: all).


def line(weight):
    return lambda learner: learner.turn_line(weight)


def hiker(weight):
    return lambda learner: learner.drag_hiker(weight)


def typed(box, number):
    return lambda learner: learner.set(box, number)


def then(*doings):
    def do(learner):
        for doing in doings:
            learner.answer(doing) if not callable(doing) else doing(learner)

    return do


def method(label):
    return lambda learner: learner.choose_method(label)


IDEAS = {
    "guess-a-weight": [
        (0, -5, "Less than none"),
        (0, 20, "one pizza for each"),
        (0, 70, "70 is more than"),
        (1, line(0.8), "all dots lie above the line"),
        (1, line(2.6), "flatter"),
    ],
    "what-the-loss-is": [
        (0, "Just as bad: off is off", "no line would ever get better"),
        (0, "Twice as bad", "can be done, too"),
        (1, -3, "3 is the error itself"),
        (1, -9, "never negative"),
        (1, then(9, line(0.7)), "the squares grow: loss"),
    ],
    "the-curve-of-all-guesses": [
        (0, "On a line that falls", "can a line be too steep?"),
        (0, "All over the place", "nearly the same loss"),
        (1, 0, "812.9"),
        (1, 69.12, "69.12 is a loss"),
        (1, 3, "w = 3 is far up"),
    ],
    "a-hiker-in-the-dark": [
        (0, "To the right, to larger w", "the loss with it"),
        (0, "Nowhere: it may be the lowest place", "would be level"),
        (0, "Nobody can tell in the fog", "can be felt"),
        (1, "Left, as the first time", "first hiker went left"),
        (1, "It doesn't matter", "above 812"),
    ],
    "the-slope": [
        (0, "It stays negative", "does it fall there?"),
        (0, "It is largest at the bottom", "loss is smallest"),
        (1, -5.06, "would be downhill"),
        (1, 506, "for a whole 1"),
        (1, then(5.06, hiker(2.5)), "The bottom lies to the left"),
    ],
    "one-step-by-hand": [
        (0, "Smaller, for the slope is negative", "against its sign"),
        (0, "The same", "Only on level ground"),
        (1, 0.3531, "0.3531 is a step to the left"),
        (1, -452.9, "takes the whole slope"),
        (1, then(1.2605, 1.062), "1.062 starts from 0.8068"),
    ],
    "steps-that-shrink": [
        (0, "Longer: the hiker gathers speed", "forgets how fast"),
        (0, "Just as long: the rate is the same", "times the slope"),
        (1, 0.1435, "was the fourth"),
        (1, -80.7, "is the slope"),
        (1, 0.5, "would be longer than the last"),
    ],
    "when-to-stop": [
        (0, "Yes: it is flat", "reaches up to 2 million"),
        (0, "No: it isn't quite 0", "needn't become 0"),
        (1, typed("tolerance", "10000"), "calls nearly every slope small"),
        (1, typed("tolerance", "50"), "ground that still falls"),
        (
            1,
            then(typed("iterations", "150"), typed("tolerance", "1")),
            "isn't reached in 150 steps",
        ),
    ],
    "too-small-too-large": [
        (0, "Explode", "Tiny steps can't explode"),
        (2, "Arrive at once", "isn't twice as good"),
        (3, "Bounce, and get there", "higher than the one before. It explodes"),
        (4, typed("learning_rate", "0.0005"), "0.0005 stops short"),
        (4, typed("learning_rate", "0.02"), "0.02 explodes"),
    ],
    "where-the-limit-comes-from": [
        (0, "Lower, on the other side", "A smaller rate would"),
        (0, "At the bottom", "Half the rate would"),
        (1, "It gets higher", "steep walls hold a hiker"),
        (2, -4.2, "to the left, uphill"),
        (2, then(4.2, 8.82), "the step leads back"),
    ],
    "the-bias-comes-back": [
        (0, "Still 69.1: it is the minimum", "through the corner"),
        (0, "0", "through every dot"),
        (1, 0, "all that a line through the corner could say"),
        (1, 1.08, "1.08 is the weight"),
        (1, 22.84, "is the loss"),
    ],
    "the-valley": [
        (0, "Straight there", "rarely points"),
        (0, "In a spiral", "turn in circles"),
        (1, "Longer still", "both directions become equal"),
        (2, typed("learning_rate", "0.004"), "no rate below the limit"),
        (2, lambda learner: learner.tick("standardise"), "creeps there"),
    ],
    "other-ways-down": [
        (0, "They get larger: a ball is heavy", "far too much of it"),
        (1, "Plain descent", "59.3 after 50 steps"),
        (2, "Adam again", "whatever the slope"),
        (3, typed("learning_rate", "1"), "Adam with 1 ends at"),
        (3, method("Momentum"), "swings past the bottom"),
    ],
    "your-own-data": [
        (0, "Yes: a good rate is a good rate", "other data, other limit"),
        (0, "It depends on how large y is", "the height of the curve"),
        (0, "It depends on how many rows there are", "The loss is a mean"),
        (1, typed("learning_rate", "0.002"), "0.002 is another rate"),
        (1, hiker(2), "begins elsewhere"),
    ],
    "challenges": [
        (1, typed("learning_rate", "0.005"), "more than 1 % above"),
        (1, typed("learning_rate", "0.0045"), "still gets there"),
        (1, method("Adam"), "keep a run of gradient descent"),
        (1, lambda learner: learner.drag_dot(9, 20, 30), "learn the bias, too"),
        (1, typed("learning_rate", "0.0022"), "One is enough"),
    ],
    "write-it-yourself": [
        (0, "To forget the 2 in the slope", "nobody notices"),
        (0, "To take the sum, not the mean", "30 times as long"),
        (1, lambda learner: learner.check("w=0 loss=812.86667\nw=1 loss=3\n"), "Mend it"),
        (1, typed("learning_rate", "0.002"), "is to take 0.001"),
        (1, hiker(2), "begins at w = 0"),
    ],
}


@pytest.mark.usefixtures("quick_mouse")
@pytest.mark.parametrize("name", CHAPTERS)
def test_five_wrong_ideas_get_a_reply_each(name, window, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_F1)
    learner, replies = Learner(qtbot, window), []
    assert len(IDEAS[name]) == 5
    for predicted, idea, words in IDEAS[name]:
        learner.begin(name)
        learner.predict_what_comes_out(name, predicted)
        idea(learner) if callable(idea) else learner.answer(idea)
        qtbot.waitUntil(lambda words=words: any(words in said for said in learner.replies))
        assert not learner.is_done
        replies += [said for said in learner.replies if words in said]
    assert len(set(replies)) == 5
