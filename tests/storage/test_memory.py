"""The store in memory keeps the contract."""

import pytest

from sync_server.storage.memory import MemoryStore
from tests.storage.bookshop import COMPANY, SECRET
from tests.storage.contract import StoreContract


class TestMemory(StoreContract):
    @pytest.fixture
    def store(self) -> MemoryStore:
        store = MemoryStore()
        store.add_company(COMPANY, "e1", SECRET)
        return store
