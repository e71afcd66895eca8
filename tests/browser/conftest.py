"""Chromium in front of the small world: what no test client sees, the policy, the scripts, the keyboard, the width."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from tests.world import NOW, PASSWORD

if TYPE_CHECKING:
    from pytest_django.live_server_helper import LiveServer
    from tests.world import World

CHROMIUM = os.environ.get("GIAOBAN_CHROMIUM", "/usr/bin/chromium")
_ARGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass(slots=True)
class Office:
    """The office in a browser; ``complaints`` holds what console, scripts and policy said against a page."""

    page: Page
    base: str
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        """Open an address of the office."""
        self.page.goto(self.base + path)
        return self.page

    def sign_in(self, username: str) -> Page:
        """Come in through the door as a person would."""
        self.open("/dang-nhap/")
        self.page.get_by_label("Tên đăng nhập").fill(username)
        self.page.get_by_label("Mật khẩu").fill(PASSWORD)
        self.page.get_by_role("button", name="Đăng nhập").click()
        self.page.wait_for_url("**/?don-vi=*")
        return self.page


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for the whole run."""
    # Playwright's loop runs in this thread; Django would take the tests' own queries for asynchronous ones.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=_ARGS)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def visit(
    chromium: Browser, live_server: LiveServer, world: World, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Office]]:
    """Open a window on the office: ``visit(width=360, scripts=False)``."""
    for module in ("giaoban.web.http", "giaoban.web.accounts.door"):
        monkeypatch.setattr(f"{module}.clock", lambda: NOW)
    contexts: list[BrowserContext] = []

    def open_window(*, width: int = 1366, height: int = 768, scripts: bool = True, dark: bool = False) -> Office:
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            java_script_enabled=scripts,
            color_scheme="dark" if dark else "light",
            locale="vi-VN",
        )
        contexts.append(context)
        office = Office(context.new_page(), live_server.url)
        office.page.on(
            "console",
            lambda message: office.complaints.append(message.text) if message.type in ("error", "warning") else None,
        )
        office.page.on("pageerror", lambda error: office.complaints.append(str(error)))
        return office

    yield open_window
    for context in contexts:
        context.close()
