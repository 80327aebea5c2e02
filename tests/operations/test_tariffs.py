"""Adopting and typing in tariffs."""

from __future__ import annotations

import json
from datetime import date

import pytest

from vcops.errors import Conflict, InvalidInput, StorageError
from vcops.handbook import validate_file
from vcops.operations import tariffs
from vcops.operations.workplace import Workplace
from vcops.store.tables import Adoption, table_of
from vcops.store.writing import newest_head

TYPED = {"title": "SSH Kota", "basis": "Perwal 5/2026", "travel": "Rp15. 000. 000,-", "catering": "", "method": "flat"}


def test_nothing_is_adopted_at_first(any_workplace: Workplace) -> None:
    assert tariffs.in_force(any_workplace) is None
    (line,) = tariffs.listing(any_workplace)
    assert (line.tariff.id, line.adopted, line.in_force) == ("kalbar-2020", (), False)


def test_an_adoption_holds_from_new_year_and_is_frozen(any_workplace: Workplace) -> None:
    adopted = tariffs.adopt(any_workplace, "kalbar-2020")
    assert (adopted.valid_from, adopted.valid_to) == (20260101, None)
    assert adopted.tariff == any_workplace.handbook.tariffs["kalbar-2020"]
    assert tariffs.in_force(any_workplace) == adopted
    assert tariffs.in_force(any_workplace, date(2025, 12, 31)) is None
    own = any_workplace.handbook_folder / "tariffs" / "kalbar-2020.yaml"
    own.parent.mkdir(parents=True)
    shipped = any_workplace.handbook.files["tariff", "kalbar-2020"]
    with open(shipped, encoding="utf-8") as stream:  # noqa: PTH123
        own.write_text(stream.read().replace("15000000", "99"), encoding="utf-8")
    del any_workplace.__dict__["handbook"]
    assert any_workplace.handbook.tariffs["kalbar-2020"].components[0].amount == 99
    assert tariffs.adoptions(any_workplace) == [adopted]


def test_a_new_adoption_ends_the_one_before(any_workplace: Workplace) -> None:
    tariffs.adopt(any_workplace, "kalbar-2020", date(2020, 3, 1))
    tariffs.adopt(any_workplace, "kalbar-2020", date(2026, 7, 1))
    assert [(one.valid_from, one.valid_to) for one in tariffs.adoptions(any_workplace)] == [
        (20200301, 20260630),
        (20260701, None),
    ]
    with pytest.raises(Conflict, match=r"tariff\.overlap"):
        tariffs.adopt(any_workplace, "kalbar-2020", date(2026, 6, 1))
    assert len(tariffs.adoptions(any_workplace)) == 2


def test_adopting_again_changes_nothing_until_the_text_has_changed(any_workplace: Workplace) -> None:
    first = tariffs.adopt(any_workplace, "kalbar-2020")
    before = newest(any_workplace)
    assert tariffs.adopt(any_workplace, "kalbar-2020") == first
    assert tariffs.adopt(any_workplace, "kalbar-2020", date(2026, 1, 1)) == first
    assert newest(any_workplace) == before
    folder = any_workplace.handbook_folder / "tariffs"
    folder.mkdir(parents=True)
    changed = any_workplace.handbook.tariffs["kalbar-2020"].model_dump(mode="json", exclude_defaults=True)
    changed["components"][0]["amount"] = 99
    (folder / "ours.yaml").write_text(json.dumps({"tariff": changed}), encoding="utf-8")
    del any_workplace.__dict__["handbook"]
    assert tariffs.adopt(any_workplace, "kalbar-2020").valid_from == 20261123
    assert len(tariffs.adoptions(any_workplace)) == 2


def test_an_unknown_tariff_is_refused(workplace: Workplace) -> None:
    with pytest.raises(InvalidInput, match=r"tariff\.unknown"):
        tariffs.adopt(workplace, "sbm-2026")


@pytest.mark.parametrize("day", [date(1, 1, 1), date(9999, 12, 31)])
def test_an_adoption_beyond_living_memory_is_refused(workplace: Workplace, day: date) -> None:
    with pytest.raises(InvalidInput, match=r"tariff\.bad_day"):
        tariffs.adopt(workplace, "kalbar-2020", day)


def test_a_tariffs_own_last_day_ends_the_adoption(workplace: Workplace) -> None:
    own = workplace.handbook_folder / "tahun.yaml"
    own.parent.mkdir(parents=True)
    own.write_text(
        "tariff: {id: tahun, title: T, basis: B, regulation: true, year: 2026, valid_from: 2026-01-01, "
        "valid_to: 2026-12-31, method: none}",
        encoding="utf-8",
    )
    assert tariffs.adopt(workplace, "tahun").valid_to == 20261231
    assert tariffs.adopt(workplace, "tahun", date(2027, 1, 1)).valid_to is None


