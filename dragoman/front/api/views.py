"""The API."""

from ninja import NinjaAPI

api = NinjaAPI(title="Dragoman", version="1")
