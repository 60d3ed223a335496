"""Pages of allauth that this installation answers elsewhere; included before allauth's own.

One may not change the address of one's log-in: it is what an invitation proved.
"""

from django.urls import path
from django.views.generic import RedirectView

_security = RedirectView.as_view(url="/settings/security")

urlpatterns = [
    path("2fa/", _security),
    path("2fa/webauthn/", _security),
    path("sessions/", _security),
    path("email/", _security),
]
