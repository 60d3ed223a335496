"""A product is mirrored with what it comes in and what that costs where."""

from dataclasses import replace

import pytest

from dragoman.core.commerce.actions.products import ProductFacts, VariantFacts, mirror_product
from dragoman.core.commerce.actions.shops import shop_of_the_api
from dragoman.core.commerce.models import Price, ProductVariant
from dragoman.ground.events.models import StoredEvent
from dragoman.kit.money import BadMoney
from tests.people import a_house

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_product_is_mirrored_and_only_news_is_told():
    house = a_house()
    sage = VariantFacts(
        external_id="v1", sku="B-SAGE", title="Sage", prices={("EUR", ""): 8900, ("THB", "TH"): 429000}
    )
    rose = VariantFacts(external_id="v2", sku="B-ROSE", title="Rose", prices={("EUR", ""): 8900})
    facts = ProductFacts(external_id="p1", title="Saimi linen blanket", version=2, variants=[sage, rose])
    with house.acting():
        shop = shop_of_the_api(house.brand)
        for _time in range(2):
            mirror_product(shop, facts=facts)
        assert StoredEvent.objects.filter(name="ProductMirrored").count() == 1
        assert Price.objects.count() == 3
        dearer = replace(sage, prices={("EUR", ""): 9900})
        mirror_product(shop, facts=replace(facts, version=3, variants=[dearer]))
        assert list(Price.objects.filter(variant__sku="B-SAGE").values_list("currency", "amount")) == [
            ("EUR", 9900)
        ]
        assert ProductVariant.objects.get(sku="B-ROSE").removed
        assert mirror_product(shop, facts=replace(facts, title="Old")).title == "Saimi linen blanket"
        with pytest.raises(BadMoney):
            mirror_product(
                shop, facts=replace(facts, version=9, variants=[replace(sage, prices={("ABC", ""): 1})])
            )


def test_two_variants_with_one_id_are_one_and_the_later_counts():
    house = a_house()
    old = VariantFacts(external_id="v1", title="Sage", prices={("EUR", ""): 8900})
    new = VariantFacts(external_id=" v1", title="Sage green", prices={("EUR", ""): 9900})
    facts = ProductFacts(external_id="p1", title="Blanket", hs_code="６３٠1", variants=[old, new])
    with house.acting():
        shop = shop_of_the_api(house.brand)
        product = mirror_product(shop, facts=facts)
        assert product.hs_code == "6301"
        assert ProductVariant.objects.get().title == "Sage green"
        assert Price.objects.get().amount == 9900
        before = product.mirrored_at
        again = mirror_product(shop, facts=facts)
        assert again.mirrored_at > before
        assert StoredEvent.objects.filter(name="ProductMirrored").count() == 1
