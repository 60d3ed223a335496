"""Carry the brands' words that nobody translates over into the glossary, each an entry of its own."""

from typing import Any

from django.db import migrations

from dragoman.kit.text import fold


def carry_over(apps: Any, schema_editor: Any) -> None:
    brands = apps.get_model("accounts", "Brand")
    entries, terms = (apps.get_model("language", name) for name in ("GlossaryEntry", "GlossaryTerm"))
    for brand in brands.objects.exclude(terms=[]).iterator():
        for word in dict.fromkeys(str(one).strip()[:200] for one in brand.terms):
            if not word:
                continue
            entry = entries.objects.create(
                workspace_id=brand.workspace_id,
                brand_id=brand.pk,
                keep=True,
                speech="properNoun",
                origin="brand",
            )
            terms.objects.create(
                workspace_id=brand.workspace_id, entry_id=entry.pk, text=word, folded=fold(word)[:400]
            )


def carry_back(apps: Any, schema_editor: Any) -> None:
    brands, entries = apps.get_model("accounts", "Brand"), apps.get_model("language", "GlossaryEntry")
    for brand in brands.objects.iterator():
        kept = entries.objects.filter(workspace_id=brand.workspace_id, brand_id=brand.pk, keep=True)
        brand.terms = list(kept.order_by("pk").values_list("terms__text", flat=True))
        brand.save(update_fields=["terms"])


class Migration(migrations.Migration):
    """Data alone."""

    dependencies = [("language", "0005_isolate_glossary_and_memory"), ("accounts", "0006_density")]
    operations = [migrations.RunPython(carry_over, carry_back)]
