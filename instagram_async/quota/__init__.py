"""The quota: what may be sent in any window of time, and the gate that keeps to it."""

from instagram_async.quota.policy import Quota as Quota
from instagram_async.quota.policy import ServerQuota as ServerQuota
from instagram_async.quota.semaphore import RateLimitSemaphore as RateLimitSemaphore
from instagram_async.quota.store import MemoryStore as MemoryStore
from instagram_async.quota.window import WindowSpec as WindowSpec
