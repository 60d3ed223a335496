"""A customer and a warehouse in a real Medusa shop: what they do, over its public APIs."""

from functools import cached_property
from typing import Any

import httpx

from dragoman.ground.providers.shops.ports import Account

_TAGS = {"enabled_in_store": "true"}


class MedusaFloor:
    """Makes orders in a shop at `url` whose admin is the one of the counterparts; amounts are major units."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self.http = httpx.Client(base_url=self.url, timeout=60)
        told = {"email": "admin@example.org", "password": "supersecret"}
        token = self.http.post("/auth/user/emailpass", json=told).json()["token"]
        self.http.headers["authorization"] = f"Bearer {token}"

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        answer = self.http.request(
            method, path, json=body if body is not None or method == "GET" else {}, headers=headers
        )
        assert answer.is_success, f"{method} {path}: {answer.status_code} {answer.text[:300]}"
        return answer.json()

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.call("POST", path, body or {}, **headers)

    @cached_property
    def account(self) -> Account:
        key = self.post("/admin/api-keys", {"title": "dragoman", "type": "secret"})["api_key"]["token"]
        return Account(self.url, {"api_key": key, "hook_secret": "peer-secret"})

    @cached_property
    def channel(self) -> str:
        return str(self.call("GET", "/admin/sales-channels")["sales_channels"][0]["id"])

    @cached_property
    def key(self) -> str:
        made = self.post("/admin/api-keys", {"title": "store", "type": "publishable"})["api_key"]
        self.post(f"/admin/api-keys/{made['id']}/sales-channels", {"add": [self.channel]})
        return str(made["token"])

    @cached_property
    def profile(self) -> str:
        found = self.call("GET", "/admin/shipping-profiles")["shipping_profiles"]
        made = found or [
            self.post("/admin/shipping-profiles", {"name": "d", "type": "default"})["shipping_profile"]
        ]
        return str(made[0]["id"])

    def region(self, currency: str, country: str) -> str:
        for one in self.call("GET", "/admin/regions?fields=id,currency_code,countries.iso_2&limit=100")[
            "regions"
        ]:
            if any(place["iso_2"] == country for place in one["countries"]):
                return str(one["id"])
        body = {
            "name": country,
            "currency_code": currency,
            "countries": [country],
            "payment_providers": ["pp_system_default"],
        }
        return str(self.post("/admin/regions", body)["region"]["id"])

    def place(
        self, currency: str, country: str, price: float, postage: float, quantity: int = 2
    ) -> "MedusaOrder":
        """Let a customer buy, and return the order as the warehouse sees it."""
        store = self.call("GET", "/admin/stores")["stores"][0]
        known = {one["currency_code"] for one in store["supported_currencies"]} | {currency, "eur"}
        self.post(
            f"/admin/stores/{store['id']}",
            {
                "supported_currencies": [
                    {"currency_code": one, "is_default": one == "eur"} for one in sorted(known)
                ]
            },
        )
        region = self.region(currency, country)
        location = self._location(country)
        zone = self._zone(location, country)
        option = self._option(zone, currency, postage)
        product = self.post(
            "/admin/products",
            {
                "title": "Shirt",
                "status": "published",
                "shipping_profile_id": self.profile,
                "options": [{"title": "Size", "values": ["M"]}],
                "variants": [
                    {
                        "title": "M",
                        "sku": f"S-{location[-8:]}",
                        "manage_inventory": False,
                        "options": {"Size": "M"},
                        "prices": [{"currency_code": currency, "amount": price}],
                    }
                ],
                "sales_channels": [{"id": self.channel}],
                "handle": f"shirt-{location[-12:].lower()}",
            },
        )["product"]
        order = self._bought(region, product["variants"][0]["id"], option, country, quantity)
        return MedusaOrder(self, order, location)

    def _bought(self, region: str, variant: str, option: str, country: str, quantity: int) -> str:
        shop = {"x-publishable-api-key": self.key}
        address = {
            "first_name": "Jörg",
            "last_name": "Müller",
            "address_1": "Str 1",
            "city": "Berlin",
            "postal_code": "10115",
            "country_code": country,
        }
        body = {
            "region_id": region,
            "sales_channel_id": self.channel,
            "email": "kunde@example.de",
            "shipping_address": address,
        }
        cart = self.post("/store/carts", body, **shop)["cart"]["id"]
        self.post(f"/store/carts/{cart}/line-items", {"variant_id": variant, "quantity": quantity}, **shop)
        self.post(f"/store/carts/{cart}/shipping-methods", {"option_id": option}, **shop)
        money = self.post("/store/payment-collections", {"cart_id": cart}, **shop)["payment_collection"]["id"]
        provider = {"provider_id": "pp_system_default"}
        self.post(f"/store/payment-collections/{money}/payment-sessions", provider, **shop)
        return str(self.post(f"/store/carts/{cart}/complete", **shop)["order"]["id"])

    def _location(self, country: str) -> str:
        address = {"address_1": "x", "city": "x", "country_code": country}
        made = self.post("/admin/stock-locations", {"name": "WH", "address": address})["stock_location"]["id"]
        self.post(f"/admin/stock-locations/{made}/sales-channels", {"add": [self.channel]})
        self.post(f"/admin/stock-locations/{made}/fulfillment-providers", {"add": ["manual_manual"]})
        return str(made)

    def _zone(self, location: str, country: str) -> str:
        name = {"name": f"ship {location[-8:]}", "type": "shipping"}
        path = f"/admin/stock-locations/{location}/fulfillment-sets?fields=*fulfillment_sets"
        made = self.post(path, name)["stock_location"]["fulfillment_sets"][0]["id"]
        zone = {"name": location[-8:], "geo_zones": [{"type": "country", "country_code": country}]}
        path = f"/admin/fulfillment-sets/{made}/service-zones?fields=*service_zones"
        return str(self.post(path, zone)["fulfillment_set"]["service_zones"][0]["id"])

    def _option(self, zone: str, currency: str, postage: float) -> str:
        body = {
            "name": "Std",
            "service_zone_id": zone,
            "shipping_profile_id": self.profile,
            "provider_id": "manual_manual",
            "price_type": "flat",
            "type": {"label": "Std", "description": "d", "code": "std"},
            "prices": [{"currency_code": currency, "amount": postage}],
            "rules": [
                {"attribute": "enabled_in_store", "operator": "eq", "value": "true"},
                {"attribute": "is_return", "operator": "eq", "value": "false"},
            ],
        }
        return str(self.post("/admin/shipping-options", body)["shipping_option"]["id"])


class MedusaOrder:
    """One order in the warehouse."""

    def __init__(self, floor: MedusaFloor, order: str, location: str) -> None:
        self.floor, self.id, self.location = floor, order, location

    def now(self) -> Any:
        fields = "*items,*payment_collections.payments,*fulfillments,*returns,status,total,summary"
        return self.floor.call("GET", f"/admin/orders/{self.id}?fields={fields}")["order"]

    def capture(self) -> None:
        payment = self.now()["payment_collections"][0]["payments"][0]["id"]
        self.floor.post(f"/admin/payments/{payment}/capture")

    def send(self, quantity: int, tracking: str) -> None:
        items = [{"id": self.now()["items"][0]["id"], "quantity": quantity}]
        body = {"location_id": self.location, "items": items}
        path = f"/admin/orders/{self.id}/fulfillments"
        parcel = self.floor.post(f"{path}?fields=*fulfillments", body)["order"]["fulfillments"][-1]["id"]
        label = {
            "tracking_number": tracking,
            "tracking_url": "http://127.0.0.1/t",
            "label_url": "http://127.0.0.1/l",
        }
        self.floor.post(f"{path}/{parcel}/shipments", {"items": items, "labels": [label]})
        self.parcel = parcel

    def deliver(self) -> None:
        self.floor.post(f"/admin/orders/{self.id}/fulfillments/{self.parcel}/mark-as-delivered")

    def returns(self, quantity: int) -> str:
        """Announce a return in the shop's own pages."""
        items = [{"id": self.now()["items"][0]["id"], "quantity": quantity}]
        made = str(self.floor.post("/admin/returns", {"order_id": self.id})["return"]["id"])
        self.floor.post(f"/admin/returns/{made}/request-items", {"items": items})
        self.floor.post(f"/admin/returns/{made}/request", {"no_notification": True})
        return made

    def refunds(self) -> list[str]:
        """Return what the shop gave back, in its own figures, the oldest first."""
        fields = "id,*payment_collections.payments,*payment_collections.payments.refunds"
        found = self.floor.call("GET", f"/admin/orders/{self.id}?fields={fields}")["order"]
        backs = [
            back
            for kept in found["payment_collections"]
            for paid in kept["payments"]
            for back in paid["refunds"]
        ]
        return [str(one["amount"]) for one in sorted(backs, key=lambda one: str(one["created_at"]))]

    def refund(self, amount: float) -> None:
        """Give back in the shop's own pages."""
        payment = self.now()["payment_collections"][0]["payments"][0]["id"]
        self.floor.post(f"/admin/payments/{payment}/refund", {"amount": amount})

    def receive(self, returned: str, quantity: int) -> None:
        items = [{"id": self.now()["items"][0]["id"], "quantity": quantity}]
        self.floor.post(f"/admin/returns/{returned}/receive")
        self.floor.post(f"/admin/returns/{returned}/receive-items", {"items": items})
        self.floor.post(f"/admin/returns/{returned}/receive/confirm")
