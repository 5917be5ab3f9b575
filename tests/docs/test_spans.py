"""The recipe that turns hooks into spans, with the real OpenTelemetry SDK."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from opentelemetry import trace
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from instagram_async import Client, Hooks, NotFoundError, Retry
from instagram_async.server import Fault, LocalInstagram
from tests.support.snippets import snippets

(RECIPE,) = [one.code for one in snippets() if "SpanKind" in one.code]
DEFINITIONS = RECIPE.partition("async with")[0]


@pytest.fixture
def exporter(monkeypatch: pytest.MonkeyPatch) -> InMemorySpanExporter:
    """Where the spans of the recipe end up."""
    exporter, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    monkeypatch.setattr(trace, "get_tracer", provider.get_tracer)
    return exporter


def test_the_recipe_is_short() -> None:
    lines = [line for line in RECIPE.splitlines() if line.strip()]
    assert len(lines) <= 24  # four of which make a client


async def test_every_attempt_is_a_span(exporter: InMemorySpanExporter) -> None:
    recipe: dict[str, Any] = {}
    exec(DEFINITIONS, recipe)
    hooks = Hooks(on_request=recipe["begin"], on_response=recipe["end"])
    async with LocalInstagram() as server:
        token = server.access_token()
        retry = Retry(attempts=2, base=0.001)
        async with Client(token, base_url=server.base_url, hooks=hooks, retry=retry) as client:
            server.faults.add(Fault("status", status=503), Fault("close_before", after=1))
            await client.user()
            server.faults.clear()
            with pytest.raises(NotFoundError):
                await client.user("404")
            await asyncio.gather(*[client.user() for _ in range(10)])
            server.faults.add(Fault("stall"))
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.1):
                    await client.user()
    spans = exporter.get_finished_spans()
    assert recipe["spans"] == {}
    assert {span.name for span in spans} == {"GET users/{id}"}
    failed = [(code(span), span.status.description) for span in spans if not span.status.is_ok]
    assert failed == [(503, "ServerError"), (400, "NotFoundError")]
    assert [code(span) for span in spans].count(200) == 11
    assert code(spans[-1]) == 0
    assert token not in repr([(span.name, span.attributes, span.events) for span in spans])


def code(span: ReadableSpan) -> object:
    return (span.attributes or {})["http.response.status_code"]
