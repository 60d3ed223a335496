"""What a shop sells: products, what they come in, and what that costs where."""

from django.db import models
from django.db.models.functions import Now

from dragoman.core.accounts.models import InWorkspace


class Product(InWorkspace):
    """A product of a shop, in the words of the shop's own language; `shop_version` as in Order.

    `mirrored_at` is when it was last told, changed or not.
    """

    shop = models.ForeignKey("commerce.Shop", models.CASCADE, db_constraint=False, db_index=False)
    external_id = models.CharField(max_length=120)
    shop_version = models.BigIntegerField(default=0)
    title = models.CharField(max_length=300)
    category = models.CharField(max_length=120, default="", blank=True)
    url = models.CharField(max_length=1000, default="", blank=True)
    image_url = models.CharField(max_length=1000, default="", blank=True)
    hs_code = models.CharField(max_length=14, default="", blank=True)
    origin = models.CharField(max_length=2, default="", blank=True)
    digital = models.BooleanField(default=False)
    final_sale = models.BooleanField(default=False)
    hygiene = models.BooleanField(default=False)
    active = models.BooleanField(default=True)
    mirrored_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint("workspace", "id", name="product_in_workspace"),
            models.UniqueConstraint("workspace", "shop", "external_id", name="product_once"),
        ]

    def __str__(self) -> str:
        return self.title


class ProductVariant(InWorkspace):
    """One thing of a product that can be ordered; `weight` in grams, `stock` None where the shop does not tell."""

    product = models.ForeignKey(
        Product, models.CASCADE, db_constraint=False, db_index=False, related_name="variants"
    )
    external_id = models.CharField(max_length=120)
    sku = models.CharField(max_length=120, default="", blank=True)
    title = models.CharField(max_length=200, default="", blank=True)
    barcode = models.CharField(max_length=40, default="", blank=True)
    weight = models.PositiveIntegerField(null=True)
    stock = models.IntegerField(null=True)
    removed = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint("workspace", "id", name="variant_in_workspace"),
            models.UniqueConstraint("workspace", "product", "external_id", name="variant_once"),
        ]
        indexes = [models.Index("workspace", "sku", name="variant_sku")]


class Price(InWorkspace):
    """What a variant costs in a currency (minor units), in one country or, where that is empty, everywhere."""

    variant = models.ForeignKey(
        ProductVariant, models.CASCADE, db_constraint=False, db_index=False, related_name="prices"
    )
    currency = models.CharField(max_length=3)
    country = models.CharField(max_length=2, default="", blank=True)
    amount = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint("workspace", "variant", "currency", "country", name="price_once")
        ]
