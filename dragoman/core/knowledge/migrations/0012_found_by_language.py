"""Let a large index be asked for the words of one language, all at once, alone and in pairs.

Each passage keeps the place where it stands among its words: the index then reads no other workspace's and no other
language's passages. A word in more passages than are read says little, so pairs of such words are looked for too.
"""

from django.db import migrations

from dragoman.ground.database.rules import search_function

_SIGNATURE = "find_passages(text, text[], boolean, int)"


class Migration(migrations.Migration):
    """Another `find_passages`, and the place in each row."""

    dependencies = [("knowledge", "0011_what_a_file_was_made_from")]
    operations = [
        # only the function goes: its index, its role's right and policy stay
        (lambda old: migrations.RunSQL(old.reverse_sql, old.sql))(
            search_function("knowledge_passage", name="find_passages")[1]
        ),
        migrations.RunSQL(
            """
            UPDATE knowledge_passage SET tsv = tsv || array_to_tsvector(ARRAY[workspace_id || '=' || language]);
            """,
            "UPDATE knowledge_passage SET tsv = ts_delete(tsv, workspace_id || '=' || language)",
        ),
        migrations.RunSQL(
            f"""
            CREATE FUNCTION find_passages(tag text, lexemes text[], with_internal boolean, most int)
              RETURNS TABLE (tokens int[], found bigint) LANGUAGE plpgsql STABLE
              SECURITY DEFINER SET search_path = pg_catalog, public SET plan_cache_mode = force_custom_plan
              SET enable_seqscan = off SET enable_indexscan = off AS $$
            DECLARE
              place CONSTANT text := quote_literal(nullif(current_setting('dragoman.workspace_id', true), '')
                || '=' || tag);
              usual int[] := '{{}}';
              hits int;
            BEGIN
              FOR one IN 1 .. coalesce(array_length(lexemes, 1), 0) LOOP
                RETURN QUERY SELECT ARRAY[one], id FROM public.knowledge_passage
                  WHERE tsv @@ (place || ' & ' || quote_literal(lexemes[one]))::tsquery
                    AND (with_internal OR NOT internal) LIMIT most;
                GET DIAGNOSTICS hits = ROW_COUNT;
                IF hits = most THEN usual := usual || one; END IF;
              END LOOP;
              RETURN QUERY SELECT pair.tokens, here.id FROM
                (SELECT ARRAY[one, other] AS tokens FROM unnest(usual) one, unnest(usual) other WHERE one < other) pair,
                LATERAL (SELECT id FROM public.knowledge_passage
                  WHERE tsv @@ (place || ' & ' || quote_literal(lexemes[pair.tokens[1]]) || ' & '
                      || quote_literal(lexemes[pair.tokens[2]]))::tsquery
                    AND (with_internal OR NOT internal) LIMIT most) here;
            END $$;
            ALTER FUNCTION {_SIGNATURE} OWNER TO dragoman_search;
            REVOKE ALL ON FUNCTION {_SIGNATURE} FROM public;
            GRANT EXECUTE ON FUNCTION {_SIGNATURE} TO dragoman_app, dragoman_all;
            """,
            f"DROP FUNCTION {_SIGNATURE}",
        ),
    ]
