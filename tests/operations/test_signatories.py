"""Who signs: set once, printed below every paper, with the capacity; names stay out of the journal."""

from __future__ import annotations

import pytest

from vcops.domain.signatories import Capacity, Signatory
from vcops.errors import InvalidInput
from vcops.operations import directory, journal, meetings, reports, signatories
from vcops.operations.workplace import Workplace


@pytest.mark.parametrize(
    ("capacity", "position", "principal", "titles"),
    [
        ("", "Kepala Dinas", "", ("Kepala Dinas",)),
        ("plt", "Kepala Dinas", "", ("Plt. Kepala Dinas",)),
        ("plh", "Kepala Dinas", "", ("Plh. Kepala Dinas",)),
        ("an", "Sekretaris", "Kepala Dinas", ("a.n. Kepala Dinas", "Sekretaris")),
        ("an", "", "Kepala Dinas", ("a.n. Kepala Dinas",)),
        ("plt", "", "", ()),
    ],
)
def test_titles_stand_as_on_indonesian_papers(
    capacity: str, position: str, principal: str, titles: tuple[str, ...]
) -> None:
    one = Signatory(name="Siti", position=position, capacity=Capacity(capacity), principal=principal)
    assert one.titles == titles


def test_a_signatory_is_kept_and_changed_and_cleared(any_workplace: Workplace) -> None:
    place = any_workplace
    directory.add_person(place, {"name": "Siti", "nip": "196801011990032001", "position": "Kepala Dinas"})
    made = signatories.put(place, "acknowledged", {"name": "siti", "capacity": "Plt."})
    assert (made.nip, made.position, made.capacity) == ("196801011990032001", "Kepala Dinas", Capacity.PLT)
    changed = signatories.put(place, "acknowledged", {"capacity": "-"})
    assert (changed.name, changed.nip, changed.capacity) == ("siti", "196801011990032001", Capacity.OWN)
    other = signatories.put(place, "acknowledged", {"name": "Budi"})
    assert (other.nip, other.position) == ("", "")
    assert [one.part for one in signatories.listing(place)] == ["acknowledged"]
    signatories.clear(place, "acknowledged")
    assert signatories.listing(place) == []
    assert journal.verify(place).intact


def test_the_journal_knows_of_the_change_and_not_the_name(workplace: Workplace, vcops) -> None:
    signatories.put(workplace, "made", {"name": "Budi Rahasia", "nip": "198505052010011002", "position": "Operator"})
    said = vcops("journal", "--json").out
    assert "signatory" in said
    assert "Rahasia" not in said
    assert "198505052010011002" not in said


@pytest.mark.parametrize(
    ("part", "texts", "code", "column"),
    [
        ("witness", {"name": "Siti"}, "signatory.part", "part"),
        ("made", {"name": "Siti", "capacity": "wakil"}, "signatory.capacity", "capacity"),
        ("made", {"name": "Siti", "capacity": "a.n."}, "signatory.for_whom", "principal"),
        ("made", {"position": "Operator"}, "form.needed", "name"),
        ("made", {"rank": "IV/a"}, "form.unknown_column", "rank"),
    ],
)
def test_what_cannot_be_is_named(
    workplace: Workplace, part: str, texts: dict[str, str], code: str, column: str
) -> None:
    with pytest.raises(InvalidInput) as caught:
        signatories.put(workplace, part, texts)
    assert (caught.value.code, caught.value.params["column"]) == (code, column)
    assert signatories.listing(workplace) == []


def test_who_was_set_goes_before_the_only_head_on_every_paper(workplace: Workplace) -> None:
    directory.add_person(workplace, {"name": "Ani", "position": "Kepala Biro", "role": "kepala"})
    held = meetings.add(workplace, {"title": "R", "date": "2026-11-20", "start": "08.00", "end": "09.00"})
    for text in (reports.as_text(reports.month(workplace, "2026-11")),
                 reports.as_text(reports.meeting(workplace, held.id))):  # fmt: skip
        assert "Kepala Biro" in text
    signatories.put(workplace, "acknowledged", {"name": "Siti", "position": "Kepala Biro", "capacity": "plh"})
    for text in (reports.as_text(reports.month(workplace, "2026-11")),
                 reports.as_text(reports.meeting(workplace, held.id))):  # fmt: skip
        assert "Plh. Kepala Biro" in text
        assert "Siti" in text
        assert "Ani" not in text


def test_the_command_line_sets_lists_and_clears(vcops) -> None:
    words = ("--name", "Siti", "--nip", "1", "--position", "Sekretaris", "--capacity", "an", "--principal", "Kepala")
    done = vcops("office", "signatory", "set", "acknowledged", *words, lang="id")
    assert done.status == 0
    assert "Mengetahui: a.n. Kepala; Sekretaris; Siti" in done.out
    assert "NIP" in done.err
    (one,) = vcops("office", "signatory", "list", "--json").json
    assert one["printed"] == ["a.n. Kepala", "Sekretaris"]
    assert one["id"] == "acknowledged"
    assert vcops("office", "signatory", "set", "made", "--capacity", "x", "--name", "S").status == 2
    assert vcops("office", "signatory", "clear", "acknowledged").status == 0
    assert vcops("office", "signatory", "list", "--json").json == []
    assert vcops("office", "set", "--paper", "f4", "--json").json["paper"] == "f4"
    assert vcops("office", "set", "--paper", "letter").status == 2
