"""Addresses of the widget's endpoints."""

from django.urls import path

from dragoman.front.portal.chat import views

urlpatterns = [
    path("config", views.config, name="chat_config"),
    path("session", views.session, name="chat_session"),
    path("messages", views.messages_or_send, name="chat_messages"),
    path("receipts", views.receipts, name="chat_receipts"),
    path("files", views.files, name="chat_files"),
]
