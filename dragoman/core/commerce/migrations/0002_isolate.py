"""Put the mirror of commerce under row security, and tie its rows to their workspace."""

from django.db import migrations

from dragoman.ground.database.rules import isolate, within_workspace

_TABLES = (
    "shop",
    "order",
    "orderline",
    "shipment",
    "shipmentline",
    "shipmentevent",
    "payment",
    "refund",
    "product",
    "productvariant",
    "price",
)
# (table, column, parent, what a parent that goes does)
_KEYS = (
    ("shop", "brand_id", "accounts_brand", "CASCADE"),
    ("shop", "account_id", "connections_vendoraccount", "SET NULL"),
    ("order", "shop_id", "commerce_shop", "CASCADE"),
    ("order", "brand_id", "accounts_brand", "CASCADE"),
    ("order", "customer_id", "customers_customer", "SET NULL"),
    ("orderline", "order_id", "commerce_order", "CASCADE"),
    ("shipment", "order_id", "commerce_order", "CASCADE"),
    ("shipmentline", "shipment_id", "commerce_shipment", "CASCADE"),
    ("shipmentline", "line_id", "commerce_orderline", "CASCADE"),
    ("shipmentevent", "shipment_id", "commerce_shipment", "CASCADE"),
    ("payment", "order_id", "commerce_order", "CASCADE"),
    ("refund", "order_id", "commerce_order", "CASCADE"),
    ("refund", "payment_id", "commerce_payment", "SET NULL"),
    ("product", "shop_id", "commerce_shop", "CASCADE"),
    ("productvariant", "product_id", "commerce_product", "CASCADE"),
    ("price", "variant_id", "commerce_productvariant", "CASCADE"),
)


class Migration(migrations.Migration):
    """Policies and composite keys."""

    dependencies = [
        ("commerce", "0001_initial"),
        ("accounts", "0002_isolate"),
        ("connections", "0004_vendor_accounts"),
        ("customers", "0002_isolate"),
    ]
    operations = [
        *(isolate(f"commerce_{table}") for table in _TABLES),
        *(
            within_workspace(f"commerce_{table}", column, parent, on_delete=action)
            for table, column, parent, action in _KEYS
        ),
    ]
