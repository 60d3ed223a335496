"""What does not fit a shape is said in whole sentences, never in pydantic's words."""

import pytest
from pydantic import ValidationError

from dragoman.ground.providers.shops.shapes import NumberedOrder
from dragoman.kit.faults import faults_in

LINE = {"sku": "A", "title": "T" * 400, "quantity": "two", "unit_price": 49.9, "colour": "red"}
WRONG = {
    "number": "", "placed_at": "yesterday", "currency": "EUX", "country": "QQ", "customer": 3, "lines": [LINE],
    "status": "odd", "discount_codes": "A", "rate": "0", "version": -1, "informed": "maybe", "admin_url": "ftp:",
}  # fmt: skip


def test_every_fault_of_an_order_is_a_sentence_beside_its_field() -> None:
    with pytest.raises(ValidationError) as found:
        NumberedOrder.model_validate(WRONG)
    said = dict(faults_in(found.value))
    assert said["lines.0.title"] == "At most 300 letters fit here."
    assert said["lines.0.unit_price"].startswith("Amounts are whole minor units")
    assert said["status"] == "Write one of: open, completed, cancelled."
    assert said["lines.0.colour"].startswith("There is no such field")
    assert len(said) == len(WRONG) + 3
    words = " ".join(said.values())
    assert "nput" not in words and "alue error" not in words and "does not fit" not in words
