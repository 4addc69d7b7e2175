"""A few customers who look around all the time, so that rates and ratios have something to count."""

import threading

from shop import Shop, Shopper


class Traffic:
    """Threads that browse, fill carts and sometimes order. What fails is not their business."""

    def __init__(self, shop: Shop, skus: list[str]):
        self.shop = shop
        self.skus = skus
        self.ended = threading.Event()
        self.orders = threading.Event()
        self.orders.set()
        self.shopper = Shopper(shop)
        self.threads = [threading.Thread(target=work, daemon=True) for work in (self._browse, self._browse, self._shop)]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.ended.set()
        for thread in self.threads:
            thread.join(30)

    def _browse(self) -> None:
        turn = 0
        while not self.ended.wait(0.12):
            turn += 1
            self.shop.call("GET", f"/v1/products/{self.skus[turn % len(self.skus)]}")
            if turn % 5 == 0:
                self.shop.call("GET", "/v1/products?query=lamp")

    def _shop(self) -> None:
        turn = 0
        while not self.ended.wait(0.3):
            turn += 1
            if turn % 5 == 0 and self.orders.is_set():
                self.shopper.order()
            else:
                self.shopper.fill(self.skus[turn % len(self.skus)])
