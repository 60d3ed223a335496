"""Each kind of law knows what would be less."""

import pytest

from dragoman.core.playbooks.law import least, lowered
from dragoman.ground.markets.playbook import checked_value

FOURTEEN = {"right": "statutory", "days": 14, "starts": "delivery"}
FIVE_BUSINESS = {"right": "statutory", "days": 5, "day_type": "business", "starts": "delivery"}
REFUND = {"days": 14, "starts": "notice", "may_wait_for_goods": True}
MONTH = {"regime": "GDPR", "access_months": 1}


@pytest.mark.parametrize(
    ("kind", "law", "policy", "said"),
    [
        ("withdrawal", FOURTEEN, {**FOURTEEN, "days": 30}, ""),
        ("withdrawal", FOURTEEN, FOURTEEN, ""),
        ("withdrawal", FOURTEEN, {**FOURTEEN, "days": 13}, "14 days"),
        ("withdrawal", FOURTEEN, {**FOURTEEN, "days": 30, "starts": "order"}, "from delivery"),
        ("withdrawal", FOURTEEN, {"right": "none"}, "14 days"),
        ("withdrawal", FOURTEEN, {**FOURTEEN, "day_type": "business"}, ""),
        ("withdrawal", FIVE_BUSINESS, {**FOURTEEN, "days": 7}, "5 business days"),
        ("withdrawal", FIVE_BUSINESS, {**FOURTEEN, "days": 10}, ""),
        ("withdrawal", {**FOURTEEN, "months_more_if_not_informed": 12}, FOURTEEN, "12 months more"),
        ("withdrawal", {"right": "none"}, {"right": "none"}, ""),
        ("withdrawal", {"right": "unless_policy_shown", "days": 8}, {"right": "none"}, ""),
        ("withdrawal", {"right": "unless_policy_shown", "days": 8}, {"right": "unless_policy_shown", "days": 8}, ""),
        ("withdrawal", {"right": "unless_policy_shown", "days": 8}, {"right": "unless_policy_shown", "days": 14}, ""),
        ("withdrawal", {"right": "unless_policy_shown", "days": 8}, {"right": "unless_policy_shown", "days": 7}, "8 days"),
        ("withdrawal", FOURTEEN, {"right": "unless_policy_shown", "days": 14}, "14 days"),
        ("withdrawal", {"right": "regional"}, {"right": "none"}, ""),
        ("refund_deadline", REFUND, {"days": 3, "starts": "goods_back"}, ""),
        ("refund_deadline", REFUND, {"days": 15, "starts": "notice"}, "within 14 days"),
        ("refund_deadline", {"days": 14, "starts": "notice"}, {"days": 3, "starts": "goods_back"}, "14 days"),
        ("refund_deadline", {"days": 0, "starts": "notice"}, {"days": 1, "starts": "notice"}, "at once"),
        ("refund_deadline", {"days": 3, "day_type": "business", "starts": "notice"}, {"days": 3, "starts": "notice"}, ""),
        ("refund_deadline", {"days": 3, "starts": "notice"}, {"days": 3, "day_type": "business", "starts": "notice"}, "3 days"),
        ("refund_deadline", {"days": 14, "starts": "notice"}, REFUND, "does not wait"),
        ("refund_deadline", {**REFUND, "starts": "goods_back"}, {"days": 14, "starts": "goods_back"}, ""),
        ("return_cost", {"payer": "trader"}, {"payer": "consumer"}, "the shop pays"),
        ("return_cost", {"payer": "consumer_if_told"}, {"payer": "consumer"}, "only if told"),
        ("return_cost", {"payer": "consumer"}, {"payer": "trader"}, ""),
        ("guarantee", {"months": 24, "form": "at_least"}, {"months": 12}, "24 months"),
        ("guarantee", {"months": 24}, {"months": 36}, ""),
        ("guarantee", {"form": "expected_lifetime"}, {"months": 1}, ""),
        ("guarantee", {"months": 24, "burden_months": 12}, {"months": 36, "burden_months": 6}, "first 12 months"),
        ("guarantee", {"months": 24, "burden_months": 12}, {"months": 24, "burden_months": 24}, ""),
        ("guarantee", {"form": "expected_lifetime", "burden_months": 6}, {"months": 60}, "first 6 months"),
        ("privacy", MONTH, MONTH, ""),
        ("privacy", {**MONTH, "extension_days": 60}, {**MONTH, "extension_days": 61}, "by no more than 60 days"),
        ("privacy", {**MONTH, "extension_days": 60}, MONTH, ""),
        ("privacy", MONTH, {**MONTH, "extension_days": 60}, ""),
        ("privacy", {**MONTH, "breach_hours": 72}, {**MONTH, "breach_hours": 73}, "within 72 hours"),
        ("privacy", {**MONTH, "breach_hours": 72}, MONTH, "within 72 hours"),
        ("privacy", {**MONTH, "breach_hours": 72}, {**MONTH, "breach_hours": 24}, ""),
        ("privacy", MONTH, {"regime": "GDPR", "access_days": 28}, ""),
        ("privacy", MONTH, {"regime": "GDPR", "access_days": 31}, "within 1 month"),
        ("privacy", {"regime": "LGPD", "access_days": 15}, {"regime": "LGPD", "access_days": 15, "day_type": "business"}, "15 days"),
        ("quiet_hours", {"start": "21:00", "end": "08:00"}, {"start": "20:00", "end": "09:00"}, ""),
        ("quiet_hours", {"start": "21:00", "end": "08:00"}, {"start": "22:00", "end": "08:00"}, "21:00"),
        ("quiet_hours", {"start": "21:00", "end": "08:00", "days_off": ["sun"]}, {"start": "21:00", "end": "08:00"}, "21:00"),
        ("channels", ["line"], ["email"], ""),
    ],
)  # fmt: skip
def test_less_than_the_law_is_said_in_a_sentence(kind, law, policy, said):
    found = least(kind, law=checked_value(kind, law), policy=checked_value(kind, policy))
    assert (said in found) if said else found == ""


EIGHT = {"right": "unless_policy_shown", "days": 8}


@pytest.mark.parametrize(
    ("law", "correction", "said"),
    [
        (EIGHT, {"right": "none"}, "8 days"),
        (EIGHT, {"right": "regional"}, "8 days"),
        (EIGHT, {"right": "statutory", "days": 3}, "8 days"),
        (EIGHT, {"right": "statutory", "days": 8}, ""),
        (FOURTEEN, {"right": "unless_policy_shown", "days": 30}, "14 days"),
        ({"right": "regional"}, {"right": "none"}, "a right to send goods back"),
        ({"right": "none"}, EIGHT, ""),
        ({"right": "regional"}, FOURTEEN, ""),
        (FOURTEEN, {**FOURTEEN, "days": 13}, "14 days"),
    ],
)
def test_a_correction_to_another_right_gives_less(law, correction, said):
    found = lowered(
        "withdrawal",
        law=checked_value("withdrawal", law),
        correction=checked_value("withdrawal", correction),
    )
    assert (said in found) if said else found == ""
