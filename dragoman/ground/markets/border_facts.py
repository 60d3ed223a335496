"""What may be said of a border: up to which value nothing is due, the tax on a sale, and how both are worked out."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from .values import Amount, CountryCode, Percent, Value

HsPrefix = Annotated[str, Field(pattern=r"^\d{2,10}$")]
# what a limit or a rate is held against
Counts = Literal["goods", "goods_and_freight"]


class ImportRelief(Value):
    """Up to which value a parcel comes in without duty, or without tax.

    An amount that is not there is not known; `0 EUR` says that it is due from the first cent, `no_duty` and `no_tax`
    that it is never due. `flat_duty` is due for each tariff line (or parcel) up to `flat_up_to`.
    """

    duty_free_up_to: Amount | None = None
    tax_free_up_to: Amount | None = None
    no_duty: bool = False
    no_tax: bool = False
    flat_duty: Amount | None = None
    flat_per: Literal["tariff_line", "parcel"] | None = None
    flat_up_to: Amount | None = None
    collected_by: tuple[Literal["seller", "marketplace", "carrier", "customs"], ...] = ()
    scheme: str = ""

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        if self.no_duty and (self.duty_free_up_to or self.flat_duty):
            raise ValueError("no_duty says that none is due at any value: leave the amounts of duty out")
        if self.no_tax and self.tax_free_up_to:
            raise ValueError("no_tax says that none is due at any value: leave tax_free_up_to out")
        return self


class ReducedTax(Value):
    """A lower rate for some goods, told by how their HS code begins."""

    goods: Literal["books", "food", "medicine", "children_clothing"]
    hs: tuple[HsPrefix, ...] = Field(min_length=1)
    rate: Percent


class SalesTax(Value):
    """The tax on what is sold there (VAT, GST), in percent.

    `at_import` false: none is taken at the border. `varies`: parts of the country take more than `standard`, so that
    it is the least. `within`: the rate is a share of the price with the tax in it (Brazil's ICMS). A lower rate that is
    not listed under `reduced` is not known, not absent.
    """

    name: str = Field(default="", max_length=60)
    standard: Percent | None = None
    reduced: tuple[ReducedTax, ...] = ()
    at_import: bool = True
    varies: bool = False
    within: bool = False

    @model_validator(mode="after")
    def _says_how_much(self) -> Self:
        if self.at_import and self.standard is None:
            raise ValueError("give the standard rate in percent, or say at_import = false")
        return self


class Fee(Value):
    """What a state takes for looking at a parcel; without an amount it may be due, and nobody read how much."""

    name: str = Field(min_length=3, max_length=120)
    amount: Amount | None = None
    per: Literal["parcel", "tariff_line", "item"] = "parcel"
    up_to: Amount | None = None
    above: Amount | None = None
    payer: Literal["seller", "customer"] = "customer"


class DutyBracket(Value):
    """A rate of duty that holds for all goods up to a value, `less` an amount; `with_tax`: the tax is in it."""

    percent: Percent
    up_to: Amount | None = None
    less: Amount | None = None
    with_tax: bool = False


class Special(Value):
    """What holds for parcels sent from some countries instead."""

    sent_from: tuple[CountryCode, ...] = Field(min_length=1)
    duty_free_up_to: Amount | None = None
    tax_free_up_to: Amount | None = None
    duty: tuple[DutyBracket, ...] = ()


class ImportCharges(Value):
    """How duty and tax are worked out at the border; the values up to which none is due are `import_relief`.

    `union`: countries of one customs territory have the same word, and no border between them. What is not there is
    not known. `limit_is`: whether the value that is named is still free. `at_sale_up_to`: up to it the seller takes the
    tax in the shop: all must (`must`), or those who are registered there, and goods of others are taxed at the border
    (`at_import`) or not at all (`no_tax`). `tax_waived_up_to` is an amount of tax, not of goods. `duty_free_hs` are
    the first and the last chapter that never pay, `no_relief_hs` what pays duty at any value. `excess_only`: only what
    is above the limit is charged. `relief_for`: goods of registered sellers alone are free of duty; those of others
    pay (`registered`), or nobody read whether they do (`registered_perhaps_others`).
    """

    union: str = Field(default="", max_length=10)
    relief_counts: Counts | None = None
    limit_is: Literal["free", "charged"] | None = None
    relief_per: Literal["parcel", "item"] = "parcel"
    at_sale_up_to: Amount | None = None
    at_sale_by: Literal["must", "registered"] = "registered"
    at_sale_counts: Counts = "goods_and_freight"
    else_taxed: Literal["at_import", "no_tax"] = "at_import"
    tax_waived_up_to: Amount | None = None
    duty_counts: Counts | None = None
    duty: tuple[DutyBracket, ...] = ()
    duty_free_hs: tuple[int, int] | None = None
    no_relief_hs: tuple[HsPrefix, ...] = ()
    relief_for: Literal["all", "registered", "registered_perhaps_others"] = "all"
    duty_at_sale: bool = False
    import_tax_known: bool = True
    flat_duty_payer: Literal["seller", "customer"] = "customer"
    excess_only: bool = False
    fees: tuple[Fee, ...] = ()
    special: tuple[Special, ...] = ()
