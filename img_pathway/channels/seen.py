"""Which messages of platforms came before; platforms send again what they think was lost."""

from __future__ import annotations

from collections import OrderedDict

from img_pathway.channels.together import Apart, Together

# Platforms give up sending again within a day, most of them far sooner.
_SECONDS = 86_400


class Seen:
    """Names of the last messages; the oldest are forgotten first."""

    def __init__(self, together: Together, most: int = 20_000) -> None:
        """Remember so many here, and those of a day with all who share `together`."""
        self._together, self._most = together, most
        self._names: OrderedDict[str, None] = OrderedDict()

    def is_new(self, name: str) -> bool:
        """Whether a message did not come to this process before; from now on it did."""
        if name in self._names:
            return False
        self._names[name] = None
        if len(self._names) > self._most:
            self._names.popitem(last=False)
        return True

    async def is_new_to_all(self, name: str) -> bool:
        """Whether no process has begun with a message; from now on one has. While Redis is away nobody knows: yes."""
        key = f"img-pathway:seen:{name}"
        try:
            return bool(await self._together.ask(lambda redis: redis.set(key, "", nx=True, ex=_SECONDS)))
        except Apart:
            return True
