"""Matching: which open documents a payment most likely settles, and why."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import shared_json
from workbook_templates.books.ledger.matching import (
    BY_AGE,
    BY_ALL_OPEN,
    BY_AMOUNT,
    BY_NUMBER,
    BY_NUMBER_AND_AMOUNT,
    BY_ONE_OF_MANY,
    BY_SEVERAL,
    SURE,
    Match,
    Money,
    OpenDocument,
    matches,
)


def opened(document: str, left: object, party: str = "C1", **more: str) -> OpenDocument:
    """A document of Toko Maju (C1) or Toko Jaya (C2); those named first are due first."""
    names = {"C1": "Toko Maju", "C2": "Toko Jaya"}
    reference = (more["also"],) if "also" in more else ()
    return OpenDocument(
        party, names[party], document, more.get("due", "2026-05-01"), Decimal(str(left)), reference
    )


def best(money: Money, *documents: OpenDocument) -> Match:
    return matches(money, documents)[0]


def paid(amount: object, text: str = "", party: str = "C1") -> Money:
    return Money(Decimal(str(amount)), party, text)


def settled(match: Match) -> dict[str, int]:
    return {document: int(part) for document, part in match.settles}


def test_a_number_in_the_text_is_surest_of_all() -> None:
    match = best(paid(100, "byr inv/12 mei"), opened("INV-11", 100), opened("INV-12", 100))
    assert (settled(match), match.reason) == ({"INV-12": 100}, BY_NUMBER_AND_AMOUNT)
    assert match.score >= SURE


def test_a_document_is_called_by_any_of_its_numbers() -> None:
    match = best(paid(100, "FJ-2026-0007"), opened("A", 100, also="FJ-2026-0007"), opened("B", 100))
    assert settled(match) == {"A": 100}


def test_a_number_is_not_found_within_another() -> None:
    match = best(paid(40, "INV-12"), opened("INV-1", 100), opened("INV-123", 40))
    assert match.reason is BY_AMOUNT


def test_a_number_with_another_amount_is_paid_in_part_or_leaves_a_rest() -> None:
    documents = opened("INV-12", 100), opened("INV-13", 50)
    part, much = best(paid(60, "INV-12"), *documents), best(paid(130, "INV-12"), *documents)
    assert (settled(part), settled(much)) == ({"INV-12": 60}, {"INV-12": 100})
    assert part.reason is much.reason is BY_NUMBER


def test_several_numbers_are_settled_together() -> None:
    documents = opened("INV-12", 100), opened("INV-13", 50), opened("INV-14", 25)
    match = best(paid(150, "INV-12 & INV-13"), *documents)
    assert settled(match) == {"INV-12": 100, "INV-13": 50}


def test_the_exact_amount_of_one_document() -> None:
    match = best(paid(50), opened("A", 100), opened("B", 50))
    assert (settled(match), match.reason) == ({"B": 50}, BY_AMOUNT)


def test_of_documents_alike_the_oldest_is_taken_and_scores_less() -> None:
    later, earlier = opened("A", 50, due="2026-06-01"), opened("B", 50, due="2026-05-01")
    match = best(paid(50), later, earlier)
    assert (settled(match), match.reason) == ({"B": 50}, BY_ONE_OF_MANY)


def test_all_that_is_open_less_a_credit_note() -> None:
    match = best(paid(130), opened("A", 100), opened("B", 50), opened("NK", -20))
    assert (settled(match), match.reason) == ({"A": 100, "B": 50, "NK": -20}, BY_ALL_OPEN)


def test_the_fewest_documents_that_come_to_the_amount() -> None:
    documents = [opened(key, left) for key, left in (("A", 10), ("B", 20), ("C", 30), ("D", 40))]
    match = best(paid(70), *documents)
    assert (settled(match), match.reason) == ({"C": 30, "D": 40}, BY_SEVERAL)


def test_otherwise_the_oldest_come_first_and_the_rest_stays_on_account() -> None:
    documents = opened("B", 50, due="2026-06-01"), opened("A", 100, due="2026-05-01")
    match = best(paid(120), *documents)
    assert (settled(match), match.reason) == ({"A": 100, "B": 20}, BY_AGE)
    assert settled(best(paid(500), *documents)) == {"A": 100, "B": 50}


def test_instalments_of_a_document_are_one_of_its_parts() -> None:
    instalments = opened("A", 60, due="2026-05-01"), opened("A", 40, due="2026-06-01")
    assert settled(best(paid(100), *instalments)) == {"A": 100}
    assert settled(best(paid(40), *instalments)) == {"A": 40}


def test_documents_of_another_party_are_never_meant() -> None:
    assert matches(paid(100, "INV-12", "C2"), [opened("INV-12", 100)]) == []


def test_without_a_party_its_name_or_the_number_tells() -> None:
    documents = opened("A", 100), opened("INV-9", 100, "C2")
    assert best(paid(100, "TRSF TOKO MAJU", ""), *documents).party == "C1"
    assert best(paid(100, "TRSF INV-9", ""), *documents).party == "C2"
    unknown, named = best(paid(100, "TRSF", ""), *documents), best(paid(100), *documents)
    assert unknown.score < named.score < SURE


def test_without_a_party_nothing_is_paid_in_part_or_put_together() -> None:
    documents = opened("A", 60), opened("B", 40), opened("C", 10)
    for amount in (59, 100):
        assert matches(paid(amount, "TRSF", ""), documents) == []
        assert matches(paid(amount, "TRSF TOKO MAJU", ""), documents) != []


@given(
    st.integers(1, 500),
    st.lists(st.tuples(st.sampled_from("ABCDEF"), st.integers(-100, 200)), max_size=8),
)
def test_whatever_is_open_no_match_settles_more_than_came_or_than_is_open(
    amount: int, items: list[tuple[str, int]]
) -> None:
    documents = [opened(key, left) for key, left in items if left]
    for match in matches(paid(amount, "A"), documents):
        assert sum(part for _, part in match.settles) <= amount
        for document, part in match.settles:
            lefts = [d.left for d in documents if d.document == document]
            least = sum((left for left in lefts if left < 0), Decimal(0))
            most = sum((left for left in lefts if left > 0), Decimal(0))
            assert least <= part <= most


def test_the_payments_of_the_peers_cases_are_found() -> None:
    """Cases of published systems: the invoice that a payment names is the best match too."""
    cases = shared_json("cases/peers/ledger-payments.json")["cases"]
    tried = 0
    for case in cases:
        invoices = {
            event["n"]: opened(f"INV-{event['n']:03}", event["lines"][0]["amount"])
            for event in case["events"]
            if event["do"] == "sales_invoice" and event.get("lines")
        }
        for event in case["events"]:
            if event["do"] == "receive_payment" and "of" in event:
                invoice = invoices[event["of"]]
                match = best(paid(event["amount"], invoice.document), *invoices.values())
                part = min(Decimal(str(event["amount"])), invoice.left)
                assert match.settles == ((invoice.document, part),)
                tried += 1
    assert tried >= 3
