"""Carry macros, signatures, automatic answers and the consent of the chat over into localised texts, and back."""

from typing import Any

from django.db import migrations

EVERY = "mul"
_BATCH = 500


def _carry(apps: Any, texts: dict[str, str], team: str, **place: Any) -> None:
    """Store one text; nobody knows of a variant that is behind its source, so none is."""
    said = {str(name): str(words).strip() for name, words in texts.items() if str(words).strip()}
    if not said:
        return
    plain = [name for name in said if "@" not in name and name != EVERY]
    mine = [name for name in plain if name.partition("-")[0] == team.partition("-")[0]]
    source = (mine or plain or list(said))[0]
    at = place.pop("written_at")
    text = apps.get_model("texts", "LocalisedText").objects.create(source=source, **place)
    variants = apps.get_model("texts", "Variant").objects
    for name, words in said.items():
        language, _at, market = name.partition("@")
        variants.create(
            workspace_id=text.workspace_id,
            text=text,
            language=language,
            market=market,
            words=words,
            source_version=0 if name == source else 1,
            written_at=at,
        )


def carry_over(apps: Any, schema_editor: Any) -> None:
    teams = dict(apps.get_model("accounts", "Workspace").objects.values_list("pk", "language"))
    for macro in apps.get_model("texts", "Macro").objects.order_by("pk").iterator(_BATCH):
        facts = {"workspace_id": macro.workspace_id, "kind": "macro", "key": str(macro.pk)}
        team = teams.get(macro.workspace_id, "en")
        _carry(apps, macro.texts, team, macro_id=macro.pk, written_at=macro.created_at, **facts)
    for brand in apps.get_model("accounts", "Brand").objects.order_by("pk").iterator(_BATCH):
        facts = {
            "workspace_id": brand.workspace_id,
            "brand_id": brand.pk,
            "team": teams.get(brand.workspace_id, "en"),
            "written_at": brand.created_at,
        }
        signatures = {**brand.signatures, **({EVERY: brand.signature} if brand.signature.strip() else {})}
        _carry(apps, signatures, kind="signature", key="signature", **facts)
        _carry(apps, brand.acknowledgements, kind="acknowledgement", key="acknowledgement", **facts)
        consent = brand.chat.get("consent_text") if isinstance(brand.chat, dict) else ""
        if isinstance(consent, str):
            _carry(apps, {brand.language: consent}, kind="widget", key="consent", **facts)


def _said(text: Any) -> dict[str, str]:
    rows = text.variants.order_by("pk").values_list("language", "market", "words")
    return {f"{language}@{market}" if market else language: words for language, market, words in rows}


def carry_back(apps: Any, schema_editor: Any) -> None:
    """Write the words where they stood before; greetings and away texts had no place and are lost."""
    texts = apps.get_model("texts", "LocalisedText").objects
    for text in texts.filter(kind="macro").select_related("macro").iterator(_BATCH):
        if text.macro is not None:
            text.macro.texts = _said(text)
            text.macro.save(update_fields=["texts"])
    for text in texts.exclude(brand=None).select_related("brand").iterator(_BATCH):
        brand, said = text.brand, _said(text)
        if text.kind == "signature":
            brand.signature = said.pop(EVERY, "")
            brand.signatures = said
        elif text.kind == "acknowledgement":
            brand.acknowledgements = said
        elif text.kind == "widget" and text.key == "consent":
            words = said.get(brand.language) or said.get(text.source, "")
            brand.chat = {**(brand.chat if isinstance(brand.chat, dict) else {}), "consent_text": words}
        brand.save(update_fields=["signature", "signatures", "acknowledgements", "chat"])
    texts.all().delete()


class Migration(migrations.Migration):
    """Data alone."""

    dependencies = [("texts", "0004_isolate_texts"), ("accounts", "0010_masking")]
    operations = [migrations.RunPython(carry_over, carry_back)]
