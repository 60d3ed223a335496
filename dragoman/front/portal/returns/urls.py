"""Addresses of the return portal, below `/returns/<brand>/`."""

from django.urls import path

from . import flow, policy, start, status, way, withdrawing

urlpatterns = [
    path("", start.start, name="returns_start"),
    path("code", start.code, name="returns_code"),
    path("link/<str:token>", start.link, name="returns_link"),
    path("gift/<str:token>", start.gift, name="returns_gift"),
    path("leave", start.leave, name="returns_leave"),
    path("order", flow.order, name="returns_order"),
    path("order/<int:return_id>", status.status, name="returns_status"),
    path("order/<int:return_id>/cancel", status.cancel, name="returns_cancel"),
    path("order/<int:return_id>/print", way.printed, name="returns_print"),
    path("order/<int:return_id>/papers", way.papers, name="returns_papers"),
    path("order/<int:return_id>/fetch", way.fetch, name="returns_fetch"),
    path("order/<int:return_id>/photos", status.photos, name="returns_photos"),
    path("order/<int:return_id>/files/<int:file_id>", status.file, name="returns_file"),
    path("withdraw", withdrawing.withdraw, name="returns_withdraw"),
    path("withdrawn/<str:token>", withdrawing.receipt, name="returns_receipt"),
    path("withdrawn/<str:token>/receipt.txt", withdrawing.download, name="returns_receipt_file"),
    path("policy", policy.policy, name="returns_policy"),
    path("policy/block", policy.block, name="returns_policy_block"),
]
