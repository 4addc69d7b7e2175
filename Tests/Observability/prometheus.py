"""What the tests ask of Prometheus and Alertmanager."""

import http.client
import json
import os
import time
import urllib.parse
import urllib.request

# Multiplies how long everything is waited for: a slow machine needs more.
PATIENCE = float(os.environ.get("SOUK_TEST_PATIENCE", "1"))


def get(url: str):
    with urllib.request.urlopen(url, timeout=10 * PATIENCE) as answer:
        return json.load(answer)


class Prometheus:
    """A Prometheus server."""

    def __init__(self, url: str):
        self.url = url

    def query(self, expression: str) -> list[tuple[dict, float]]:
        """The series of an instant query, NaN left out: a picture shows nothing there either."""
        answer = get(f"{self.url}/api/v1/query?{urllib.parse.urlencode({'query': expression})}")
        data = answer["data"]
        rows = [({}, data["result"])] if data["resultType"] == "scalar" else [(row["metric"], row["value"]) for row in data["result"]]
        return [(labels, float(value[1])) for labels, value in rows if value[1] != "NaN"]

    def firing(self) -> list[dict]:
        """The labels of every alert that fires now."""
        return [alert["labels"] for alert in get(f"{self.url}/api/v1/alerts")["data"]["alerts"] if alert["state"] == "firing"]

    def rules(self) -> list[dict]:
        """All rules, with their health."""
        return [rule for group in get(f"{self.url}/api/v1/rules")["data"]["groups"] for rule in group["rules"]]

    def targets(self) -> list[dict]:
        """Everything that is scraped."""
        return get(f"{self.url}/api/v1/targets?state=active")["data"]["activeTargets"]


def matches(wanted: dict, labels: dict) -> bool:
    """Whether an alert has all labels that are wanted; a value that ends with * is a beginning."""
    return all(
        labels.get(name, "").startswith(value[:-1]) if value.endswith("*") else labels.get(name) == value for name, value in wanted.items()
    )


def until(what: str, bound: float, condition):
    """Polls until the condition holds something true, and returns it. Who does not answer is asked again."""
    bound *= PATIENCE
    end = time.monotonic() + bound
    while True:
        failure = None
        try:
            found = condition()
            if found:
                return found
        except (OSError, http.client.HTTPException, json.JSONDecodeError) as error:
            failure = error
        if time.monotonic() > end:
            raise AssertionError(f"{what}: not within {bound:.0f} s" + (f" ({failure!r})" if failure else ""))
        time.sleep(0.25)
