"""The emulator answers gspread's recorded calls as Google did."""

import pytest

from tests.conftest import IN_CI, SHARED
from tests.google.cassettes import Replay, cassettes, replayed

ARCHIVE = SHARED / "google" / "cassettes.tar.xz"
NO_V2_RESOURCE = (
    "upload v2 answers with Drive v2's whole file resource (thumbnails, export links, labels); "
    "nobody here reads more than its id, and v2 is no part of the emulator otherwise"
)
EXCEPTIONS = {
    "ClientTest.test_import_csv#3": NO_V2_RESOURCE,
    "ClientTest.test_import_csv#11": NO_V2_RESOURCE,
}
# Calls to files that the recorder had before (openall): what they held was never recorded.
FOREIGN = {"ClientTest.test_open_all_has_metadata": 97}


@pytest.fixture(scope="module")
def replays() -> dict[str, Replay]:
    if not ARCHIVE.is_file():
        absent = "the recorded cassettes (../shared/google) are not beside this checkout"
        pytest.fail(absent) if IN_CI else pytest.skip(absent)
    return {name: replayed(pairs) for name, pairs in cassettes(ARCHIVE)}


def test_every_recorded_answer_is_given_again_but_for_the_written_exceptions(
    replays: dict[str, Replay],
) -> None:
    different = {k: v for replay in replays.values() for k, v in replay.different.items()}
    assert different.keys() == EXCEPTIONS.keys(), different
    assert len(EXCEPTIONS) <= 10


def test_the_replay_covers_all_cassettes_and_leaves_out_only_foreign_files(
    replays: dict[str, Replay],
) -> None:
    assert len(replays) == 62
    assert {name: replay.foreign for name, replay in replays.items() if replay.foreign} == FOREIGN
    assert sum(replay.equal for replay in replays.values()) == 994 - 97 - len(EXCEPTIONS)
