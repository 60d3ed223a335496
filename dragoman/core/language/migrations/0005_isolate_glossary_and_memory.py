"""Put glossary and memory under row security, and find remembered sentences that are near.

The index of `bands` is asked by a function of a role that reads all rows and filters by the workspace itself: `&&` is
not leakproof, so under a policy the index would not be used (as in `search_function`).
"""

from django.db import migrations

from dragoman.ground.database.rules import isolate, within_workspace

_UNIT = "language_memoryunit"


class Migration(migrations.Migration):
    """Policies, composite keys and the function."""

    dependencies = [("language", "0004_glossary_and_memory"), ("accounts", "0002_isolate")]
    operations = [
        isolate("language_glossaryentry"),
        isolate("language_glossaryterm"),
        isolate(_UNIT),
        within_workspace("language_glossaryentry", "brand_id", "accounts_brand"),
        within_workspace("language_glossaryentry", "agent_id", "accounts_agent", on_delete="SET NULL"),
        within_workspace("language_glossaryterm", "entry_id", "language_glossaryentry"),
        within_workspace(_UNIT, "brand_id", "accounts_brand"),
        within_workspace(_UNIT, "agent_id", "accounts_agent", on_delete="SET NULL"),
        migrations.RunSQL(
            f"""
            CREATE INDEX {_UNIT}_bands ON {_UNIT} USING gin (bands);
            GRANT SELECT ON {_UNIT} TO dragoman_search;
            CREATE POLICY search_reads ON {_UNIT} FOR SELECT TO dragoman_search USING (true);
            """,
            f"DROP POLICY search_reads ON {_UNIT}; DROP INDEX {_UNIT}_bands",
        ),
        migrations.RunSQL(
            f"""
            CREATE FUNCTION language_memory_near(wanted int[], most int) RETURNS TABLE (found bigint)
              LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
              SELECT near.id FROM public.{_UNIT} near
              WHERE near.workspace_id = nullif(current_setting('dragoman.workspace_id', true), '')::bigint
                AND near.bands && wanted
              ORDER BY (SELECT count(*) FROM unnest(near.bands) one WHERE one = ANY(wanted)) DESC, near.id DESC
              LIMIT most
            $$;
            ALTER FUNCTION language_memory_near(int[], int) OWNER TO dragoman_search;
            REVOKE ALL ON FUNCTION language_memory_near(int[], int) FROM public;
            GRANT EXECUTE ON FUNCTION language_memory_near(int[], int) TO dragoman_app, dragoman_all;
            """,
            "DROP FUNCTION language_memory_near(int[], int)",
        ),
    ]
