"""One Book per public data set and worker, and one cache for the whole run: computing a number once is enough."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.peers.shops import Shop, open_shop


@pytest.fixture(scope="session")
def online_retail(run_home: Path) -> Shop:
    return open_shop("online_retail", run_home)


@pytest.fixture(scope="session")
def toy_store(run_home: Path) -> Shop:
    return open_shop("toy_store", run_home)


@pytest.fixture(scope="session")
def cdnow(run_home: Path) -> Shop:
    return open_shop("cdnow", run_home)


@pytest.fixture(scope="session")
def rete_ecom(run_home: Path) -> Shop:
    return open_shop("rete_ecom", run_home)


@pytest.fixture(scope="session")
def groceries(run_home: Path) -> Shop:
    return open_shop("groceries", run_home)
