"""Every file that the web channel serves, by address."""

from __future__ import annotations

from pathlib import Path

from img_pathway.channels.pages import FOREVER, HOST_POLICY, REVALIDATE, SHORTLY, Page, app_policy, filled, folder, page
from img_pathway.dialogue.organization import Organization


class Site:
    """The widget's loader, app and assets, and the demonstration page."""

    def __init__(self, widget: Path, frame_ancestors: str, keep_days: int) -> None:
        """Serve the folder `widget`, for sites named as in the header frame-ancestors."""
        self._widget, self._ancestors, self._keep_days = widget, frame_ancestors, keep_days
        self._organization: Organization | None = None
        self._pages: dict[str, Page] = {}
        self._template = ""

    def find(self, path: str, organization: Organization) -> Page | None:
        """The file at an address, if there is one."""
        if not self._pages:
            self._pages = self._read()
        if organization != self._organization:
            app = filled(self._template, self._values(organization)).encode()
            self._pages["/chat/"] = page("chat.html", app, REVALIDATE, app_policy(self._ancestors))
            self._organization = organization
        return self._pages.get(path)

    def _read(self) -> dict[str, Page]:
        """Read all files but the app's page, which names the organization."""
        built, demo = self._widget / "dist", self._widget / "demo"
        self._template = (built / "chat.html").read_text(encoding="utf-8")
        shown = folder(demo, REVALIDATE, HOST_POLICY)
        return {
            # The host page may be any site; only the app needs a policy of its own.
            "/widget.js": page("widget.js", (built / "widget.js").read_bytes(), SHORTLY),
            **{f"/chat/assets/{name}": file for name, file in folder(built / "assets", FOREVER).items()},
            **{f"/demo/{name}": file for name, file in shown.items()},
            "/demo/": shown["index.html"],
        }

    def _values(self, organization: Organization) -> dict[str, str]:
        contact = organization.contact
        return {
            "bot_name": organization.bot_name,
            "organization": organization.name,
            "email": contact.email,
            "phone": contact.phone,
            "hours": contact.hours,
            "contact_page": str(contact.page),
            "apply_link": str(organization.apply_link),
            "privacy_link": str(organization.privacy_link),
            "keep_days": str(self._keep_days),
            "example": str(organization.example).lower(),
        }
