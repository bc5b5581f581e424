"""What the embedder, the re-ranker and the reader share."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from rag.errors import InputError
from rag.models.model_files import ModelFiles, check_finite, loading


def test_a_folder_is_known_by_its_name_and_what_is_in_it(tmp_path: Path) -> None:
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "config.json").write_text("{}")
    first = ModelFiles.find(str(tmp_path / "model"), setting="BELEG_READER").identity()
    (tmp_path / "model" / "config.json").write_text('{"labels": 1}')
    second = ModelFiles.find(str(tmp_path / "model"), setting="BELEG_READER").identity()
    assert first.startswith("model@")
    assert second.startswith("model@")
    assert first != second


def test_a_name_on_the_hub_is_known_by_its_revision() -> None:
    assert ModelFiles.find("some/model", setting="BELEG_READER", revision="abc").identity() == "some/model@abc"


def test_nothing_is_fetched_for_a_folder(tmp_path: Path) -> None:
    assert ModelFiles.find(str(tmp_path), setting="BELEG_READER").loading_options["local_files_only"]
    assert not ModelFiles.find("some/model", setting="BELEG_READER").loading_options["local_files_only"]


@pytest.mark.parametrize("name", ["/nowhere/model", "./nowhere", "~/nowhere"])
def test_a_path_without_a_folder_is_refused_with_the_setting(name: str) -> None:
    with pytest.raises(InputError, match=r"nowhere.* does not exist\. Set BELEG_READER"):
        ModelFiles.find(name, setting="BELEG_READER")


@pytest.mark.parametrize("error", [Exception("bad merge"), OSError("no such file"), KeyError("model_type")])
def test_whatever_a_loader_raises_is_an_error_of_our_own(error: Exception) -> None:
    files = ModelFiles.find("some/model", setting="BELEG_READER")
    with pytest.raises(InputError, match=r"'some/model' \(BELEG_READER\) cannot be loaded: .*[a-z]{3}"):  # noqa: SIM117
        with loading(files, device="cpu"):
            raise error


@pytest.mark.parametrize("device", ["quantum", "meta", "cuda:99"])
def test_a_device_that_is_not_there_is_refused(device: str) -> None:
    files = ModelFiles.find("some/model", setting="BELEG_READER")
    with pytest.raises(InputError, match=f"device '{device}' cannot be used.*BELEG_DEVICE"):  # noqa: SIM117
        with loading(files, device=device):
            pass


def test_values_that_are_no_numbers_are_refused() -> None:
    files = ModelFiles.find("some/model", setting="BELEG_READER")
    check_finite(np.ones(2, np.float32), files, dtype="float16")
    with pytest.raises(InputError, match=r"float16.*BELEG_DTYPE"):
        check_finite(np.array([1, np.nan], np.float32), files, dtype="float16")
