"""Many listings or objects at once, under one quota and in bounded memory."""

from instagram_async.bulk.account import JobReport as JobReport
from instagram_async.bulk.csv_sink import CSVSink as CSVSink
from instagram_async.bulk.downloaded import Downloaded as Downloaded
from instagram_async.bulk.downloaded import download as download
from instagram_async.bulk.errors import LedgerError as LedgerError
from instagram_async.bulk.errors import SinkError as SinkError
from instagram_async.bulk.failures import Failure as Failure
from instagram_async.bulk.fetched import Fetched as Fetched
from instagram_async.bulk.fetched import FetchReport as FetchReport
from instagram_async.bulk.fetched import fetch as fetch
from instagram_async.bulk.job import Job as Job
from instagram_async.bulk.jsonlines import JSONLinesSink as JSONLinesSink
from instagram_async.bulk.merged import Merged as Merged
from instagram_async.bulk.merged import MergeReport as MergeReport
from instagram_async.bulk.merged import merge as merge
from instagram_async.bulk.parquet_sink import ParquetSink as ParquetSink
from instagram_async.bulk.progress import Progress as Progress
from instagram_async.bulk.sink import Row as Row
from instagram_async.bulk.sink import Sink as Sink
from instagram_async.bulk.sqlite_sink import SQLiteSink as SQLiteSink
