"""What the tests of the protocol share with those of the stores."""

from tests.storage.conftest import postgresql_database_url

__all__ = ["postgresql_database_url"]
