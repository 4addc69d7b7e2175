#!/usr/bin/env python3
"""Fills an empty shop with the products of a JSON file through the public API, as staff would.

Products that are there already stay as they are: running it twice is harmless.
usage: SOUK_SHOP=.souk/shop.json seed.py catalogue.json
"""

import json
import os
import sys
import time
import urllib.error
import urllib.request

PATIENCE_SECONDS = 120


def call(url: str, body: dict | None = None, token: str | None = None) -> tuple[int, dict]:
    """One request; a shop that is not quite open yet (503, 502, 504, no connection) is asked again for a while."""
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    data = None if body is None else json.dumps(body).encode()
    end = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            with urllib.request.urlopen(urllib.request.Request(url, data, headers), timeout=40) as answer:
                return answer.status, json.loads(answer.read() or b"{}")
        except urllib.error.HTTPError as error:
            text = error.read()
            if error.code not in (429, 502, 503, 504) or time.monotonic() > end:
                return error.code, {"answer": text.decode(errors="replace")}
        except OSError as error:
            if time.monotonic() > end:
                sys.exit(f"{url} cannot be reached: {error}")
        time.sleep(0.5)


def main() -> None:
    with open(os.environ["SOUK_SHOP"], encoding="utf-8") as file:
        shop = json.load(file)
    with open(sys.argv[1], encoding="utf-8") as file:
        products = json.load(file)["products"]
    status, session = call(shop["url"] + "/v1/sessions", shop["staff"])
    if status != 201:
        sys.exit(f"The staff login failed with {status}: {session}")
    created = 0
    for product in products:
        status, answer = call(shop["url"] + "/v1/products", product, session["access_token"])
        if status == 201:
            created += 1
        elif status != 409:
            sys.exit(f"{product['sku']} was answered {status}: {answer}")
    print(f"        {created} products added, {len(products) - created} were there")


main()
