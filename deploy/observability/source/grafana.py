"""Grafana's dashboards as small Python values: what they show stands in dashboards/, how JSON says it stands here."""

from dataclasses import dataclass, field

DATASOURCE = {"type": "prometheus", "uid": "${datasource}"}
WIDTH = 24
GREEN, YELLOW, RED = "green", "yellow", "red"


@dataclass(frozen=True)
class Query:
    """One PromQL expression and the name of its series."""

    expression: str
    legend: str = ""


@dataclass(frozen=True)
class Panel:
    """One picture. `warn` and `bad` are the bounds where it turns yellow and red; `bad` below `warn` means low is bad."""

    kind: str
    title: str
    queries: list[Query]
    unit: str = "short"
    help: str = ""
    width: int = 8
    height: int = 8
    warn: float | None = None
    bad: float | None = None
    stacked: bool = False
    decimals: int | None = None
    maximum: float | None = None
    columns: dict[str, str] = field(default_factory=dict)
    mappings: dict[str, tuple[str, str]] = field(default_factory=dict)

    def json(self, number: int, x: int, y: int) -> dict:
        """The panel at a place."""
        return {
            "id": number,
            "type": self.kind,
            "title": self.title,
            "description": self.help,
            "datasource": DATASOURCE,
            "gridPos": {"x": x, "y": y, "w": self.width, "h": self.height},
            "targets": [self._target(index, query) for index, query in enumerate(self.queries)],
            "fieldConfig": {"defaults": self._defaults(), "overrides": []},
            **_OPTIONS[self.kind](self),
        }

    def _target(self, index: int, query: Query) -> dict:
        target = {"refId": chr(ord("A") + index), "datasource": DATASOURCE, "expr": query.expression, "legendFormat": query.legend}
        if self.kind == "table":
            target |= {"format": "table", "instant": True, "range": False}
        elif self.kind in ("stat", "bargauge", "gauge"):
            target |= {"instant": False, "range": True}
        if self.kind == "heatmap":
            target["format"] = "heatmap"
        return target

    def _defaults(self) -> dict:
        defaults: dict = {"unit": self.unit, "min": 0, "noValue": "–", "thresholds": self._thresholds()}
        if self.maximum is not None:
            defaults["max"] = self.maximum
        if self.decimals is not None:
            defaults["decimals"] = self.decimals
        if self.mappings:
            options = {key: {"text": text, "color": color, "index": index} for index, (key, (text, color)) in enumerate(self.mappings.items())}
            defaults["mappings"] = [{"type": "value", "options": options}]
        if self.kind == "timeseries":
            has_bounds = self.warn is not None or self.bad is not None
            defaults["color"] = {"mode": "palette-classic"}
            defaults["custom"] = {
                "drawStyle": "line",
                "lineWidth": 1,
                "fillOpacity": 25 if self.stacked else 8,
                "showPoints": "never",
                "spanNulls": False,
                "stacking": {"mode": "normal" if self.stacked else "none", "group": "A"},
                "thresholdsStyle": {"mode": "dashed" if has_bounds else "off"},
            }
        elif self.kind in ("stat", "bargauge", "gauge"):
            defaults["color"] = {"mode": "thresholds"}
        return defaults

    def _thresholds(self) -> dict:
        low_is_bad = self.warn is not None and self.bad is not None and self.bad < self.warn
        steps = [{"color": RED if low_is_bad else GREEN, "value": None}]
        if low_is_bad:
            steps += [{"color": YELLOW, "value": self.bad}, {"color": GREEN, "value": self.warn}]
        else:
            if self.warn is not None:
                steps.append({"color": YELLOW, "value": self.warn})
            if self.bad is not None:
                steps.append({"color": RED, "value": self.bad})
        return {"mode": "absolute", "steps": steps}


def _timeseries(panel: Panel) -> dict:
    legend = {"displayMode": "table", "placement": "bottom", "calcs": ["lastNotNull", "max"], "showLegend": True}
    return {"options": {"legend": legend, "tooltip": {"mode": "multi", "sort": "desc"}}}


def _single(panel: Panel) -> dict:
    reduce = {"calcs": ["lastNotNull"], "fields": "", "values": False}
    return {"options": {"reduceOptions": reduce, "colorMode": "value", "graphMode": "area", "textMode": "auto", "justifyMode": "auto"}}


def _bars(panel: Panel) -> dict:
    reduce = {"calcs": ["lastNotNull"], "fields": "", "values": False}
    return {"options": {"reduceOptions": reduce, "orientation": "horizontal", "displayMode": "basic", "showUnfilled": True}}


def _heatmap(panel: Panel) -> dict:
    return {
        "options": {
            "calculate": False,
            "color": {"mode": "scheme", "scheme": "Oranges", "steps": 64},
            "yAxis": {"unit": panel.unit},
            "tooltip": {"show": True, "yHistogram": False},
            "legend": {"show": True},
        }
    }


