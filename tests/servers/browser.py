"""A real Chromium: `browser` for the session, `context` and `page` for each test; a failed test leaves a picture and a trace.

Tests that use them run in the session's event loop, for that is where the browser lives; all others keep a loop of their own.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import playwright
import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, async_playwright

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FIXTURES = {"browser", "context", "page", "new_context"}
PICTURES = Path("var/e2e")


def find() -> str | None:
    """CHROMIUM given, then the system's, then what Playwright downloaded earlier."""
    if given := os.environ.get("CHROMIUM"):
        return given
    for name in NAMES:
        if found := shutil.which(name):
            return found
    return downloaded()


def downloaded() -> str | None:
    caches = [os.environ.get("PLAYWRIGHT_BROWSERS_PATH"), "~/.cache/ms-playwright", "~/Library/Caches/ms-playwright"]
    for cache in filter(None, caches):
        for pattern in ("chromium*/*/*headless*shell", "chromium-*/*/chrome", "chromium-*/*/Chromium.app/Contents/MacOS/Chromium"):
            for found in sorted(Path(cache).expanduser().glob(pattern), reverse=True):
                return str(found)
    return None


def driver_starts() -> bool:
    """Playwright's own Node wants libatomic, which a bare Debian has not."""
    node = Path(playwright.__file__).parent / "driver" / "node"
    return not node.exists() or subprocess.run([node, "--version"], check=False, capture_output=True).returncode == 0


def prepare() -> str | None:
    """Brings what is missing and says so: as root on a Debian its packages, elsewhere Playwright's download. Answers what is left to do."""
    packages = [name for name, there in (("libatomic1", driver_starts()), ("chromium-headless-shell", find())) if not there]
    if packages and os.geteuid() == 0 and shutil.which("apt-get"):
        apt_get(packages)
    if find() is None and driver_starts():
        print("Installing Chromium: playwright install chromium", file=sys.stderr, flush=True)
        command = [sys.executable, "-m", "playwright", "install", "chromium", "--only-shell"]
        subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return None if find() and driver_starts() else MISSING


def apt_get(packages: list[str]) -> None:
    print(f"Installing {' and '.join(packages)}: apt-get install", file=sys.stderr, flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update", "-qq"], ["install", "-qq", "-y", "--no-install-recommends", *packages]):
        subprocess.run(["apt-get", *command], env=environment, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


MISSING = (
    "The browser tests need a Chromium. Debian: sudo apt-get install chromium libatomic1; "
    "elsewhere: .venv/bin/playwright install --with-deps chromium; or name one: CHROMIUM=/path"
)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest.fixture(scope="session")
def chromium() -> str:
    if problem := prepare():
        pytest.fail(problem, pytrace=False)
    return str(find())


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser(chromium: str) -> AsyncIterator[Browser]:
    async with async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=chromium, args=["--disable-quic"])
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def new_context(browser: Browser, request: pytest.FixtureRequest) -> AsyncIterator:
    """`await new_context(**options)` as often as there are people in the test; options as for Playwright's."""
    contexts: list[BrowserContext] = []

    async def make(**options) -> BrowserContext:
        context = await browser.new_context(**options)
        context.set_default_timeout(10_000)
        await context.tracing.start(screenshots=True, snapshots=True)
        contexts.append(context)
        return context

    yield make
    report = request.node.stash.get(CALL, None)
    for number, context in enumerate(contexts):
        await keep(context, f"{slug(request.node)}-{number}") if report and report.failed else await context.tracing.stop()
        await context.close()


@pytest_asyncio.fixture(loop_scope="session")
async def context(new_context) -> BrowserContext:
    return await new_context()


@pytest_asyncio.fixture(loop_scope="session")
async def page(context: BrowserContext) -> Page:
    return await context.new_page()


CALL: pytest.StashKey[pytest.TestReport] = pytest.StashKey()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo):
    report = yield
    if report.when == "call":
        item.stash[CALL] = report
    return report


def slug(item: pytest.Item) -> str:
    return re.sub(r"[^a-z0-9]+", "-", item.name.lower())[:80]


async def keep(context: BrowserContext, name: str) -> None:
    """Look at the trace with: .venv/bin/playwright show-trace var/e2e/<name>.zip"""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for number, page in enumerate(context.pages):
        await page.screenshot(path=PICTURES / f"{name}-{number}.png", full_page=True)
    await context.tracing.stop(path=PICTURES / f"{name}.zip")
