"""Twin: a figure that shows the same as another, to be drawn at another size, in other looks."""

from PySide6.QtWidgets import QLayout

from gdviz.core.descent.descent import Experiment
from gdviz.ui.plots.figure import Figure, View

OF_LOSS = ("loss_curve", "landscape", "surface")


def twin_of(figure: Figure, experiment: Experiment, only: str = "") -> Figure | View:
    """Return what shows the same run by itself, at the same place and as closely.

    Parameters
    ----------
    experiment : Experiment
        The one that the figure shows.
    only : str
        The object name of the one picture to return, by default a figure of all.
    """
    twin = Figure(figure.theme)
    # On paper there is as much room as one says.
    layout = twin.layout()
    assert layout is not None
    layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
    twin.arrange_as(figure)
    if only:
        for name in OF_LOSS:
            twin.show_view(name, name == only)
        twin.take_away([view for view in twin.views if view.objectName() != only])
    if figure.standing is not None:
        twin.set_experiment(experiment)
        twin.set_kept(figure.kept)
        look_like(twin, figure)
        twin.show_row(*figure.standing)
        twin.loss_history.set_scale(figure.loss_history.scale)
    if not only:
        return twin
    view = next(view for view in twin.views if view.objectName() == only)
    view.setParent(None)
    return view


def look_like(twin: Figure, figure: Figure) -> None:
    """Have a figure draw its run as another does, as closely and with the same aids."""
    curve = figure.loss_curve
    twin.loss_curve.set_along("bias" if curve.parameters == (1,) else "weight")
    twin.loss_curve.take_aids(curve.aids)
    twin.landscape.set_directions(figure.landscape.directions_shown)
    twin.surface.set_logarithmic(figure.surface.logarithmic)
    twin.data_fit.set_residuals(figure.data_fit.residuals.kind)
    twin.data_fit.set_equation(figure.data_fit.equation.wanted)
    twin.data_fit.point_at(figure.data_fit.errors.pointed.number)
    twin.loss_history.set_scale(figure.loss_history.chosen)
    for plot, own in ((twin.loss_curve, curve), (twin.landscape, figure.landscape)):
        plot.set_guessing(own.guessing)
    twin.set_fog(figure.fog)
    twin.set_unseen(figure.landscape.unseen)
    twin.take_sights(figure.sights)