def _table(panel: Panel) -> dict:
    hidden = {"Time": True, "__name__": True, "job": True, "Value": "Value" not in panel.columns}
    return {
        "options": {"showHeader": True},
        "transformations": [
            {"id": "organize", "options": {"excludeByName": hidden, "renameByName": panel.columns}},
        ],
    }


_OPTIONS = {"timeseries": _timeseries, "stat": _single, "gauge": _single, "bargauge": _bars, "heatmap": _heatmap, "table": _table}


def lines(title: str, unit: str, *queries: tuple[str, str], **more) -> Panel:
    """Series over time; each query is an expression and a legend."""
    return Panel("timeseries", title, [Query(*query) for query in queries], unit, **more)


def number(title: str, unit: str, expression: str, **more) -> Panel:
    """One number, with its past as a shade behind it."""
    return Panel("stat", title, [Query(expression)], unit, **({"width": 4, "height": 4} | more))


def numbers(title: str, unit: str, expression: str, legend: str, **more) -> Panel:
    """One number for each series."""
    return Panel("stat", title, [Query(expression, legend)], unit, **({"width": 8, "height": 4} | more))


def bars(title: str, unit: str, expression: str, legend: str, **more) -> Panel:
    """One bar for each series, now."""
    return Panel("bargauge", title, [Query(expression, legend)], unit, **more)


def heat(title: str, unit: str, expression: str, **more) -> Panel:
    """The buckets of a histogram over time."""
    return Panel("heatmap", title, [Query(expression, "{{le}}")], unit, **more)


def table(title: str, expression: str, columns: dict[str, str], **more) -> Panel:
    """The labels of what there is now, as rows."""
    return Panel("table", title, [Query(expression)], columns=columns, **more)


def variable(name: str, label: str, query: str) -> dict:
    """A choice above the dashboard, filled by a query; everything is chosen at first."""
    return {
        "name": name,
        "label": label,
        "type": "query",
        "datasource": DATASOURCE,
        "query": {"query": query, "refId": name},
        "definition": query,
        "refresh": 2,
        "sort": 1,
        "multi": True,
        "includeAll": True,
        "allValue": ".*",
        "current": {"selected": True, "text": ["All"], "value": ["$__all"]},
    }


SERVICE = variable("service", "Service", 'label_values(up{job="services"}, service)')
INSTANCE = variable("instance", "Instance", 'label_values(up{job="services", service=~"$service"}, instance)')


@dataclass(frozen=True)
class Dashboard:
    """Rows of panels under one title."""

    uid: str
    title: str
    description: str
    rows: list[tuple[str, list[Panel]]]
    variables: list[dict] = field(default_factory=list)

    def json(self, docs: str) -> dict:
        """The dashboard as Grafana reads it from a file."""
        datasource = {
            "name": "datasource", "label": "Data source", "type": "datasource", "query": "prometheus",
            "current": {"text": "Prometheus", "value": "prometheus"}, "hide": 0,
        }
        return {
            "uid": self.uid,
            "title": self.title,
            "description": self.description,
            "tags": ["souk"],
            "timezone": "browser",
            "schemaVersion": 38,
            "version": 1,
            "editable": True,
            "graphTooltip": 1,
            "refresh": "10s",
            "time": {"from": "now-30m", "to": "now"},
            "links": self._links(docs),
            "templating": {"list": [datasource, *self.variables]},
            "annotations": {"list": [_RESTARTS]},
            "panels": self._panels(docs),
        }

    def _links(self, docs: str) -> list[dict]:
        others = {"title": "Souk", "type": "dashboards", "tags": ["souk"], "asDropdown": True, "includeVars": True, "keepTime": True}
        if "://" not in docs:
            return [others]
        return [others, {"title": "Monitoring", "type": "link", "icon": "doc", "url": f"{docs}/monitoring.md", "targetBlank": True}]

    def _panels(self, docs: str) -> list[dict]:
        panels: list[dict] = []
        y = 0
        for title, row in self.rows:
            panels.append({
                "id": len(panels) + 1, "type": "row", "title": title, "collapsed": False, "panels": [],
                "gridPos": {"x": 0, "y": y, "w": WIDTH, "h": 1},
            })
            y += 1
            x = height = 0
            for panel in row:
                if x + panel.width > WIDTH:
                    x, y, height = 0, y + height, 0
                panels.append(panel.json(len(panels) + 1, x, y))
                x += panel.width
                height = max(height, panel.height)
            y += height
        text = f"{self.description} Read {docs}/monitoring.md for the idea and {docs}/alerts.md for what to do when an alert fires."
        panels.append({
            "id": len(panels) + 1, "type": "text", "title": "", "transparent": True,
            "gridPos": {"x": 0, "y": y, "w": WIDTH, "h": 2},
            "options": {"mode": "markdown", "content": text},
        })
        return panels


_RESTARTS = {
    "name": "Starts of processes",
    "datasource": DATASOURCE,
    "enable": True,
    "iconColor": "purple",
    "expr": "changes(process_start_time_seconds[$__interval]) > 0",
    "titleFormat": "{{instance}} started",
}
