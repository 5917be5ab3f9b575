"""What the people of a seeded world say, and where they say it."""

from __future__ import annotations

CAPTIONS = (
    "Morning light over the harbour",
    "no filter needed 😎👌",
    "Дождь весь день ☔️",
    "散歩の途中で見つけた",
    'she said: "don\'t" / he did & laughed',
    "مساء الخير من الجبل",
    "two lines,\none picture",
    "family 👨‍👩‍👧‍👦 at the lake 🇨🇭",
)
COMMENTS = (
    "lovely!", "where is this?", "😍😍😍", "ça alors", "как красиво", "いいね",
    "+1 / count me in", "@you <3 & more",
)  # fmt: skip
TAGS = (
    "snow", "harbour", "nofilter", "café", "снег", "夕焼け", "straße", "한국", "tbt", "100days",
    "☀️", "über_all",
)  # fmt: skip
FILTERS = ("Normal", "Clarendon", "Juno", "Lark", "Valencia", "X-Pro II", "Ludwig")
PLACES = (
    ("Harbour Steps", 47.6077, -122.3394),
    ("Кафе Мост", 59.9386, 30.3141),
    ("Equator Line", 0.0, -78.4558),
    ("温泉 3", 36.7333, 138.4627),
    ('Lago/Lake "Süd"', -39.3333, -72.0833),
)
