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

    def find(self, path: str, organization: Organization) -> Page | None:
        """The file at an address, if there is one."""
        if organization != self._organization:
            self._prepare(organization)
            self._organization = organization
        return self._pages.get(path)

    def _prepare(self, organization: Organization) -> None:
        """Read all files, and put the organization's names into the app's page."""
        built, demo = self._widget / "dist", self._widget / "demo"
        template = (built / "chat.html").read_text(encoding="utf-8")
        app = filled(template, self._values(organization)).encode()
        # The host page may be any site; only the app needs a policy of its own.
        self._pages["/widget.js"] = page("widget.js", (built / "widget.js").read_bytes(), SHORTLY)
        self._pages["/chat/"] = page("chat.html", app, REVALIDATE, app_policy(self._ancestors))
        self._pages |= {f"/chat/assets/{name}": file for name, file in folder(built / "assets", FOREVER).items()}
        shown = folder(demo, REVALIDATE, HOST_POLICY)
        self._pages |= {f"/demo/{name}": file for name, file in shown.items()}
        self._pages["/demo/"] = shown["index.html"]

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
