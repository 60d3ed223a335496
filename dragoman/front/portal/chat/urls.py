"""Addresses of the widget's endpoints."""

from django.urls import path

from dragoman.front.portal.chat import copies, rating, selfhelp, views

urlpatterns = [
    path("config", views.config, name="chat_config"),
    path("session", views.session, name="chat_session"),
    path("messages", views.messages_or_send, name="chat_messages"),
    path("receipts", views.receipts, name="chat_receipts"),
    path("typing", views.typing, name="chat_typing"),
    path("transcript", copies.transcript, name="chat_transcript"),
    path("copy/<str:token>", copies.copy_page, name="chat_copy"),
    path("search", selfhelp.search, name="chat_search"),
    path("suggest", selfhelp.suggest, name="chat_suggest"),
    path("read", selfhelp.read, name="chat_read"),
    path("order", selfhelp.order, name="chat_order"),
    path("orders", selfhelp.orders, name="chat_orders"),
    path("survey", rating.survey, name="chat_survey"),
    path("files", views.files, name="chat_files"),
]
