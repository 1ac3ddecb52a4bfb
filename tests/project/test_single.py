import pytest

from project.single import AlreadyRuns, claim


def test_a_second_one_is_told_where_the_first_is(tmp_path):
    with claim(tmp_path, "the first"), pytest.raises(AlreadyRuns, match="the first"):
        claim(tmp_path, "the second")


def test_the_folder_is_free_when_the_first_has_ended(tmp_path):
    claim(tmp_path, "one").close()
    with claim(tmp_path, "two"):
        assert (tmp_path / "running").read_text() == "two"
