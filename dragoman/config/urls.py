"""Where every address leads; the front rooms hold their own."""

from allauth.account import views as account_views
from django.urls import include, path

from dragoman.front.api.views import api
from dragoman.front.gateway import views as gateway

urlpatterns = [
    path("api/v1/", api.urls),
    path("login", account_views.login, name="login"),
    path("account/", include("dragoman.front.desk.settings.account_urls")),
    path("account/", include("allauth.urls")),
    path("healthz", gateway.healthz),
    path("readyz", gateway.readyz),
    path("metrics", gateway.metrics),
    path("content/<str:token>/", gateway.content, name="content"),
    path("hooks/<str:key>", gateway.hook, name="hook"),
    path("", include("dragoman.front.portal.urls")),
    path("", include("dragoman.front.desk.urls")),
]
handler404 = "dragoman.front.gateway.views.not_found"
handler500 = "dragoman.front.gateway.views.broken"
handler403 = "dragoman.front.gateway.views.forbidden"
