"""Work: a table summed up on a cluster, from the address of its scheduler to its sums."""

from dataclasses import replace

from distributed import Client

from gdviz.core.big.cluster.connecting import ANSWER_S, connected
from gdviz.core.big.cluster.reduction import Tell, summed
from gdviz.core.big.cluster.tasks import Plan, plan
from gdviz.core.big.cluster.watch import RETRIES, Watch
from gdviz.core.big.messages import Asked, Begun, RefusedError
from gdviz.core.big.streaming import BigTable, checked
from gdviz.core.summary.summary import Summary
from gdviz.core.tables.table import DataFileError


def summary_of_table(asked: Asked, tell: Tell) -> Summary:
    """Return what the table that was asked for comes to.

    Raises
    ------
    RefusedError
        If a file can't be used.
    ClusterError
        If the cluster can't.
    """
    client = connected(asked.scheduler)
    try:
        return _summary_of_table(client, asked, tell)
    finally:
        client.close(ANSWER_S)


def _summary_of_table(client: Client, asked: Asked, tell: Tell) -> Summary:
    # Where the files are: this computer needn't have them.
    planned = client.submit(
        plan, asked.names, asked.choices, asked.x, asked.y, pure=False, retries=RETRIES
    )
    sources, first, parts = Watch(client).wait(planned, Plan)
    table = BigTable(sources, first, parts[0].written, Summary())
    tell(Begun(table))
    table = replace(table, summary=summed(client, parts, asked.seed, tell))
    try:
        return checked(table).summary
    except DataFileError as error:
        raise RefusedError.of(error) from None
