"""The sealing key of each workspace, wrapped by a key derived from the installation's secret."""

from django.conf import settings

from dragoman.kit import seal
from dragoman.kit.memo import Memo

from .models import Workspace

_PURPOSE = b"workspace key"
_keys: Memo[int, bytes] = Memo(seconds=3600)


def wrapped_new_key() -> bytes:
    """Return a fresh workspace key as it is stored."""
    return seal.seal(
        seal.derived_key(settings.SECRET_KEY, "workspace keys"), seal.new_key(), purpose=_PURPOSE
    )


def key_of(workspace_id: int) -> bytes:
    """Return the key that this workspace's envelopes and secrets are sealed with."""

    def load() -> bytes:
        wrapped = Workspace.objects.values_list("sealed_key", flat=True).get(pk=workspace_id)
        return seal.unseal(
            seal.derived_key(settings.SECRET_KEY, "workspace keys"), bytes(wrapped), purpose=_PURPOSE
        )

    key = _keys.get(workspace_id, load)
    assert key is not None
    return key
