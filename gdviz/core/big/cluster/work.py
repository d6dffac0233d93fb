"""Work: a table summed up on a cluster, from the address of its scheduler to its sums."""

from distributed import Client

from gdviz.core.big.cluster.connecting import ANSWER_S, connected
from gdviz.core.big.cluster.messages import Asked, RefusedError
from gdviz.core.big.cluster.reduction import Tell, summed
from gdviz.core.big.cluster.tasks import Plan, plan
from gdviz.core.big.cluster.watch import RETRIES, Watch
from gdviz.core.big.streaming import BigTable, _without_rows


def table_of(asked: Asked, tell: Tell) -> BigTable:
    """Return the table that was asked for.

    Raises
    ------
    RefusedError
        If a file can't be used.
    ClusterError
        If the cluster can't.
    """
    client = connected(asked.scheduler)
    try:
        return _table_of(client, asked, tell)
    finally:
        client.close(ANSWER_S)


def _table_of(client: Client, asked: Asked, tell: Tell) -> BigTable:
    # Where the files are: this computer needn't have them.
    planned = client.submit(
        plan, asked.names, asked.choices, asked.x, asked.y, pure=False, retries=RETRIES
    )
    sources, first, parts = Watch(client).wait(planned, Plan)
    total = summed(client, parts, asked.seed, tell)
    if not total:
        raise RefusedError.of(_without_rows(sources[0], parts[0].written, total.left_out))
    return BigTable(sources, first, parts[0].written, total)
