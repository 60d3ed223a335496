"""Migration operations that put tables under row security and tie rows of one workspace together."""

from django.db import migrations

_MINE = "(SELECT nullif(current_setting('dragoman.workspace_id', true), '')::bigint)"
_STATED = "coalesce(current_setting('dragoman.reason', true), '') <> ''"


def isolate(table: str, *, column: str = "workspace_id") -> migrations.RunSQL:
    """Let `dragoman_app` see one workspace's rows of `table`, and `dragoman_all` every row for a stated reason.

    ENABLE, not FORCE: the owner migrates and dumps, and under FORCE a foreign key added by the owner is marked
    valid without being checked.
    """
    return migrations.RunSQL(
        f"""
        ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
        CREATE POLICY one_workspace ON {table} TO dragoman_app
          USING ({column} = {_MINE}) WITH CHECK ({column} = {_MINE});
        CREATE POLICY all_workspaces ON {table} TO dragoman_all USING ({_STATED}) WITH CHECK ({_STATED});
        """,
        f"""
        DROP POLICY one_workspace ON {table}; DROP POLICY all_workspaces ON {table};
        ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
        """,
    )


def within_workspace(
    table: str, column: str, parent: str, *, on_delete: str = "CASCADE"
) -> migrations.RunSQL:
    """Make `table.column` point only at rows of `parent` in the same workspace: foreign keys ignore row security.

    The parent needs a unique constraint over (workspace_id, id).
    """
    name = f"{table}_{column}_same_workspace"[:63]
    action = f"SET NULL ({column})" if on_delete == "SET NULL" else on_delete
    return migrations.RunSQL(
        f"""ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY (workspace_id, {column})
            REFERENCES {parent} (workspace_id, id) ON DELETE {action} DEFERRABLE INITIALLY IMMEDIATE""",
        f"ALTER TABLE {table} DROP CONSTRAINT {name}",
    )


# of that many newest rows so many must match for a walk from the newest on to be short
_SAMPLE, _COMMON = 2000, 20


def search_function(table: str, *, name: str) -> list[migrations.RunSQL]:
    """Index `table.tsv` and make `name(query, most)`: the newest matching ids of the acting workspace.

    `@@` is not leakproof, so under a policy the GIN index would not be used; a function of a role that reads all
    rows and filters by the workspace itself is as fast as without row security (measured in the tenancy page).
    The planner believes that every beginning of a word stands in two rows of a hundred, and would walk a million
    newest rows for an order number: so the newest few tell whether walking or the index finds more.
    """
    return [
        migrations.RunSQL(
            f"""
            CREATE INDEX {table}_tsv ON {table} USING gin (tsv);
            ALTER TABLE {table} ALTER COLUMN tsv SET STATISTICS 1000;
            GRANT SELECT ON {table} TO dragoman_search;
            CREATE POLICY search_reads ON {table} FOR SELECT TO dragoman_search USING (true);
            """,
            f"DROP POLICY search_reads ON {table}; DROP INDEX {table}_tsv",
        ),
        migrations.RunSQL(
            f"""
            CREATE FUNCTION {name}(q tsquery, most int) RETURNS TABLE (found bigint) LANGUAGE plpgsql STABLE
              SECURITY DEFINER SET search_path = pg_catalog, public SET plan_cache_mode = force_custom_plan AS $$
            DECLARE
              w CONSTANT bigint := nullif(current_setting('dragoman.workspace_id', true), '')::bigint;
              hits int;
            BEGIN
              SELECT count(*) INTO hits FROM (SELECT tsv FROM public.{table} WHERE workspace_id = w
                ORDER BY id DESC LIMIT {_SAMPLE}) newest WHERE tsv @@ q;
              IF hits >= {_COMMON} THEN
                RETURN QUERY SELECT id FROM public.{table} WHERE workspace_id = w AND tsv @@ q
                  ORDER BY id DESC LIMIT most;
              ELSE
                RETURN QUERY SELECT id FROM (SELECT id FROM public.{table} WHERE workspace_id = w AND tsv @@ q
                  OFFSET 0) rare ORDER BY id DESC LIMIT most;
              END IF;
            END $$;
            ALTER FUNCTION {name}(tsquery, int) OWNER TO dragoman_search;
            REVOKE ALL ON FUNCTION {name}(tsquery, int) FROM public;
            GRANT EXECUTE ON FUNCTION {name}(tsquery, int) TO dragoman_app, dragoman_all;
            """,
            f"DROP FUNCTION {name}(tsquery, int)",
        ),
    ]


# so many rows a page is walked through from its beginning before the index is asked for the rest
_WALKED = 20_000


def paging_search(table: str, *, name: str, group: str) -> migrations.RunSQL:
    """Make `name(query, beyond, most, up)`: matching ids of the acting workspace with their `group`, from a place on.

    Newest first below `beyond` (null: from the newest), or with `up` oldest first above it. As in `search_function`
    rows near the place tell whether to walk or to ask the index; a walk that finds too little hands over to it.
    """
    by, found = "public." + table, "id, grouped"

    def pages(direction: str, than: str, edge: str) -> str:
        return f"""
          SELECT count(*) INTO hits FROM
            (SELECT tsv FROM {by} WHERE workspace_id = w AND id {than} at ORDER BY id {direction} LIMIT {_SAMPLE}) near
            WHERE tsv @@ q;
          IF hits >= {_COMMON} THEN
            RETURN QUERY SELECT {found} FROM (SELECT id, {group} AS grouped, tsv FROM {by} WHERE workspace_id = w
              AND id {than} at
              ORDER BY id {direction} LIMIT {_WALKED}) walked WHERE tsv @@ q ORDER BY id {direction} LIMIT most;
            GET DIAGNOSTICS given = ROW_COUNT;
            IF given >= most THEN RETURN; END IF;
            SELECT {edge}(id) INTO at FROM (SELECT id FROM {by} WHERE workspace_id = w AND id {than} at
              ORDER BY id {direction} LIMIT {_WALKED}) walked;
          END IF;
          RETURN QUERY SELECT {found} FROM (SELECT id, {group} AS grouped FROM {by} WHERE workspace_id = w
            AND id {than} at AND tsv @@ q OFFSET 0) rare ORDER BY id {direction} LIMIT most - given;"""

    signature = f"{name}(tsquery, bigint, int, boolean)"
    return migrations.RunSQL(
        f"""
        CREATE FUNCTION {name}(q tsquery, beyond bigint, most int, up boolean)
          RETURNS TABLE (found bigint, of_group bigint) LANGUAGE plpgsql STABLE
          SECURITY DEFINER SET search_path = pg_catalog, public SET plan_cache_mode = force_custom_plan AS $$
        DECLARE
          w CONSTANT bigint := nullif(current_setting('dragoman.workspace_id', true), '')::bigint;
          at bigint := coalesce(beyond, CASE WHEN up THEN 0 ELSE 9223372036854775807 END);
          hits int; given int := 0;
        BEGIN
          IF up THEN {pages("ASC", ">", "max")}
          ELSE {pages("DESC", "<", "min")}
          END IF;
        END $$;
        ALTER FUNCTION {signature} OWNER TO dragoman_search;
        REVOKE ALL ON FUNCTION {signature} FROM public;
        GRANT EXECUTE ON FUNCTION {signature} TO dragoman_app, dragoman_all;
        """,
        f"DROP FUNCTION {signature}",
    )
