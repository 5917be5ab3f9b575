"""The only file that knows pyarrow, which has no types: columns as a Parquet file, and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import IO, Any

from instagram_async.bulk.columns import Table
from instagram_async.bulk.errors import SinkError
from instagram_async.bulk.sink import Row
from instagram_async.bulk.wire import from_json

try:
    import pyarrow as pa  # type: ignore[import-untyped]
    from pyarrow import parquet  # pyright: ignore[reportMissingTypeStubs]
except ImportError as error:
    raise ImportError("ParquetSink needs the extra 'parquet' of instagram-async") from error

_pa: Any = pa
_parquet: Any = parquet
_LEDGER = "the ledger"
_GROUP = 10_000  # rows of a row group, which is held while it is written or read
_BATCH = 500  # rows that are held as objects


def write(file: IO[bytes], table: Table, rows: Iterable[tuple[str, str, str]]) -> None:
    """Write a whole Parquet file.

    Args:
        file: an empty one.
        table: of the kind of its items.
        rows: listing, identity, and the item as JSON; taken as they are needed.
    """
    schema = _schema(table)
    left = iter(rows)
    with _parquet.ParquetWriter(file, schema, compression="zstd") as writer:
        while batches := list(_batches(table, schema, islice(left, _GROUP))):
            writer.write_table(_pa.Table.from_batches(batches), row_group_size=_GROUP)


def read(path: Path, table: Table) -> Iterator[Row]:
    """Read a file back, a few rows at a time.

    Raises:
        SinkError: it is no file of the sink.
    """
    number = 0
    try:
        with _parquet.ParquetFile(path) as file:
            if file.schema_arrow.names != list(table.names):
                raise SinkError(f"{path} has other columns")
            for batch in file.iter_batches(_BATCH, columns=["listing", "identity", "json"]):
                for listing, identity, text in zip(*batch.to_pydict().values(), strict=True):
                    number += 1
                    item = from_json(text, table.kind, path, "row", number)
                    yield Row(listing, identity, item)
    except (_pa.ArrowException, OSError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        raise SinkError(f"{path}: row {number + 1}: {error}") from error


def _schema(table: Table) -> Any:
    text = _pa.string()
    types: dict[type[Any], Any] = {
        str: text,
        int: _pa.int64(),
        float: _pa.float64(),
        bool: _pa.bool_(),
        datetime: _pa.timestamp("us", tz="UTC"),
        tuple: _pa.list_(text),
    }
    columns = [_pa.field(column.name, types[column.type]) for column in table.columns]
    keys = [_pa.field(name, text, nullable=False) for name in ("listing", "identity")]
    return _pa.schema([*keys, *columns, _pa.field("json", text, nullable=False)])


def _batches(table: Table, schema: Any, rows: Iterator[tuple[str, str, str]]) -> Iterator[Any]:
    while some := list(islice(rows, _BATCH)):
        flat = [
            (listing, identity, *table.values(from_json(text, table.kind, _LEDGER)), text)
            for listing, identity, text in some
        ]
        columns = zip(*flat, strict=True)
        arrays = [_pa.array(held, field.type) for held, field in zip(columns, schema, strict=True)]
        yield _pa.RecordBatch.from_arrays(arrays, schema=schema)
