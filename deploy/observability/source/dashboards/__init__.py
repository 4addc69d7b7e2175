"""The dashboards, in the order in which one looks at them."""

from dashboards import data, events, resilience, runtime, services, shop

ALL = [shop.DASHBOARD, services.DASHBOARD, data.DASHBOARD, events.DASHBOARD, resilience.DASHBOARD, runtime.DASHBOARD]
