"""The quota: what may be sent in any window of time, and the gate that keeps to it."""

from instagram_async.quota.belief import WindowSpec as WindowSpec
from instagram_async.quota.memory import MemoryStore as MemoryStore
from instagram_async.quota.policy import Quota as Quota
from instagram_async.quota.policy import ServerQuota as ServerQuota
from instagram_async.quota.semaphore import RateLimitSemaphore as RateLimitSemaphore
from instagram_async.quota.store import Store as Store
from instagram_async.quota.view import QuotaView as QuotaView
from instagram_async.quota.view import WindowView as WindowView
