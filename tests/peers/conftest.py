"""One Book per public data set for the whole run: reading half a million lines once is enough."""

from __future__ import annotations

import pytest

from tests.peers.shops import Shop, open_shop


@pytest.fixture(scope="session")
def online_retail(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    return open_shop("online_retail", tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="session")
def toy_store(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    return open_shop("toy_store", tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="session")
def cdnow(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    return open_shop("cdnow", tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="session")
def rete_ecom(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    return open_shop("rete_ecom", tmp_path_factory.mktemp("cache"))
