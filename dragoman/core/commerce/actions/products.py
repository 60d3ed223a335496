"""Mirroring a product with its variants and prices."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from dragoman.ground.events.actions import publish
from dragoman.kit.address import clean
from dragoman.kit.money import digits_of

from ..cleaning import cleaned_id, masked_cards, tariff_code
from ..events import ProductMirrored
from ..models import Price, Product, ProductVariant, Shop


@dataclass(frozen=True, kw_only=True)
class VariantFacts:
    """What can be ordered of a product; `prices` is {(currency, country or ""): minor units}."""

    external_id: str
    sku: str = ""
    title: str = ""
    barcode: str = ""
    weight: int | None = None
    stock: int | None = None
    prices: Mapping[tuple[str, str], int]


@dataclass(frozen=True, kw_only=True)
class ProductFacts:
    """A whole product at one moment; `version` as in OrderFacts."""

    external_id: str
    title: str
    version: int = 0
    category: str = ""
    url: str = ""
    image_url: str = ""
    hs_code: str = ""
    origin: str = ""
    digital: bool = False
    final_sale: bool = False
    hygiene: bool = False
    active: bool = True
    variants: Sequence[VariantFacts] = ()


@transaction.atomic
def mirror_product(shop: Shop, *, facts: ProductFacts) -> Product:
    """Take a state of a product in; an older one changes nothing, the same again only when it was last told.

    Where two variants have one id, the later one counts. Raises BadMoney.
    """
    for variant in facts.variants:
        for currency, _country in variant.prices:
            digits_of(currency)
    mine = Product.objects.filter(workspace_id=shop.workspace_id, shop_id=shop.pk)
    product, made = mine.select_for_update(no_key=True).get_or_create(
        workspace_id=shop.workspace_id,
        shop=shop,
        external_id=cleaned_id(facts.external_id),
        defaults={"title": ""},
    )
    if facts.version and facts.version < product.shop_version:
        return product
    product.shop_version = max(product.shop_version, facts.version)
    changed = _set(product, _fields(facts)) or made
    product.mirrored_at = timezone.now()
    product.save()
    if _sync_variants(product, facts.variants) or changed:
        publish(ProductMirrored(product_id=product.pk))
    return product


def _text(text: str, most: int) -> str:
    return masked_cards(" ".join(clean(text).split()))[:most]


def _fields(facts: ProductFacts) -> dict[str, Any]:
    return {
        "title": _text(facts.title, 300),
        "category": _text(facts.category, 120),
        "url": clean(facts.url)[:1000],
        "image_url": clean(facts.image_url)[:1000],
        "hs_code": tariff_code(facts.hs_code),
        "origin": facts.origin.upper()[:2],
        **{name: getattr(facts, name) for name in ("digital", "final_sale", "hygiene", "active")},
    }


def _set(row: Product | ProductVariant, fields: Mapping[str, Any]) -> bool:
    news = {name: value for name, value in fields.items() if getattr(row, name) != value}
    for name, value in news.items():
        setattr(row, name, value)
    return bool(news)


def _sync_variants(product: Product, variants: Sequence[VariantFacts]) -> bool:
    mine = ProductVariant.objects.filter(workspace_id=product.workspace_id, product_id=product.pk)
    kept = {row.external_id: row for row in mine}
    fresh, altered, names = [], [], {"sku", "title", "barcode", "weight", "stock", "removed"}
    rows: dict[str, tuple[ProductVariant, VariantFacts]] = {}
    for key, one in {cleaned_id(each.external_id): each for each in variants}.items():
        fields = {
            "sku": _text(one.sku, 120),
            "title": _text(one.title, 200),
            "barcode": _text(one.barcode, 40),
            "weight": one.weight,
            "stock": one.stock,
            "removed": False,
        }
        row = kept.get(key)
        if row is None:
            row = ProductVariant(
                workspace_id=product.workspace_id, product=product, external_id=key, **fields
            )
            fresh.append(row)
        elif _set(row, fields):
            altered.append(row)
        rows[key] = (row, one)
    ProductVariant.objects.bulk_create(fresh)
    if altered:
        ProductVariant.objects.bulk_update(altered, sorted(names))
    gone = mine.exclude(external_id__in=list(rows)).filter(removed=False).update(removed=True)
    return _sync_prices(product, list(rows.values())) or bool(fresh or altered or gone)


def _sync_prices(product: Product, rows: Sequence[tuple[ProductVariant, VariantFacts]]) -> bool:
    wanted = {
        (row.pk, currency, country.upper()[:2]): amount
        for row, facts in rows
        for (currency, country), amount in facts.prices.items()
    }
    mine = Price.objects.filter(workspace_id=product.workspace_id, variant__product_id=product.pk)
    kept = {(row.variant_id, row.currency, row.country): row for row in mine}
    gone = [row.pk for key, row in kept.items() if wanted.get(key) != row.amount]
    if gone:
        Price.objects.filter(workspace_id=product.workspace_id, pk__in=gone).delete()
    fresh = [
        Price(
            workspace_id=product.workspace_id,
            variant_id=key[0],
            currency=key[1],
            country=key[2],
            amount=amount,
        )
        for key, amount in wanted.items()
        if key not in kept or kept[key].amount != amount
    ]
    Price.objects.bulk_create(fresh)
    return bool(gone or fresh)
