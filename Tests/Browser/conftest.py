"""A browser for the whole run, and people who use it."""

import os
import pathlib
import shutil

import pytest
from people import PATIENCE, SCREENS, Shop, Visitor
from playwright.sync_api import expect, sync_playwright

expect.set_options(timeout=PATIENCE)

ROOT = pathlib.Path(__file__).resolve().parents[2]


def chromium() -> str:
    """Debian's browser, or the one that SOUK_CHROMIUM names."""
    path = os.environ.get("SOUK_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    return path or pytest.exit("There is no chromium. On Debian: apt-get install chromium", returncode=2)


@pytest.fixture(scope="session")
def shop() -> Shop:
    return Shop.load(os.environ.get("SOUK_SHOP", str(ROOT / ".souk" / "shop.json")))


@pytest.fixture(scope="session")
def shots() -> pathlib.Path:
    folder = pathlib.Path(os.environ.get("SOUK_SCREENSHOTS", str(ROOT / ".souk" / "screenshots")))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        # Only pages of our own are opened, and root has no sandbox.
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield browser
        browser.close()


@pytest.fixture(params=list(SCREENS))
def screen(request) -> str:
    return request.param


@pytest.fixture
def visit(browser, shop, shots, request):
    """Makes visitors: visit("phone"), visit("desk", java_script_enabled=False). None of them may hear a complaint."""
    visitors: list[Visitor] = []
    request.node.visitors = visitors

    def make(screen: str = "desk", **options) -> Visitor:
        visitors.append(Visitor(browser, shop, shots, **(SCREENS[screen] | options)))
        return visitors[-1]

    yield make
    complaints = [complaint for visitor in visitors for complaint in visitor.complaints]
    for visitor in visitors:
        visitor.close()
    assert not complaints, "the browser complained:\n" + "\n".join(complaints)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """What a failed test saw last is kept as a picture."""
    report = (yield).get_result()
    if report.when == "call" and report.failed:
        for index, visitor in enumerate(getattr(item, "visitors", [])):
            folder = visitor.shots / "failed"
            folder.mkdir(exist_ok=True)
            visitor.page.screenshot(path=folder / f"{item.name}-{index}.png", full_page=True)
