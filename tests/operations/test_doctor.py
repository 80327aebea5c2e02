"""The doctor on real installations."""

from __future__ import annotations

from vcops.operations import doctor
from vcops.operations.workplace import Workplace


def test_a_faulty_file_of_the_office_is_named(workplace: Workplace) -> None:
    folder = workplace.handbook_folder / "standards"
    folder.mkdir(parents=True)
    (folder / "mine.yaml").write_text("standard:\n  id: mine\n  wrong: 1\n", encoding="utf-8")
    (found,) = [one for one in doctor.examine(workplace) if one.subject == "doctor.handbook"]
    assert found.state == "warn"
    assert found.error is not None
    assert "mine.yaml" in str(found.error)
