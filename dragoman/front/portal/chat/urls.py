"""Addresses of the widget's endpoints."""

from django.urls import path

from dragoman.front.portal.chat import copies, views

urlpatterns = [
    path("config", views.config, name="chat_config"),
    path("session", views.session, name="chat_session"),
    path("messages", views.messages_or_send, name="chat_messages"),
    path("receipts", views.receipts, name="chat_receipts"),
    path("typing", views.typing, name="chat_typing"),
    path("transcript", copies.transcript, name="chat_transcript"),
    path("copy/<str:token>", copies.copy_page, name="chat_copy"),
    path("files", views.files, name="chat_files"),
]
