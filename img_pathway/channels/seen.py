"""Which messages of platforms came before; platforms send again what they think was lost."""

from __future__ import annotations

from collections import OrderedDict


class Seen:
    """Names of the last messages; the oldest are forgotten first."""

    def __init__(self, most: int = 20_000) -> None:
        """Remember so many."""
        self._most = most
        self._names: OrderedDict[str, None] = OrderedDict()

    def is_new(self, name: str) -> bool:
        """Whether a message did not come before; from now on it did."""
        if name in self._names:
            return False
        self._names[name] = None
        if len(self._names) > self._most:
            self._names.popitem(last=False)
        return True
