"""What makes a page one for everybody: axe-core's rules, and some that it cannot judge."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# WCAG 2.2 at levels A and AA, and what axe-core's authors call best practice.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_axe = Axe()


def axe_faults(page: Page) -> list[str]:
    """Each broken rule with the places where it is broken."""
    results = _axe.run(page, options={"runOnly": {"type": "tag", "values": TAGS}}).response
    return [
        f"{page.url}: {violation['id']} ({violation['impact']}): {violation['help']}\n    "
        + "\n    ".join(f"{' '.join(map(str, node['target']))}: {node['failureSummary']}" for node in violation["nodes"])
        for violation in results["violations"]
    ]


def own_faults(page: Page) -> list[str]:
    """One main heading, a title of its own, nothing wider than the screen, no motion for those who want none."""
    faults = []
    if page.locator("h1").count() != 1:
        faults.append(f"has {page.locator('h1').count()} main headings")
    if not page.title().strip():
        faults.append("has no title")
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if wide > 0:
        culprits = page.evaluate(
            """() => [...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right
               > document.documentElement.clientWidth + 1).slice(0, 5).map((e) => e.outerHTML.slice(0, 120))"""
        )
        faults.append(f"is {wide} pixels wider than the screen: {culprits}")
    if page.evaluate("matchMedia('(prefers-reduced-motion: reduce)').matches"):
        moving = page.evaluate("document.getAnimations().filter((a) => a.playState === 'running').length")
        if moving:
            faults.append(f"moves {moving} things for somebody who wants no motion")
    return [f"{page.url}: {fault}" for fault in faults]