def test_a_typed_tariff_becomes_the_offices_yaml_and_is_adopted(any_workplace: Workplace) -> None:
    adopted = tariffs.type_in(any_workplace, TYPED)
    assert (adopted.tariff.id, adopted.tariff.method, adopted.tariff.regulation) == ("ssh-kota-2026", "flat", True)
    assert [(one.id, one.per, one.amount) for one in adopted.tariff.components] == [("travel", "meeting", 15_000_000)]
    assert tariffs.in_force(any_workplace) == adopted
    file = any_workplace.handbook_folder / "tariffs" / "ssh-kota-2026.yaml"
    page = validate_file(file, any_workplace.handbook)
    assert page.faults == ()
    assert page.document == adopted.tariff == any_workplace.handbook.tariffs["ssh-kota-2026"]


def test_per_head_counts_travellers_and_participants(workplace: Workplace) -> None:
    texts = TYPED | {"method": "per-head", "catering": "65 ribu", "basis": "kesepakatan"}
    tariff = tariffs.type_in(workplace, texts).tariff
    assert [(one.id, one.per, one.amount) for one in tariff.components] == [
        ("travel", "traveller", 15_000_000),
        ("catering", "participant", 65_000),
    ]
    assert not tariff.regulation


@pytest.mark.parametrize(
    ("basis", "regulation"),
    [
        ("Asumsi kantor, bukan peraturan", False),
        ("An assumption, not a regulation", False),
        ("Pergub No 12 Tahun 2024", True),
    ],
)
def test_a_basis_that_says_it_is_no_regulation_is_none(workplace: Workplace, basis: str, regulation: bool) -> None:
    assert tariffs.type_in(workplace, TYPED | {"basis": basis}).tariff.regulation is regulation


def test_a_typed_own_cost_is_charged_a_month(workplace: Workplace) -> None:
    tariff = tariffs.type_in(workplace, TYPED | {"own_cost": "Rp2,5 juta"}).tariff
    assert [(one.per, one.amount) for one in tariff.own_costs] == [("month", 2_500_000)]
    file = workplace.handbook_folder / "tariffs" / f"{tariff.id}.yaml"
    assert validate_file(file, workplace.handbook).document == tariff


def test_typing_the_same_title_twice_gives_another_id(workplace: Workplace) -> None:
    first = tariffs.type_in(workplace, TYPED)
    second = tariffs.type_in(workplace, TYPED)
    assert (first.tariff.id, second.tariff.id) == ("ssh-kota-2026", "ssh-kota-2026-2")
    assert second.valid_from == 20261123


@pytest.mark.parametrize(
    ("change", "code", "column"),
    [
        ({"title": " "}, "tariff.missing", "title"),
        ({"basis": ""}, "tariff.missing", "basis"),
        ({"travel": ""}, "tariff.nothing_valued", None),
        ({"travel": "1.5"}, "tariff.amount", "travel"),
        ({"travel": "1.000 triliun"}, "tariff.amount", "travel"),
        ({"catering": "15 triliun"}, "tariff.amount_absurd", "catering"),
        ({"method": "kira-kira"}, "tariff.method", "method"),
    ],
)
def test_a_faulty_entry_leaves_nothing_behind(
    workplace: Workplace, change: dict[str, str], code: str, column: str | None
) -> None:
    with pytest.raises(InvalidInput) as caught:
        tariffs.type_in(workplace, TYPED | change)
    assert (caught.value.code, caught.value.params.get("column")) == (code, column)
    assert tariffs.adoptions(workplace) == []
    assert not (workplace.handbook_folder / "tariffs").exists()


def test_a_refused_adoption_takes_its_file_back(workplace: Workplace) -> None:
    tariffs.adopt(workplace, "kalbar-2020", date(2026, 12, 1))
    with pytest.raises(Conflict):
        tariffs.type_in(workplace, TYPED)
    assert list((workplace.handbook_folder / "tariffs").iterdir()) == []


def test_a_handbook_that_cannot_be_written_is_said(workplace: Workplace) -> None:
    workplace.handbook_folder.parent.mkdir(parents=True, exist_ok=True)
    workplace.handbook_folder.write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(StorageError, match=r"tariff\.cannot_write"):
        tariffs.type_in(workplace, TYPED)
    assert tariffs.adoptions(workplace) == []


def test_an_adoption_is_journalled(any_workplace: Workplace) -> None:
    before = newest(any_workplace)
    tariffs.adopt(any_workplace, "kalbar-2020", date(2025, 1, 1))
    assert newest(any_workplace) == before + 1
    tariffs.adopt(any_workplace, "kalbar-2020", date(2026, 1, 1))
    assert newest(any_workplace) == before + 3  # the new one, and the end of the one before
    with any_workplace.store.reading() as connection:
        assert {row.by for row in connection.execute(table_of(Adoption).select())} == {"Sari"}


def newest(workplace: Workplace) -> int:
    with workplace.store.reading() as connection:
        return newest_head(connection).seq
