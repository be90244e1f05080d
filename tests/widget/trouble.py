"""A server that is in trouble, in front of the real one."""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import Route

# More than the client waits for by itself, so that it hands the matter to the person at once.
LONG_PAUSE = {"Retry-After": "300"}


@dataclass
class Refusing:
    """Refuses the first requests, and lets those through that come later."""

    status: int = 503
    times: int = 1
    headers: dict[str, str] = field(default_factory=lambda: LONG_PAUSE)
    asked: int = 0

    def __call__(self, route: Route) -> None:
        self.asked += 1
        if self.asked <= self.times:
            error = {"error": {"code": "unavailable", "message": "Not now."}}
            route.fulfill(status=self.status, headers=self.headers, json=error)
        else:
            route.continue_()
