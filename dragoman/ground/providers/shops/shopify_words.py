"""What we say to Shopify when it is to do something: its mutations, and addresses in its words."""

from collections.abc import Mapping
from typing import Any, Final

_SAID: Final = "userErrors { field message }"
_CODED: Final = "userErrors { field message code }"
_PARTS: Final = frozenset(
    [
        "firstName",
        "lastName",
        "company",
        "address1",
        "address2",
        "city",
        "provinceCode",
        "zip",
        "countryCode",
        "phone",
    ]
)
BEFORE: Final = """query ($id: ID!) { order(id: $id) { id presentmentCurrencyCode cancelledAt
  cancellation { staffNote } customer { id } refunds(first: 50) { id note }
  returns(first: 20) { nodes { id status returnLineItems(first: 10) { nodes { returnReasonNote } } } }
  shippingAddress { firstName lastName company address1 address2 city provinceCode zip countryCodeV2 phone } } }"""
SUGGESTED: Final = """query ($id: ID!, $lines: [RefundLineItemInput!]) { order(id: $id) {
  whole: suggestedRefund(suggestFullRefund: true) { suggestedTransactions { gateway parentTransaction { id }
    amountSet { presentmentMoney { amount } } maximumRefundableSet { presentmentMoney { amount } } } }
  part: suggestedRefund(refundLineItems: $lines) {
    refundLineItems { lineItem { id } restockType location { id } } } } }"""
REFUND: Final = f"""mutation ($input: RefundInput!, $key: String!) {{
  refundCreate(input: $input) @idempotent(key: $key) {{ refund {{ id }} {_SAID} }} }}"""
CANCEL: Final = """mutation ($order: ID!, $reason: OrderCancelReason!, $refund: OrderCancelRefundMethodInput!,
  $restock: Boolean!, $notify: Boolean, $note: String) {
  orderCancel(orderId: $order, reason: $reason, refundMethod: $refund, restock: $restock, notifyCustomer: $notify,
    staffNote: $note) { job { id done } orderCancelUserErrors { field message code } } }"""
JOB: Final = "query ($id: ID!) { job(id: $id) { id done } }"
ADDRESS: Final = (
    f"""mutation ($input: OrderInput!) {{ orderUpdate(input: $input) {{ order {{ id }} {_SAID} }} }}"""
)
RETURNABLE: Final = """query ($id: ID!) { returnableFulfillments(orderId: $id, first: 10) { nodes {
  returnableFulfillmentLineItems(first: 50) { nodes { quantity fulfillmentLineItem { id lineItem { id } } } } } } }"""
RETURN: Final = f"""mutation ($input: ReturnInput!) {{ 
  returnCreate(returnInput: $input) {{ return {{ id }} {_CODED} }} }}"""
CALL_OFF: Final = f"""mutation ($id: ID!) {{ returnCancel(id: $id) {{ return {{ id }} {_CODED} }} }}"""
OWN_CURRENCY: Final = "{ shop { currencyCode } }"
DISCOUNT: Final = f"""mutation ($input: DiscountCodeBasicInput!) {{
  discountCodeBasicCreate(basicCodeDiscount: $input) {{ codeDiscountNode {{ id }} {_CODED} }} }}"""
KNOWN_CODE: Final = "query ($code: String!) { codeDiscountNodeByCode(code: $code) { id } }"
AGAIN: Final = """query ($id: ID!) { order(id: $id) { email presentmentCurrencyCode customer { id }
  shippingAddress { firstName lastName company address1 address2 city provinceCode zip countryCodeV2 phone }
  billingAddress { firstName lastName company address1 address2 city provinceCode zip countryCodeV2 phone }
  lineItems(first: 250) { nodes { id title variant { id } } } } }"""
DRAFT: Final = f"""mutation ($input: DraftOrderInput!) {{
  draftOrderCreate(input: $input) {{ draftOrder {{ id name }} {_SAID} }} }}"""
INVOICE: Final = (
    f"""mutation ($id: ID!) {{ draftOrderInvoiceSend(id: $id) {{ draftOrder {{ id }} {_SAID} }} }}"""
)
SOLD: Final = """query ($query: String!, $country: CountryCode) { productVariants(first: 5, query: $query) { nodes {
  id sku displayName contextualPricing(context: {country: $country}) { price { amount currencyCode } } } } }"""
KNOWN_DRAFT: Final = (
    "query ($query: String!) { draftOrders(first: 5, query: $query) { nodes { id name tags } } }"
)
CREDIT: Final = f"""mutation ($id: ID!, $input: StoreCreditAccountCreditInput!) {{
  storeCreditAccountCredit(id: $id, creditInput: $input) {{ storeCreditAccountTransaction {{ id }} {_CODED} }} }}"""


def place_of(address: Mapping[str, object]) -> dict[str, str]:
    """Return parts of an address in Shopify's words."""
    lines, name = address.get("lines"), address.get("name")
    told = {
        "company": address.get("company"),
        "city": address.get("city"),
        "provinceCode": address.get("region"),
        "zip": address.get("postcode"),
        "countryCode": address.get("country"),
        "phone": address.get("phone"),
    }
    place = {part: str(text) for part, text in told.items() if text is not None}
    if isinstance(lines, list | tuple):
        place["address1"] = str(lines[0]) if lines else ""
        place["address2"] = ", ".join(map(str, lines[1:]))
    if isinstance(name, str):
        first, _blank, last = name.strip().rpartition(" ")
        place |= {"firstName": first or last, "lastName": last if first else ""}
    return place


def kept_place(place: Mapping[str, Any] | None) -> dict[str, str]:
    """Return an address that stands in the shop as it would be written there again."""
    told = dict(place or {})
    told["countryCode"] = told.pop("countryCodeV2", None)
    return {name: str(text) for name, text in told.items() if text and name in _PARTS}
