"""Cost allocation: which ledger accounts are shared out to customers, and by what."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.analysis.allocation import Allocation, allocate_pools
from core.analysis.facts import Facts, span
from core.analysis.sums import sums
from core.store.pools import CostPool
from ui.dialogs.plain_dialog import PlainDialog
from ui.dialogs.pool_row import PoolRow
from ui.figure_texts import numbers_of
from ui.session import Session
from ui.widgets.buttons import Button
from ui.widgets.labels import Rule, TextLabel, hbox
from ui.widgets.messages import InlineMessage
from ui.widgets.page import scrolling

if TYPE_CHECKING:
    from core.usecases.figures import Figures

COSTS = ("expense", "other expense")


class CostAllocationDialog(PlainDialog):
    """Pools with name, accounts and driver; shows at once what is given out and what stays unassigned."""

    def __init__(
        self, session: Session, figures: "Figures", pools: Sequence[CostPool], parent: QWidget
    ) -> None:
        super().__init__("Cost allocation", "Save", parent, width=820)
        self.session, self.figures = session, figures
        self._numbers = numbers_of(figures)
        self._accounts = self._account_choices()
        words = (
            "Each pool takes what its accounts cost in the period and gives it to customers by its driver. "
            "What no customer has the driver for stays unassigned."
        )
        self.body.addWidget(TextLabel(words, "body", tone="secondary", wrap=True))
        self.rows: list[PoolRow] = []
        self._column = QVBoxLayout()
        self._column.setSpacing(8)
        self._column.addStretch(1)
        area = scrolling(self._column)
        area.setMinimumHeight(260)
        self.body.addWidget(area, 1)
        self.add_button = Button("Add pool", icon_name="plus", clicked=self.add_empty_pool)
        self.body.addLayout(hbox(self.add_button, None))
        self.body.addWidget(Rule())
        self.summary = TextLabel("", "body-strong")
        self.outside = TextLabel("", "small", tone="muted", wrap=True)
        self.problem = TextLabel("", "small", tone="negative", wrap=True)
        for label in (self.summary, self.outside, self.problem):
            self.body.addWidget(label)
        for pool in pools:
            self.add_pool(pool)
        self._preview()

    def _account_choices(self) -> dict[str, tuple[str, int]]:
        """Code -> (name, what it cost in the period) of every account that holds a cost."""
        facts = self.figures.facts
        spent = _spent(facts)
        rows = zip(facts.accounts["code"], facts.accounts["name"], facts.accounts["type"], spent, strict=True)
        return {str(code): (str(name), int(amount)) for code, name, kind, amount in rows if kind in COSTS}

    def add_pool(self, pool: CostPool | None = None) -> PoolRow:
        """Add a pool; an empty one to fill in."""
        row = PoolRow(pool or CostPool("", "revenue", ()), self._accounts, self._numbers)
        row.changed.connect(self._preview)
        row.removed.connect(self._remove)
        self.rows.append(row)
        self._column.insertWidget(self._column.count() - 1, row)
        if pool is None:
            row.name.setFocus()
            self._preview()
        return row

    def add_empty_pool(self) -> None:
        """Add a pool to fill in."""
        self.add_pool()

    def _remove(self, row: object) -> None:
        if isinstance(row, PoolRow):
            self.rows.remove(row)
            row.hide()
            row.deleteLater()
            self._preview()

    def pools(self) -> list[CostPool]:
        """The pools as they stand."""
        return [row.pool() for row in self.rows]

    def _preview(self) -> None:
        """Work out what the pools would give; a few thousand customers take a few milliseconds."""
        pools = self.pools()
        allocation = allocation_with(self.figures.facts, pools)
        for row, result in zip(self.rows, allocation.pools, strict=False):
            row.show_result(result)
        given = sum(result.given_minor for result in allocation.pools)
        left = sum(result.unassigned_minor for result in allocation.pools)
        spent = given + left
        money = self._numbers.money
        self.summary.setText(
            f"{money(spent)} in the ledger = {money(given)} given to customers + {money(left)} unassigned"
        )
        taken = {code for pool in pools for code in pool.accounts}
        others = [amount for code, (_, amount) in self._accounts.items() if code not in taken and amount]
        self.outside.setText(
            f"{len(others):,} cost accounts with {money(sum(others))} are in no pool: not part of cost to serve."
        )
        problem = _problem(pools)
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        self.accept_button.setEnabled(not problem)


def allocation_with(facts: Facts, pools: Sequence[CostPool]) -> Allocation:
    """What other pools would give to whom."""
    place = {code: number for number, pool in enumerate(pools) for code in pool.accounts}
    accounts = facts.accounts.assign(
        pool=np.array([place.get(str(code), -1) for code in facts.accounts["code"]], dtype=np.int64)
    )
    frame = pd.DataFrame(
        {
            "pool_id": np.arange(len(pools), dtype=np.int64),
            "name": pd.Series([pool.name for pool in pools], dtype=object),
            "driver": pd.Series([pool.driver for pool in pools], dtype=object),
        }
    )
    return allocate_pools(replace(facts, accounts=accounts, pools=frame))


def _spent(facts: Facts) -> list[int]:
    postings = facts.postings.iloc[span(facts, facts.period).postings]
    amounts = sums(postings["amount"].to_numpy(), postings["account"].to_numpy(), len(facts.accounts))
    return [int(amount) for amount in amounts]


def _problem(pools: Sequence[CostPool]) -> str:
    if any(not pool.name.strip() for pool in pools):
        return "Give every pool a name."
    if len({pool.name.strip() for pool in pools}) < len(pools):
        return "Two pools have the same name; rename one."
    codes = [code for pool in pools for code in pool.accounts]
    twice = next((code for code in codes if codes.count(code) > 1), "")
    if twice:
        return f"Account {twice} is in two pools; leave it in one."
    empty = next((pool.name for pool in pools if not pool.accounts), "")
    return f"Choose the accounts of '{empty}'." if empty else ""


def open_cost_allocation(session: Session, parent: QWidget) -> None:
    """Read the pools of the book, ask, and save."""
    from core.usecases.cost_pools import list_pools

    def show(pools: list[CostPool]) -> None:
        if session.figures is None:
            return
        dialog = CostAllocationDialog(session, session.figures, pools, parent)
        dialog.accepted.connect(lambda: save_allocation(session, dialog.pools()))
        dialog.open()

    session.run(lambda book, _progress: list_pools(book), show, title="Reading the cost pools")


def save_allocation(session: Session, pools: Sequence[CostPool]) -> None:
    """Keep the pools; every figure of cost to serve follows."""
    from core.usecases.cost_pools import save_pools

    def done(_nothing: object) -> None:
        words = "Cost to serve and net contribution are worked out again."
        session.post_message(InlineMessage("success", "Cost allocation saved.", words))

    session.run(
        lambda book, _progress: save_pools(book, pools),
        done,
        title="Saving the cost pools",
        changes_book=True,
        cancellable=False,
    )
