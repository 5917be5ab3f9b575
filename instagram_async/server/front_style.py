"""The style of the front page, beyond what all pages share."""

from __future__ import annotations

CSS = """
main { max-width: 84rem; }
header { margin-bottom: 1.25rem; }
header p { margin: 0; }
.columns { display: grid; gap: 1.25rem; grid-template-columns: minmax(0, 1fr); }
.columns > * { display: grid; gap: 1.25rem; align-content: start; min-width: 0; }
@media (min-width: 62rem) { .columns { grid-template-columns: minmax(0, 5fr) minmax(0, 4fr); } }
.card { padding: 1rem 1.25rem; min-width: 0; }
article { display: grid; grid-template-columns: auto minmax(0, 1fr) auto; gap: 0 .9rem;
  align-items: center; }
.face { border-radius: 50%; display: block; }
.who h2 { margin: 0; line-height: 1.25; }
.counts { margin: 0; text-align: right; max-width: 18rem; }
.bio { grid-column: 1 / -1; margin: .6rem 0 0; }
.bio:empty { display: none; }
.grid { grid-column: 1 / -1; display: grid; gap: 4px; margin-top: .75rem;
  grid-template-columns: repeat(6, minmax(0, 1fr)); }
.grid p { grid-column: 1 / -1; margin: 0; }
.grid img { display: block; width: 100%; height: auto; border-radius: 4px; }
.grid a:hover img, .grid a:focus-visible img { filter: brightness(1.12); }
@media (max-width: 34rem) { .grid { grid-template-columns: repeat(4, minmax(0, 1fr)); }
  .counts { grid-column: 1 / -1; text-align: left; max-width: none; } }
pre { margin: .2rem 0 .8rem; padding: .6rem .8rem; border-radius: 8px; background: var(--back);
  white-space: pre-wrap; word-break: break-all; user-select: all; }
pre, code { font: .82rem/1.5 ui-monospace, "SF Mono", "DejaVu Sans Mono", monospace; }
aside p { margin: 0; }
table { width: 100%; border-collapse: collapse; font-size: .85rem;
  font-variant-numeric: tabular-nums; margin-top: .4rem; }
th { text-align: left; font-weight: 500; color: var(--soft); }
th, td { padding: .25rem .6rem .25rem 0; vertical-align: top; white-space: nowrap;
  border-top: 1px solid var(--line); }
thead th { border: 0; }
td .soft { font-size: inherit; white-space: nowrap; }
.log td:last-child, .log th:last-child { text-align: right; padding-right: 0; }
.asked { width: 100%; white-space: normal; word-break: break-word; }
.asked b { font-weight: 600; }
td[class^=s] { font-weight: 600; }
.s2 { color: #1a7f4b; } .s3 { color: var(--accent); } .s4 { color: #b25a00; }
.s5 { color: #c8273a; } .s { color: var(--soft); }
@media (prefers-color-scheme: dark) { .s2 { color: #58c98b; } .s4 { color: #eba14f; }
  .s5 { color: #ff7b88; } }
"""
