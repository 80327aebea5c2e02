"""The journal's arithmetic: whatever happens to a chain, following it tells."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vcops.domain.journal import Chain, Entry, Fault, Head, canonical, differing, entry_hash, personal_hash

words = st.text(max_size=12)
plain = st.one_of(st.none(), st.booleans(), st.integers(), words)
rows = st.dictionaries(words, plain, max_size=4)
contents = st.tuples(words, words, words, words, words, st.none() | rows, st.none() | rows)


def chain_of(many: list[tuple[object, ...]]) -> list[tuple[Entry, str]]:
    head, made = Head(), []
    for at, actor, action, entity, entity_id, before, after in many:
        texts = [None if one is None else canonical(one) for one in (before, after)]  # type: ignore[arg-type]
        entry = Entry(head.seq + 1, str(at), str(actor), str(action), str(entity), str(entity_id), *texts, head.hash)
        head = Head(entry.seq, entry_hash(entry))
        made.append((entry, head.hash))
    return made


def follow(chain: list[tuple[Entry, str]]) -> tuple[list[Fault], Head]:
    following = Chain()
    return [fault for entry, kept in chain if (fault := following.follow(entry, kept))], following.head


chains = st.lists(contents, min_size=2, max_size=12).map(chain_of)


@given(chains)
def test_an_untouched_chain_has_no_fault(chain: list[tuple[Entry, str]]) -> None:
    faults, head = follow(chain)
    assert faults == []
    assert head == Head(len(chain), chain[-1][1])


@given(chains, st.data())
def test_an_edit_of_any_field_is_found(chain: list[tuple[Entry, str]], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(chain) - 1))
    name = data.draw(st.sampled_from(["at", "actor", "action", "entity", "entity_id", "before", "after", "previous"]))
    entry, kept = chain[place]
    value = data.draw(words.filter(lambda one: one != getattr(entry, name)))
    chain[place] = (entry._replace(**{name: value}), kept)
    assert next(fault.params.get("seq") for fault in follow(chain)[0]) == place + 1


@given(chains, st.data())
def test_a_deletion_is_found_unless_it_is_the_tail(chain: list[tuple[Entry, str]], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(chain) - 2))
    del chain[place]
    assert [(one.code, one.params["first"]) for one in follow(chain)[0]] == [("journal.missing", place + 1)]


@given(chains, st.data())
def test_a_cut_tail_shows_in_the_head(chain: list[tuple[Entry, str]], data: st.DataObject) -> None:
    whole = follow(chain)[1]
    left = data.draw(st.integers(0, len(chain) - 1))
    faults, head = follow(chain[:left])
    assert faults == []
    assert head != whole


@given(chains, st.data())
def test_two_exchanged_entries_are_found(chain: list[tuple[Entry, str]], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(chain) - 2))
    (first, first_hash), (second, second_hash) = chain[place], chain[place + 1]
    chain[place] = (second._replace(seq=first.seq), second_hash)
    chain[place + 1] = (first._replace(seq=second.seq), first_hash)
    assert [one.code for one in follow(chain)[0]][:2] == ["journal.reordered", "journal.reordered"]


@given(chains, st.data())
def test_an_edit_with_a_new_hash_breaks_what_follows(chain: list[tuple[Entry, str]], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(chain) - 2))
    forged = chain[place][0]._replace(actor=chain[place][0].actor + "x")
    chain[place] = (forged, entry_hash(forged))
    assert [(one.code, one.params["seq"]) for one in follow(chain)[0]] == [("journal.broken", place + 2)]


@given(words, words, words, words)
def test_no_field_flows_into_its_neighbour(one: str, two: str, three: str, four: str) -> None:
    first = Entry(1, one, two, "", "", "", None, None, "")
    second = Entry(1, three, four, "", "", "", None, None, "")
    assert (entry_hash(first) == entry_hash(second)) == ((one, two) == (three, four))


@given(rows)
def test_a_row_has_one_spelling(row: dict[str, object]) -> None:
    backwards = dict(reversed(list(row.items())))
    assert canonical(row) == canonical(backwards)  # type: ignore[arg-type]


@given(rows, rows)
def test_what_differs_is_named(said: dict[str, object], found: dict[str, object]) -> None:
    names = differing(said, found, {})  # type: ignore[arg-type]
    assert names == sorted(one for one in {*said, *found} if said.get(one) != found.get(one))


def test_a_later_column_must_hold_its_default() -> None:
    assert differing({"a": 1}, {"a": 1, "b": ""}, {"b": ""}) == []
    assert differing({"a": 1}, {"a": 1, "b": "x"}, {"b": ""}) == ["b"]


@given(words, words, words.filter(bool), words.filter(bool))
def test_a_personal_hash_depends_on_salt_and_value(salt: str, other: str, value: str, another: str) -> None:
    same = (salt, value) == (other, another) or salt + "\x00" + value == other + "\x00" + another
    assert (personal_hash(salt, value) == personal_hash(other, another)) is same
    assert personal_hash(salt, "") == ""
