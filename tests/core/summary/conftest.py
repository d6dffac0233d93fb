"""Parts of summaries, told apart to the last bit."""

import pytest


@pytest.fixture(scope="session")
def told():
    """Return what tells everything of a summary."""

    def tell(summary):
        grid, sample = summary.grid, summary.sample
        return (
            summary.sums,
            grid and (repr(grid.x), repr(grid.y), grid.counts.tolist()),
            [column.tolist() for column in (sample.rows, sample.x, sample.y)],
            summary.first_row,
            summary.left_out,
        )

    return tell
