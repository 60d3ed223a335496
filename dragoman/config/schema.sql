-- PostgreSQL 18; written by `make schema`, never by hand
-- of the migrations 39181db9e0ed77e8, told as f644a0a528e127c2
CREATE TYPE public.procrastinate_job_event_type AS ENUM (
    'deferred',
    'started',
    'deferred_for_retry',
    'failed',
    'succeeded',
    'cancelled',
    'abort_requested',
    'aborted',
    'scheduled',
    'retried'
);
CREATE TYPE public.procrastinate_job_status AS ENUM (
    'todo',
    'doing',
    'succeeded',
    'failed',
    'cancelled',
    'aborting',
    'aborted'
);
CREATE TYPE public.procrastinate_job_to_defer_v1 AS (
	queue_name character varying,
	task_name character varying,
	priority integer,
	lock text,
	queueing_lock text,
	args jsonb,
	scheduled_at timestamp with time zone
);
CREATE FUNCTION public.find_passages(tag text, lexemes text[], with_internal boolean, most integer) RETURNS TABLE(tokens integer[], found bigint)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    SET plan_cache_mode TO 'force_custom_plan'
    SET enable_seqscan TO 'off'
    SET enable_indexscan TO 'off'
    AS $$
            DECLARE
              place CONSTANT text := quote_literal(nullif(current_setting('dragoman.workspace_id', true), '')
                || '=' || tag);
              usual int[] := '{}';
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
ALTER FUNCTION public.find_passages(tag text, lexemes text[], with_internal boolean, most integer) OWNER TO dragoman_search;
CREATE FUNCTION public.language_memory_by_bands(wanted integer[], most integer) RETURNS TABLE(found bigint)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
              SELECT near.id FROM public.language_memoryunit near
              WHERE near.workspace_id + 0 = nullif(current_setting('dragoman.workspace_id', true), '')::bigint
                AND near.bands && wanted
              ORDER BY (SELECT count(*) FROM unnest(near.bands) one WHERE one = ANY(wanted)) DESC, near.id DESC
              LIMIT most
            $$;
ALTER FUNCTION public.language_memory_by_bands(wanted integer[], most integer) OWNER TO dragoman_search;
CREATE FUNCTION public.language_memory_near(wanted integer[], most integer) RETURNS TABLE(found bigint)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
              SELECT near.id FROM public.language_memoryunit near
              WHERE near.workspace_id = nullif(current_setting('dragoman.workspace_id', true), '')::bigint
                AND near.bands && wanted
              ORDER BY (SELECT count(*) FROM unnest(near.bands) one WHERE one = ANY(wanted)) DESC, near.id DESC
              LIMIT most
            $$;
ALTER FUNCTION public.language_memory_near(wanted integer[], most integer) OWNER TO dragoman_search;
CREATE FUNCTION public.procrastinate_cancel_job_v1(job_id bigint, abort boolean, delete_job boolean) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
BEGIN
    IF delete_job THEN
        DELETE FROM procrastinate_jobs
        WHERE id = job_id AND status = 'todo'
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        IF abort THEN
            UPDATE procrastinate_jobs
            SET abort_requested = true,
                status = CASE status
                    WHEN 'todo' THEN 'cancelled'::procrastinate_job_status ELSE status
                END
            WHERE id = job_id AND status IN ('todo', 'doing')
            RETURNING id INTO _job_id;
        ELSE
            UPDATE procrastinate_jobs
            SET status = 'cancelled'::procrastinate_job_status
            WHERE id = job_id AND status = 'todo'
            RETURNING id INTO _job_id;
        END IF;
    END IF;
    RETURN _job_id;
END;
$$;
CREATE FUNCTION public.procrastinate_defer_jobs_v1(jobs public.procrastinate_job_to_defer_v1[]) RETURNS bigint[]
    LANGUAGE plpgsql
    AS $$
DECLARE
    job_ids bigint[];
BEGIN
    WITH inserted_jobs AS (
        INSERT INTO procrastinate_jobs (queue_name, task_name, priority, lock, queueing_lock, args, scheduled_at)
        SELECT (job).queue_name,
               (job).task_name,
               (job).priority,
               (job).lock,
               (job).queueing_lock,
               (job).args,
               (job).scheduled_at
        FROM unnest(jobs) AS job
        RETURNING id
    )
    SELECT array_agg(id) FROM inserted_jobs INTO job_ids;
    RETURN job_ids;
END;
$$;
CREATE FUNCTION public.procrastinate_defer_periodic_job_v2(_queue_name character varying, _lock character varying, _queueing_lock character varying, _task_name character varying, _priority integer, _periodic_id character varying, _defer_timestamp bigint, _args jsonb) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
DECLARE
	_job_id bigint;
	_defer_id bigint;
BEGIN
    INSERT
        INTO procrastinate_periodic_defers (task_name, periodic_id, defer_timestamp)
        VALUES (_task_name, _periodic_id, _defer_timestamp)
        ON CONFLICT DO NOTHING
        RETURNING id into _defer_id;
    IF _defer_id IS NULL THEN
        RETURN NULL;
    END IF;
    UPDATE procrastinate_periodic_defers
        SET job_id = (
            SELECT COALESCE((
                SELECT unnest(procrastinate_defer_jobs_v1(
                    ARRAY[
                        ROW(
                            _queue_name,
                            _task_name,
                            _priority,
                            _lock,
                            _queueing_lock,
                            _args,
                            NULL::timestamptz
                        )
                    ]::procrastinate_job_to_defer_v1[]
                ))
            ), NULL)
        )
        WHERE id = _defer_id
        RETURNING job_id INTO _job_id;
    DELETE
        FROM procrastinate_periodic_defers
        USING (
            SELECT id
            FROM procrastinate_periodic_defers
            WHERE procrastinate_periodic_defers.task_name = _task_name
            AND procrastinate_periodic_defers.periodic_id = _periodic_id
            AND procrastinate_periodic_defers.defer_timestamp < _defer_timestamp
            ORDER BY id
            FOR UPDATE
        ) to_delete
        WHERE procrastinate_periodic_defers.id = to_delete.id;
    RETURN _job_id;
END;
$$;
CREATE TABLE public.procrastinate_jobs (
    id bigint NOT NULL,
    queue_name character varying(128) NOT NULL,
    task_name character varying(128) NOT NULL,
    lock text,
    args jsonb DEFAULT '{}'::jsonb NOT NULL,
    status public.procrastinate_job_status DEFAULT 'todo'::public.procrastinate_job_status NOT NULL,
    scheduled_at timestamp with time zone,
    attempts integer DEFAULT 0 NOT NULL,
    queueing_lock text,
    priority integer DEFAULT 0 NOT NULL,
    abort_requested boolean DEFAULT false NOT NULL,
    worker_id bigint,
    CONSTRAINT check_not_todo_abort_requested CHECK ((NOT ((status = 'todo'::public.procrastinate_job_status) AND (abort_requested = true))))
);
CREATE FUNCTION public.procrastinate_fetch_job_v2(target_queue_names character varying[], p_worker_id bigint) RETURNS public.procrastinate_jobs
    LANGUAGE plpgsql
    AS $$
DECLARE
	found_jobs procrastinate_jobs;
BEGIN
    WITH candidate AS (
        SELECT jobs.*
            FROM procrastinate_jobs AS jobs
            WHERE
                -- reject the job if its lock has earlier or higher priority jobs
                NOT EXISTS (
                    SELECT 1
                        FROM procrastinate_jobs AS other_jobs
                        WHERE
                            jobs.lock IS NOT NULL
                            AND other_jobs.lock = jobs.lock
                            AND (
                                -- job with same lock is already running
                                other_jobs.status = 'doing'
                                OR
                                -- job with same lock is waiting and has higher priority (or same priority but was queued first)
                                (
                                    other_jobs.status = 'todo'
                                    AND (
                                        other_jobs.priority > jobs.priority
                                        OR (
                                        other_jobs.priority = jobs.priority
                                        AND other_jobs.id < jobs.id
                                        )
                                    )
                                )
                            )
                )
                AND jobs.status = 'todo'
                AND (target_queue_names IS NULL OR jobs.queue_name = ANY( target_queue_names ))
                AND (jobs.scheduled_at IS NULL OR jobs.scheduled_at <= now())
            ORDER BY jobs.priority DESC, jobs.id ASC LIMIT 1
            FOR UPDATE OF jobs SKIP LOCKED
    )
    UPDATE procrastinate_jobs
        SET status = 'doing', worker_id = p_worker_id
        FROM candidate
        WHERE procrastinate_jobs.id = candidate.id
        RETURNING procrastinate_jobs.* INTO found_jobs;
 RETURN found_jobs;
END;
$$;
CREATE FUNCTION public.procrastinate_finish_job_v1(job_id bigint, end_status public.procrastinate_job_status, delete_job boolean) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
BEGIN
    IF end_status NOT IN ('succeeded', 'failed', 'aborted') THEN
        RAISE 'End status should be either "succeeded", "failed" or "aborted" (job id: %)', job_id;
    END IF;
    IF delete_job THEN
        DELETE FROM procrastinate_jobs
        WHERE id = job_id AND status IN ('todo', 'doing')
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = end_status,
            abort_requested = false,
            attempts = CASE status
                WHEN 'doing' THEN attempts + 1 ELSE attempts
            END
        WHERE id = job_id AND status IN ('todo', 'doing')
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        RAISE 'Job was not found or not in "doing" or "todo" status (job id: %)', job_id;
    END IF;
END;
$$;
CREATE FUNCTION public.procrastinate_notify_queue_abort_job_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    payload TEXT;
BEGIN
    SELECT json_build_object('type', 'abort_job_requested', 'job_id', NEW.id)::text INTO payload;
	PERFORM pg_notify('procrastinate_queue_v1#' || NEW.queue_name, payload);
	PERFORM pg_notify('procrastinate_any_queue_v1', payload);
	RETURN NEW;
END;
$$;
CREATE FUNCTION public.procrastinate_notify_queue_job_inserted_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    payload TEXT;
BEGIN
    SELECT json_build_object('type', 'job_inserted', 'job_id', NEW.id)::text INTO payload;
	PERFORM pg_notify('procrastinate_queue_v1#' || NEW.queue_name, payload);
	PERFORM pg_notify('procrastinate_any_queue_v1', payload);
	RETURN NEW;
END;
$$;
CREATE FUNCTION public.procrastinate_prune_stalled_workers_v1(seconds_since_heartbeat double precision) RETURNS TABLE(worker_id bigint)
    LANGUAGE plpgsql
    AS $$
BEGIN
    RETURN QUERY
    DELETE FROM procrastinate_workers
    WHERE last_heartbeat < NOW() - (seconds_since_heartbeat || 'SECOND')::INTERVAL
    RETURNING procrastinate_workers.id;
END;
$$;
CREATE FUNCTION public.procrastinate_register_worker_v1() RETURNS TABLE(worker_id bigint)
    LANGUAGE plpgsql
    AS $$
BEGIN
    RETURN QUERY
    INSERT INTO procrastinate_workers DEFAULT VALUES
    RETURNING procrastinate_workers.id;
END;
$$;
CREATE FUNCTION public.procrastinate_retry_job_v1(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
    _abort_requested boolean;
BEGIN
    SELECT abort_requested FROM procrastinate_jobs
    WHERE id = job_id AND status = 'doing'
    FOR UPDATE
    INTO _abort_requested;
    IF _abort_requested THEN
        UPDATE procrastinate_jobs
        SET status = 'failed'::procrastinate_job_status
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = 'todo'::procrastinate_job_status,
            attempts = attempts + 1,
            scheduled_at = retry_at,
            priority = COALESCE(new_priority, priority),
            queue_name = COALESCE(new_queue_name, queue_name),
            lock = COALESCE(new_lock, lock)
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        RAISE 'Job was not found or not in "doing" status (job id: %)', job_id;
    END IF;
END;
$$;
CREATE FUNCTION public.procrastinate_retry_job_v2(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
    _abort_requested boolean;
    _current_status procrastinate_job_status;
BEGIN
    SELECT status, abort_requested FROM procrastinate_jobs
    WHERE id = job_id AND status IN ('doing', 'failed')
    FOR UPDATE
    INTO _current_status, _abort_requested;
    IF _current_status = 'doing' AND _abort_requested THEN
        UPDATE procrastinate_jobs
        SET status = 'failed'::procrastinate_job_status
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = 'todo'::procrastinate_job_status,
            attempts = attempts + 1,
            scheduled_at = retry_at,
            priority = COALESCE(new_priority, priority),
            queue_name = COALESCE(new_queue_name, queue_name),
            lock = COALESCE(new_lock, lock)
        WHERE id = job_id AND status IN ('doing', 'failed')
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        RAISE 'Job was not found or has an invalid status to retry (job id: %)', job_id;
    END IF;
END;
$$;
CREATE FUNCTION public.procrastinate_trigger_abort_requested_events_procedure_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type)
        VALUES (NEW.id, 'abort_requested'::procrastinate_job_event_type);
    RETURN NEW;
END;
$$;
CREATE FUNCTION public.procrastinate_trigger_function_scheduled_events_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type, at)
        VALUES (NEW.id, 'scheduled'::procrastinate_job_event_type, NEW.scheduled_at);
	RETURN NEW;
END;
$$;
CREATE FUNCTION public.procrastinate_trigger_function_status_events_insert_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type)
        VALUES (NEW.id, 'deferred'::procrastinate_job_event_type);
	RETURN NEW;
END;
$$;
CREATE FUNCTION public.procrastinate_trigger_function_status_events_update_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    WITH t AS (
        SELECT CASE
            WHEN OLD.status = 'todo'::procrastinate_job_status
                AND NEW.status = 'doing'::procrastinate_job_status
                THEN 'started'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'todo'::procrastinate_job_status
                THEN 'deferred_for_retry'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'failed'::procrastinate_job_status
                THEN 'failed'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'succeeded'::procrastinate_job_status
                THEN 'succeeded'::procrastinate_job_event_type
            WHEN OLD.status = 'todo'::procrastinate_job_status
                AND (
                    NEW.status = 'cancelled'::procrastinate_job_status
                    OR NEW.status = 'failed'::procrastinate_job_status
                    OR NEW.status = 'succeeded'::procrastinate_job_status
                )
                THEN 'cancelled'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'aborted'::procrastinate_job_status
                THEN 'aborted'::procrastinate_job_event_type
            WHEN OLD.status = 'failed'::procrastinate_job_status
                AND NEW.status = 'todo'::procrastinate_job_status
                THEN 'retried'::procrastinate_job_event_type
            ELSE NULL
        END as event_type
    )
    INSERT INTO procrastinate_events(job_id, type)
        SELECT NEW.id, t.event_type
        FROM t
        WHERE t.event_type IS NOT NULL;
	RETURN NEW;
END;
$$;
CREATE FUNCTION public.procrastinate_unlink_periodic_defers_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE procrastinate_periodic_defers
    SET job_id = NULL
    WHERE job_id = OLD.id;
    RETURN OLD;
END;
$$;
CREATE FUNCTION public.procrastinate_unregister_worker_v1(worker_id bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    DELETE FROM procrastinate_workers
    WHERE id = worker_id;
END;
$$;
CREATE FUNCTION public.procrastinate_update_heartbeat_v1(worker_id bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE procrastinate_workers
    SET last_heartbeat = NOW()
    WHERE id = worker_id;
END;
$$;
CREATE FUNCTION public.search_community(q tsquery, most integer) RETURNS TABLE(found bigint)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    SET plan_cache_mode TO 'force_custom_plan'
    AS $$
            DECLARE
              w CONSTANT bigint := nullif(current_setting('dragoman.workspace_id', true), '')::bigint;
              hits int;
            BEGIN
              SELECT count(*) INTO hits FROM (SELECT tsv FROM public.community_thread WHERE workspace_id = w
                ORDER BY id DESC LIMIT 2000) newest WHERE tsv @@ q;
              IF hits >= 20 THEN
                RETURN QUERY SELECT id FROM public.community_thread WHERE workspace_id = w AND tsv @@ q
                  ORDER BY id DESC LIMIT most;
              ELSE
                RETURN QUERY SELECT id FROM (SELECT id FROM public.community_thread WHERE workspace_id = w AND tsv @@ q
                  OFFSET 0) rare ORDER BY id DESC LIMIT most;
              END IF;
            END $$;
ALTER FUNCTION public.search_community(q tsquery, most integer) OWNER TO dragoman_search;
CREATE FUNCTION public.search_customers_from(q tsquery, beyond bigint, most integer, up boolean) RETURNS TABLE(found bigint, of_group bigint)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    SET plan_cache_mode TO 'force_custom_plan'
    AS $$
        DECLARE
          w CONSTANT bigint := nullif(current_setting('dragoman.workspace_id', true), '')::bigint;
          at bigint := coalesce(beyond, CASE WHEN up THEN 0 ELSE 9223372036854775807 END);
          hits int; given int := 0;
        BEGIN
          IF up THEN
          SELECT count(*) INTO hits FROM
            (SELECT tsv FROM public.customers_customer WHERE workspace_id = w AND id > at ORDER BY id ASC LIMIT 2000) near
            WHERE tsv @@ q;
          IF hits >= 20 THEN
            RETURN QUERY SELECT id, grouped FROM (SELECT id, id AS grouped, tsv FROM public.customers_customer WHERE workspace_id = w
              AND id > at
              ORDER BY id ASC LIMIT 20000) walked WHERE tsv @@ q ORDER BY id ASC LIMIT most;
            GET DIAGNOSTICS given = ROW_COUNT;
            IF given >= most THEN RETURN; END IF;
            SELECT max(id) INTO at FROM (SELECT id FROM public.customers_customer WHERE workspace_id = w AND id > at
              ORDER BY id ASC LIMIT 20000) walked;
          END IF;
          RETURN QUERY SELECT id, grouped FROM (SELECT id, id AS grouped FROM public.customers_customer WHERE workspace_id = w
            AND id > at AND tsv @@ q OFFSET 0) rare ORDER BY id ASC LIMIT most - given;
          ELSE
          SELECT count(*) INTO hits FROM
            (SELECT tsv FROM public.customers_customer WHERE workspace_id = w AND id < at ORDER BY id DESC LIMIT 2000) near
            WHERE tsv @@ q;
          IF hits >= 20 THEN
            RETURN QUERY SELECT id, grouped FROM (SELECT id, id AS grouped, tsv FROM public.customers_customer WHERE workspace_id = w
              AND id < at
              ORDER BY id DESC LIMIT 20000) walked WHERE tsv @@ q ORDER BY id DESC LIMIT most;
            GET DIAGNOSTICS given = ROW_COUNT;
            IF given >= most THEN RETURN; END IF;
            SELECT min(id) INTO at FROM (SELECT id FROM public.customers_customer WHERE workspace_id = w AND id < at
              ORDER BY id DESC LIMIT 20000) walked;
          END IF;
          RETURN QUERY SELECT id, grouped FROM (SELECT id, id AS grouped FROM public.customers_customer WHERE workspace_id = w
            AND id < at AND tsv @@ q OFFSET 0) rare ORDER BY id DESC LIMIT most - given;
          END IF;
        END $$;
ALTER FUNCTION public.search_customers_from(q tsquery, beyond bigint, most integer, up boolean) OWNER TO dragoman_search;
CREATE FUNCTION public.search_messages_from(q tsquery, beyond bigint, most integer, up boolean) RETURNS TABLE(found bigint, of_group bigint)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    SET plan_cache_mode TO 'force_custom_plan'
    AS $$
        DECLARE
          w CONSTANT bigint := nullif(current_setting('dragoman.workspace_id', true), '')::bigint;
          at bigint := coalesce(beyond, CASE WHEN up THEN 0 ELSE 9223372036854775807 END);
          hits int; given int := 0;
        BEGIN
          IF up THEN
          SELECT count(*) INTO hits FROM
            (SELECT tsv FROM public.conversations_message WHERE workspace_id = w AND id > at ORDER BY id ASC LIMIT 2000) near
            WHERE tsv @@ q;
          IF hits >= 20 THEN
            RETURN QUERY SELECT id, grouped FROM (SELECT id, conversation_id AS grouped, tsv FROM public.conversations_message WHERE workspace_id = w
              AND id > at
              ORDER BY id ASC LIMIT 20000) walked WHERE tsv @@ q ORDER BY id ASC LIMIT most;
            GET DIAGNOSTICS given = ROW_COUNT;
            IF given >= most THEN RETURN; END IF;
            SELECT max(id) INTO at FROM (SELECT id FROM public.conversations_message WHERE workspace_id = w AND id > at
              ORDER BY id ASC LIMIT 20000) walked;
          END IF;
          RETURN QUERY SELECT id, grouped FROM (SELECT id, conversation_id AS grouped FROM public.conversations_message WHERE workspace_id = w
            AND id > at AND tsv @@ q OFFSET 0) rare ORDER BY id ASC LIMIT most - given;
          ELSE
          SELECT count(*) INTO hits FROM
            (SELECT tsv FROM public.conversations_message WHERE workspace_id = w AND id < at ORDER BY id DESC LIMIT 2000) near
            WHERE tsv @@ q;
          IF hits >= 20 THEN
            RETURN QUERY SELECT id, grouped FROM (SELECT id, conversation_id AS grouped, tsv FROM public.conversations_message WHERE workspace_id = w
              AND id < at
              ORDER BY id DESC LIMIT 20000) walked WHERE tsv @@ q ORDER BY id DESC LIMIT most;
            GET DIAGNOSTICS given = ROW_COUNT;
            IF given >= most THEN RETURN; END IF;
            SELECT min(id) INTO at FROM (SELECT id FROM public.conversations_message WHERE workspace_id = w AND id < at
              ORDER BY id DESC LIMIT 20000) walked;
          END IF;
          RETURN QUERY SELECT id, grouped FROM (SELECT id, conversation_id AS grouped FROM public.conversations_message WHERE workspace_id = w
            AND id < at AND tsv @@ q OFFSET 0) rare ORDER BY id DESC LIMIT most - given;
          END IF;
        END $$;
ALTER FUNCTION public.search_messages_from(q tsquery, beyond bigint, most integer, up boolean) OWNER TO dragoman_search;
CREATE TABLE public.account_emailaddress (
    id integer NOT NULL,
    email character varying(254) NOT NULL,
    verified boolean NOT NULL,
    "primary" boolean NOT NULL,
    user_id bigint NOT NULL
);
ALTER TABLE public.account_emailaddress ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.account_emailaddress_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.account_emailconfirmation (
    id integer NOT NULL,
    created timestamp with time zone NOT NULL,
    sent timestamp with time zone,
    key character varying(64) NOT NULL,
    email_address_id integer NOT NULL
);
ALTER TABLE public.account_emailconfirmation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.account_emailconfirmation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.accounts_agent (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    role character varying(12) NOT NULL,
    time_zone character varying(64) NOT NULL,
    ui_language character varying(20) NOT NULL,
    languages jsonb NOT NULL,
    is_active boolean NOT NULL,
    single_keys boolean NOT NULL,
    theme character varying(5) NOT NULL,
    seen_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    user_id bigint NOT NULL,
    workspace_id bigint NOT NULL,
    signatures jsonb NOT NULL,
    density character varying(5) DEFAULT 'three'::character varying NOT NULL,
    gender character varying(5) DEFAULT ''::character varying NOT NULL
);
ALTER TABLE public.accounts_agent ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_agent_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.accounts_apitoken (
    id bigint NOT NULL,
    name character varying(80) NOT NULL,
    token_hash character varying(64) NOT NULL,
    scopes jsonb NOT NULL,
    revoked_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    workspace_id bigint NOT NULL
);
ALTER TABLE public.accounts_apitoken ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_apitoken_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.accounts_approval (
    id bigint NOT NULL,
    subject character varying(60) NOT NULL,
    kind character varying(20) NOT NULL,
    market character varying(2) NOT NULL,
    reason character varying(20) NOT NULL,
    amount bigint NOT NULL,
    currency character varying(3) NOT NULL,
    customer_id bigint,
    facts jsonb NOT NULL,
    comment character varying(1000) NOT NULL,
    state character varying(10) NOT NULL,
    answer character varying(1000) NOT NULL,
    decided_at timestamp with time zone,
    expires_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    decided_by_id bigint,
    requester_id bigint,
    stands_for_id bigint,
    workspace_id bigint NOT NULL
);
ALTER TABLE public.accounts_approval ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_approval_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.accounts_authoritylimit (
    id bigint NOT NULL,
    role character varying(12) NOT NULL,
    kind character varying(20) NOT NULL,
    market character varying(2) NOT NULL,
    reason character varying(20) NOT NULL,
    decision character varying(8) NOT NULL,
    sums jsonb NOT NULL,
    other_currencies boolean NOT NULL,
    per_day integer,
    changed_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    agent_id bigint,
    workspace_id bigint NOT NULL,
    CONSTRAINT accounts_authoritylimit_per_day_check CHECK ((per_day >= 0)),
    CONSTRAINT authority_limit_of_somebody CHECK ((((agent_id IS NULL) AND ((role)::text > ''::text)) OR ((agent_id IS NOT NULL) AND ((role)::text = ''::text))))
);
ALTER TABLE public.accounts_authoritylimit ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_authoritylimit_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.accounts_authorityuse (
    id bigint NOT NULL,
    kind character varying(20) NOT NULL,
    market character varying(2) NOT NULL,
    reason character varying(20) NOT NULL,
    amount bigint NOT NULL,
    currency character varying(3) NOT NULL,
    customer_id bigint,
    subject character varying(60) NOT NULL,
    at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    released_at timestamp with time zone,
    holder_id bigint,
    workspace_id bigint NOT NULL
);
ALTER TABLE public.accounts_authorityuse ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_authorityuse_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.accounts_brand (
    id bigint NOT NULL,
    slug character varying(63) NOT NULL,
    name character varying(120) NOT NULL,
    language character varying(20) NOT NULL,
    colour character varying(7) NOT NULL,
    machine_mark character varying(8) NOT NULL,
    allowed_origins jsonb NOT NULL,
    identity_secret character varying(64) NOT NULL,
    signature text DEFAULT ''::text NOT NULL,
    terms jsonb DEFAULT '[]'::jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    workspace_id bigint NOT NULL,
    acknowledge character varying(8) DEFAULT 'never'::character varying NOT NULL,
    acknowledgements jsonb DEFAULT '{}'::jsonb NOT NULL,
    signatures jsonb DEFAULT '{}'::jsonb NOT NULL,
    chat jsonb DEFAULT '{}'::jsonb NOT NULL,
    registers jsonb DEFAULT '{}'::jsonb NOT NULL,
    masks jsonb,
    help jsonb DEFAULT '{}'::jsonb NOT NULL
);
ALTER TABLE public.accounts_brand ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_brand_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.accounts_holidayfeed (
    id bigint NOT NULL,
    name character varying(80) NOT NULL,
    url character varying(2000) NOT NULL,
    days jsonb NOT NULL,
    error character varying(30) NOT NULL,
    asked_at timestamp with time zone,
    good_at timestamp with time zone,
    hours_id bigint,
    workspace_id bigint NOT NULL
);
ALTER TABLE public.accounts_holidayfeed ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_holidayfeed_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.accounts_invitation (
    id bigint NOT NULL,
    email character varying(254) NOT NULL,
    role character varying(12) NOT NULL,
    token_hash character varying(64) NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    accepted_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    invited_by_id bigint NOT NULL,
    workspace_id bigint NOT NULL
);
ALTER TABLE public.accounts_invitation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_invitation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.accounts_servicehours (
    id bigint NOT NULL,
    market character varying(2) NOT NULL,
    channel character varying(30) NOT NULL,
    time_zone character varying(64) NOT NULL,
    week jsonb NOT NULL,
    country character varying(2) NOT NULL,
    region character varying(40) NOT NULL,
    days jsonb NOT NULL,
    targets jsonb NOT NULL,
    changed_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    brand_id bigint,
    team_id bigint,
    workspace_id bigint NOT NULL
);
ALTER TABLE public.accounts_servicehours ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_servicehours_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.accounts_standin (
    id bigint NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    agent_id bigint NOT NULL,
    deputy_id bigint NOT NULL,
    workspace_id bigint NOT NULL,
    CONSTRAINT stand_in_ends_later CHECK ((ends_at > starts_at)),
    CONSTRAINT stand_in_is_another CHECK ((NOT (agent_id = deputy_id)))
);
ALTER TABLE public.accounts_standin ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_standin_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.accounts_team (
    id bigint NOT NULL,
    name character varying(80) NOT NULL,
    workspace_id bigint NOT NULL
);
ALTER TABLE public.accounts_team ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_team_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.accounts_teammember (
    id bigint NOT NULL,
    agent_id bigint NOT NULL,
    team_id bigint NOT NULL,
    workspace_id bigint NOT NULL
);
ALTER TABLE public.accounts_teammember ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_teammember_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.accounts_user (
    id bigint NOT NULL,
    password character varying(128) NOT NULL,
    last_login timestamp with time zone,
    email character varying(254) NOT NULL,
    is_active boolean NOT NULL,
    is_demo boolean NOT NULL,
    date_joined timestamp with time zone DEFAULT statement_timestamp() NOT NULL
);
ALTER TABLE public.accounts_user ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_user_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.accounts_workspace (
    id bigint NOT NULL,
    slug character varying(63) NOT NULL,
    name character varying(120) NOT NULL,
    language character varying(20) NOT NULL,
    languages jsonb NOT NULL,
    envelope_days smallint NOT NULL,
    close_after_days smallint NOT NULL,
    requests_per_minute integer NOT NULL,
    sealed_key bytea NOT NULL,
    demo boolean NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    welcomed_at timestamp with time zone,
    undo_send_chat smallint DEFAULT 3 NOT NULL,
    undo_send_mail smallint DEFAULT 10 NOT NULL,
    raise_priority boolean DEFAULT true NOT NULL,
    refine_meaning boolean DEFAULT false NOT NULL,
    envelope_masked_days smallint DEFAULT 30 NOT NULL,
    envelopes_for_owners boolean DEFAULT false NOT NULL,
    masks jsonb DEFAULT '["card", "iban", "national_id", "password", "token"]'::jsonb NOT NULL,
    approval_hours smallint DEFAULT 24 NOT NULL,
    undo_order_action smallint DEFAULT 10 NOT NULL,
    CONSTRAINT accounts_workspace_approval_hours_check CHECK ((approval_hours >= 0)),
    CONSTRAINT accounts_workspace_close_after_days_check CHECK ((close_after_days >= 0)),
    CONSTRAINT accounts_workspace_envelope_days_check CHECK ((envelope_days >= 0)),
    CONSTRAINT accounts_workspace_envelope_masked_days_check CHECK ((envelope_masked_days >= 0)),
    CONSTRAINT accounts_workspace_requests_per_minute_check CHECK ((requests_per_minute >= 0)),
    CONSTRAINT accounts_workspace_undo_order_action_check CHECK ((undo_order_action >= 0)),
    CONSTRAINT accounts_workspace_undo_send_chat_check CHECK ((undo_send_chat >= 0)),
    CONSTRAINT accounts_workspace_undo_send_mail_check CHECK ((undo_send_mail >= 0))
);
ALTER TABLE public.accounts_workspace ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_workspace_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.assist_suggestion (
    id bigint NOT NULL,
    message_id bigint NOT NULL,
    language character varying(20) NOT NULL,
    intent character varying(30) NOT NULL,
    text text NOT NULL,
    sources jsonb NOT NULL,
    confidence double precision NOT NULL,
    outcome character varying(8) NOT NULL,
    why character varying(300) NOT NULL,
    likeness double precision,
    decided_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    agent_id bigint,
    conversation_id bigint NOT NULL,
    workspace_id bigint NOT NULL
);
ALTER TABLE public.assist_suggestion ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.assist_suggestion_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.auth_group (
    id integer NOT NULL,
    name character varying(150) NOT NULL
);
ALTER TABLE public.auth_group ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.auth_group_permissions (
    id bigint NOT NULL,
    group_id integer NOT NULL,
    permission_id integer NOT NULL
);
ALTER TABLE public.auth_group_permissions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_permissions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.auth_permission (
    id integer NOT NULL,
    name character varying(255) NOT NULL,
    content_type_id integer NOT NULL,
    codename character varying(100) NOT NULL
);
ALTER TABLE public.auth_permission ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_permission_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.bot_bot (
    id bigint NOT NULL,
    is_on boolean NOT NULL,
    name character varying(40) NOT NULL,
    channels jsonb NOT NULL,
    languages jsonb NOT NULL,
    intents jsonb NOT NULL,
    hours character varying(10) NOT NULL,
    after_minutes smallint NOT NULL,
    changed_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    agent_id bigint,
    brand_id bigint NOT NULL,
    team_id bigint,
    workspace_id bigint NOT NULL,
    wording boolean DEFAULT false NOT NULL,
    CONSTRAINT bot_bot_after_minutes_check CHECK ((after_minutes >= 0))
);
ALTER TABLE public.bot_bot ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.bot_bot_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.bot_flow (
    id bigint NOT NULL,
    key character varying(60) NOT NULL,
    name character varying(120) NOT NULL,
    is_on boolean NOT NULL,
    head integer NOT NULL,
    live integer NOT NULL,
    changed_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    brand_id bigint,
    workspace_id bigint NOT NULL,
    CONSTRAINT bot_flow_head_check CHECK ((head >= 0)),
    CONSTRAINT bot_flow_live_check CHECK ((live >= 0))
);
ALTER TABLE public.bot_flow ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.bot_flow_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.bot_flowversion (
    id bigint NOT NULL,
    number integer NOT NULL,
    body jsonb NOT NULL,
    note character varying(200) NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    agent_id bigint,
    flow_id bigint NOT NULL,
    workspace_id bigint NOT NULL,
    CONSTRAINT bot_flowversion_number_check CHECK ((number >= 0))
);
ALTER TABLE public.bot_flowversion ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.bot_flowversion_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.bot_proofcode (
    id bigint NOT NULL,
    language character varying(20) NOT NULL,
    code_hash character varying(64) NOT NULL,
    tries smallint NOT NULL,
    used_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    conversation_id bigint NOT NULL,
    order_id bigint,
    workspace_id bigint NOT NULL,
    CONSTRAINT bot_proofcode_tries_check CHECK ((tries >= 0))
);
ALTER TABLE public.bot_proofcode ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.bot_proofcode_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.bot_talk (
    id bigint NOT NULL,
    state character varying(11) NOT NULL,
    memory jsonb NOT NULL,
    heard bigint NOT NULL,
    changed_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    conversation_id bigint NOT NULL,
    workspace_id bigint NOT NULL
);
ALTER TABLE public.bot_talk ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.bot_talk_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.bot_teamrule (
    id bigint NOT NULL,
    intent character varying(30) NOT NULL,
    language character varying(20) NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    brand_id bigint,
    team_id bigint NOT NULL,
    workspace_id bigint NOT NULL
);
ALTER TABLE public.bot_teamrule ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.bot_teamrule_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.bot_turn (
    id bigint NOT NULL,
    message_id bigint NOT NULL,
    answer_id bigint,
    outcome character varying(11) NOT NULL,
    why character varying(60) NOT NULL,
    flow character varying(60) NOT NULL,
    intent character varying(30) NOT NULL,
    language character varying(20) NOT NULL,
    due_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    conversation_id bigint NOT NULL,
    workspace_id bigint NOT NULL
);
ALTER TABLE public.bot_turn ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.bot_turn_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.commerce_carrierdoor (
    id bigint NOT NULL,
    hook_key character varying(40) NOT NULL,
    last_hook_at timestamp with time zone,
    account_id bigint NOT NULL,
    workspace_id bigint NOT NULL
);
ALTER TABLE public.commerce_carrierdoor ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.commerce_carrierdoor_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.commerce_carrierhook (
    id bigint NOT NULL,
    key character varying(64) NOT NULL,
    sealed bytea NOT NULL,
    state character varying(8) NOT NULL,
    error character varying(500) NOT NULL,
    parcels integer NOT NULL,
    attempts smallint NOT NULL,
    due_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    received_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    account_id bigint NOT NULL,
    workspace_id bigint NOT NULL,
    CONSTRAINT commerce_carrierhook_attempts_check CHECK ((attempts >= 0)),
    CONSTRAINT commerce_carrierhook_parcels_check CHECK ((parcels >= 0))
);
ALTER TABLE public.commerce_carrierhook ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.commerce_carrierhook_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.commerce_dispute (
    id bigint NOT NULL,
    vendor character varying(20) NOT NULL,
    external_id character varying(120) NOT NULL,
    payment character varying(120) NOT NULL,
    reference character varying(120) NOT NULL,
    amount bigint NOT NULL,
    currency character varying(3) NOT NULL,
    scheme character varying(40) NOT NULL,
    code character varying(40) NOT NULL,
    reason character varying(200) NOT NULL,
    status character varying(60) NOT NULL,
    state character varying(8) NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    due_by timestamp with time zone,
    moved_at timestamp with time zone,
    warned_at timestamp with time zone,
    statement text NOT NULL,
    answer character varying(8) NOT NULL,
    answer_error character varying(500) NOT NULL,
    answer_due_at timestamp with time zone,
    answer_tries smallint NOT NULL,
    answered_at timestamp with time zone,
    paper_hash character varying(64) NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    answered_by_id bigint,
    order_id bigint,
    workspace_id bigint NOT NULL,
    account_id bigint,
    CONSTRAINT commerce_dispute_answer_tries_check CHECK ((answer_tries >= 0))
);
ALTER TABLE public.commerce_dispute ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.commerce_dispute_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.commerce_lanetime (
    id bigint NOT NULL,
    carrier character varying(60) NOT NULL,
    origin character varying(2) NOT NULL,
    destination character varying(2) NOT NULL,
    service character varying(80) NOT NULL,
    stage character varying(20) NOT NULL,
    parcels integer NOT NULL,
    median integer NOT NULL,
    p90 integer NOT NULL,
    measured_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    workspace_id bigint NOT NULL,
    CONSTRAINT commerce_lanetime_median_check CHECK ((median >= 0)),
    CONSTRAINT commerce_lanetime_p90_check CHECK ((p90 >= 0)),
    CONSTRAINT commerce_lanetime_parcels_check CHECK ((parcels >= 0))
);
ALTER TABLE public.commerce_lanetime ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.commerce_lanetime_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.commerce_order (
    id bigint NOT NULL,
    number character varying(80) NOT NULL,
    number_key character varying(120) NOT NULL,
    external_id character varying(120) NOT NULL,
    shop_version bigint NOT NULL,
    state_hash character varying(64) NOT NULL,
    admin_url character varying(500) NOT NULL,
    placed_at timestamp with time zone NOT NULL,
    cancelled_at timestamp with time zone,
    cancel_reason character varying(200) NOT NULL,
    status character varying(12) NOT NULL,
    payment_status character varying(16) NOT NULL,
    fulfilment_status character varying(16) NOT NULL,
    currency character varying(3) NOT NULL,
    store_currency character varying(3) NOT NULL,
    rate numeric(20,10),
    items_total bigint NOT NULL,
    discount_total bigint NOT NULL,
    shipping_total bigint NOT NULL,
    tax_total bigint NOT NULL,
    tax_included boolean NOT NULL,
    total bigint NOT NULL,
    refunded_total bigint NOT NULL,
    store_total bigint,
    discount_codes jsonb NOT NULL,
    country character varying(2) NOT NULL,
    language character varying(20) NOT NULL,
    name character varying(200) NOT NULL,
    email character varying(254) NOT NULL,
    phone character varying(40) NOT NULL,
    shipping_address jsonb NOT NULL,
    billing_address jsonb NOT NULL,
    note text NOT NULL,
    informed boolean NOT NULL,
    anonymised_at timestamp with time zone,
    mirrored_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    brand_id bigint NOT NULL,
    customer_id bigint,
    workspace_id bigint NOT NULL,
    shop_id bigint NOT NULL,
    returns_called_off jsonb DEFAULT '[]'::jsonb NOT NULL,
    search_key character varying(120) GENERATED ALWAYS AS (translate((number_key)::text, '/\._:|,;+'::text, ''::text)) STORED
);
ALTER TABLE public.commerce_order ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.commerce_order_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.commerce_orderaction (
    id bigint NOT NULL,
    kind character varying(20) NOT NULL,
    state character varying(20) NOT NULL,
    key character varying(255) NOT NULL,
    request_hash character varying(64) NOT NULL,
    wanted jsonb NOT NULL,
    goods jsonb NOT NULL,
    reason character varying(20) NOT NULL,
    note character varying(500) NOT NULL,
    amount bigint NOT NULL,
    shipping bigint NOT NULL,
    currency character varying(3) NOT NULL,
    before bigint NOT NULL,
    conversation_id bigint,
    external_id character varying(120) NOT NULL,
    code character varying(120) NOT NULL,
    failure character varying(1000) NOT NULL,
    "left" character varying(1000) NOT NULL,
    attempts smallint NOT NULL,
    asked_again smallint NOT NULL,
    settled boolean NOT NULL,
    due_at timestamp with time zone,
    started_at timestamp with time zone,
    done_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    agent_id bigint,
    approval_id bigint,
    order_id bigint NOT NULL,
    workspace_id bigint NOT NULL,
    CONSTRAINT commerce_orderaction_asked_again_check CHECK ((asked_again >= 0)),
    CONSTRAINT commerce_orderaction_attempts_check CHECK ((attempts >= 0))
);
ALTER TABLE public.commerce_orderaction ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.commerce_orderaction_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.commerce_orderimport (
    id bigint NOT NULL,
    name character varying(255) NOT NULL,
    file_key character varying(200) NOT NULL,
    size bigint NOT NULL,
    options jsonb NOT NULL,
    heads character varying(64) NOT NULL,
    state character varying(10) NOT NULL,
    total integer NOT NULL,
    seen integer NOT NULL,
    made integer NOT NULL,
    changed integer NOT NULL,
    same integer NOT NULL,
    older integer NOT NULL,
    faulty integer NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    finished_at timestamp with time zone,
    agent_id bigint,
    brand_id bigint NOT NULL,
    workspace_id bigint NOT NULL,
    CONSTRAINT commerce_orderimport_changed_check CHECK ((changed >= 0)),
    CONSTRAINT commerce_orderimport_faulty_check CHECK ((faulty >= 0)),
    CONSTRAINT commerce_orderimport_made_check CHECK ((made >= 0)),
    CONSTRAINT commerce_orderimport_older_check CHECK ((older >= 0)),
    CONSTRAINT commerce_orderimport_same_check CHECK ((same >= 0)),
    CONSTRAINT commerce_orderimport_seen_check CHECK ((seen >= 0)),
    CONSTRAINT commerce_orderimport_total_check CHECK ((total >= 0))
);
ALTER TABLE public.commerce_orderimport ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.commerce_orderimport_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.commerce_orderimportfault (
    id bigint NOT NULL,
    "row" integer NOT NULL,
    number character varying(80) NOT NULL,
    why character varying(500) NOT NULL,
    order_import_id bigint NOT NULL,
    workspace_id bigint NOT NULL,
    CONSTRAINT commerce_orderimportfault_row_check CHECK (("row" >= 0))
);
ALTER TABLE public.commerce_orderimportfault ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.commerce_orderimportfault_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.commerce_orderline (
    id bigint NOT NULL,
    key character varying(160) NOT NULL,
    "position" smallint NOT NULL,
    external_id character varying(120) NOT NULL,
    sku character varying(120) NOT NULL,
    title character varying(300) NOT NULL,
    variant character varying(200) NOT NULL,
    quantity integer NOT NULL,
    unit_price bigint NOT NULL,
    discount bigint NOT NULL,
    tax bigint NOT NULL,
    category character varying(120) NOT NULL,
    final_sale boolean NOT NULL,
    custom_made boolean NOT NULL,
    digital boolean NOT NULL,
    hygiene boolean NOT NULL,
    hs_code character varying(14) NOT NULL,
    origin character varying(2) NOT NULL,
    weight integer,
    image_url character varying(1000) NOT NULL,
    fulfilled integer NOT NULL,
    returned integer NOT NULL,
    refunded integer NOT NULL,
    cancelled integer NOT NULL,
    removed boolean NOT NULL,
    order_id bigint NOT NULL,
    workspace_id bigint NOT NULL,
    CONSTRAINT commerce_orderline_cancelled_check CHECK ((cancelled >= 0)),
    CONSTRAINT commerce_orderline_fulfilled_check CHECK ((fulfilled >= 0)),
    CONSTRAINT commerce_orderline_position_check CHECK (("position" >= 0)),
    CONSTRAINT commerce_orderline_quantity_check CHECK ((quantity >= 0)),
    CONSTRAINT commerce_orderline_refunded_check CHECK ((refunded >= 0)),
    CONSTRAINT commerce_orderline_returned_check CHECK ((returned >= 0)),
    CONSTRAINT commerce_orderline_weight_check CHECK ((weight >= 0))
);
ALTER TABLE public.commerce_orderline ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.commerce_orderline_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.commerce_payment (
    id bigint NOT NULL,
    key character varying(160) NOT NULL,
    external_id character varying(120) NOT NULL,
    gateway character varying(60) NOT NULL,
    method character varying(60) NOT NULL,
    said character varying(120) NOT NULL,
    amount bigint NOT NULL,
    currency character varying(3) NOT NULL,
    status character varying(12) NOT NULL,
    paid_at timestamp with time zone,
    removed boolean NOT NULL,
    order_id bigint NOT NULL,
    workspace_id bigint NOT NULL
);
ALTER TABLE public.commerce_payment ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.commerce_payment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.commerce_paymentaccount (
    id bigint NOT NULL,
    vendor character varying(20) NOT NULL,
    title character varying(120) NOT NULL,
    settings jsonb NOT NULL,
    hook_key character varying(40) NOT NULL,
    state character varying(10) NOT NULL,
    last_error character varying(500) NOT NULL,
    last_worked_at timestamp with time zone,
    last_hook_at timestamp with time zone,
    asked_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    account_id bigint,
    workspace_id bigint NOT NULL
);
ALTER TABLE public.commerce_paymentaccount ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.commerce_paymentaccount_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.commerce_paymenthook (
    id bigint NOT NULL,
    key character varying(80) NOT NULL,
    sealed bytea NOT NULL,
    state character varying(8) NOT NULL,
    error character varying(500) NOT NULL,
    attempts smallint NOT NULL,
    due_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    received_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    account_id bigint NOT NULL,
    workspace_id bigint NOT NULL,
    CONSTRAINT commerce_paymenthook_attempts_check CHECK ((attempts >= 0))
);
ALTER TABLE public.commerce_paymenthook ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.commerce_paymenthook_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.commerce_price (
    id bigint NOT NULL,
    currency character varying(3) NOT NULL,
    country character varying(2) NOT NULL,
    amount bigint NOT NULL,
    workspace_id bigint NOT NULL,
    variant_id bigint NOT NULL
);
ALTER TABLE public.commerce_price ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.commerce_price_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.commerce_product (
    id bigint NOT NULL,
    external_id character varying(120) NOT NULL,
    shop_version bigint NOT NULL,
    title character varying(300) NOT NULL,
    category character varying(120) NOT NULL,
    url character varying(1000) NOT NULL,
    image_url character varying(1000) NOT NULL,
    hs_code character varying(14) NOT NULL,
    origin character varying(2) NOT NULL,
    digital boolean NOT NULL,
    final_sale boolean NOT NULL,
    hygiene boolean NOT NULL,
    active boolean NOT NULL,
    mirrored_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    workspace_id bigint NOT NULL,
    shop_id bigint NOT NULL
);
ALTER TABLE public.commerce_product ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.commerce_product_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.commerce_productvariant (
    id bigint NOT NULL,
    external_id character varying(120) NOT NULL,
    sku character varying(120) NOT NULL,
    title character varying(200) NOT NULL,
    barcode character varying(40) NOT NULL,
    weight integer,
    stock integer,
    removed boolean NOT NULL,
    product_id bigint NOT NULL,
    workspace_id bigint NOT NULL,
    CONSTRAINT commerce_productvariant_weight_check CHECK ((weight >= 0))
);
ALTER TABLE public.commerce_productvariant ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.commerce_productvariant_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.commerce_refund (
    id bigint NOT NULL,
    key character varying(160) NOT NULL,
    external_id character varying(120) NOT NULL,
    method character varying(60) NOT NULL,
    amount bigint NOT NULL,
    currency character varying(3) NOT NULL,
    status character varying(12) NOT NULL,
    reason character varying(300) NOT NULL,
    items jsonb NOT NULL,
    refunded_at timestamp with time zone,
    removed boolean NOT NULL,
    order_id bigint NOT NULL,
    payment_id bigint,
    workspace_id bigint NOT NULL
);
ALTER TABLE public.commerce_refund ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.commerce_refund_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.commerce_shipment (
    id bigint NOT NULL,
    key character varying(160) NOT NULL,
    external_id character varying(120) NOT NULL,
    carrier character varying(60) NOT NULL,
    service character varying(80) NOT NULL,
    tracking_number character varying(80) NOT NULL,
    tracking_key character varying(120) NOT NULL,
    tracking_url character varying(1000) NOT NULL,
    status character varying(20) NOT NULL,
    detail character varying(20) NOT NULL,
    status_at timestamp with time zone,
    shipped_at timestamp with time zone,
    estimated_at timestamp with time zone,
    delivered_at timestamp with time zone,
    removed boolean NOT NULL,
    order_id bigint NOT NULL,
    workspace_id bigint NOT NULL,
    carrier_code character varying(40) DEFAULT ''::character varying NOT NULL,
    destination character varying(2) DEFAULT ''::character varying NOT NULL,
    due_at timestamp with time zone,
    origin character varying(2) DEFAULT ''::character varying NOT NULL,
    told_at timestamp with time zone,
    trouble character varying(10) DEFAULT ''::character varying NOT NULL,
    trouble_at timestamp with time zone,
    inward boolean DEFAULT false NOT NULL
);
ALTER TABLE public.commerce_shipment ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.commerce_shipment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.commerce_shipmentevent (
    id bigint NOT NULL,
    key character varying(160) NOT NULL,
    at timestamp with time zone NOT NULL,
    status character varying(20) NOT NULL,
    detail character varying(20) NOT NULL,
    text character varying(500) NOT NULL,
    place character varying(200) NOT NULL,
    country character varying(2) NOT NULL,
    shipment_id bigint NOT NULL,
    workspace_id bigint NOT NULL
);
ALTER TABLE public.commerce_shipmentevent ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.commerce_shipmentevent_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.commerce_shipmentline (
    id bigint NOT NULL,
    quantity integer NOT NULL,
    line_id bigint NOT NULL,
    shipment_id bigint NOT NULL,
    workspace_id bigint NOT NULL,
    CONSTRAINT commerce_shipmentline_quantity_check CHECK ((quantity >= 0))
);
ALTER TABLE public.commerce_shipmentline ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.commerce_shipmentline_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.commerce_shop (
    id bigint NOT NULL,
    kind character varying(20) NOT NULL,
    title character varying(120) NOT NULL,
    address character varying(300) NOT NULL,
    settings jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    account_id bigint,
    brand_id bigint NOT NULL,
    workspace_id bigint NOT NULL,
    hook_key character varying(40) DEFAULT ''::character varying NOT NULL,
    last_error character varying(500) DEFAULT ''::character varying NOT NULL,
    last_hook_at timestamp with time zone,
    last_worked_at timestamp with time zone,
    leased_until timestamp with time zone,
    state character varying(10) DEFAULT 'new'::character varying NOT NULL
);
ALTER TABLE public.commerce_shop ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.commerce_shop_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.commerce_shophook (
    id bigint NOT NULL,
    key character varying(80) NOT NULL,
    sealed bytea NOT NULL,
    state character varying(8) NOT NULL,
    error character varying(500) NOT NULL,
    attempts smallint NOT NULL,
    due_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    received_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    shop_id bigint NOT NULL,
    workspace_id bigint NOT NULL,
    CONSTRAINT commerce_shophook_attempts_check CHECK ((attempts >= 0))
);
ALTER TABLE public.commerce_shophook ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.commerce_shophook_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.commerce_shopsync (
    id bigint NOT NULL,
    kind character varying(10) NOT NULL,
    running boolean NOT NULL,
    since timestamp with time zone,
    cursor character varying(300) NOT NULL,
    done integer NOT NULL,
    total integer,
    faulty integer NOT NULL,
    faults jsonb NOT NULL,
    attempts smallint NOT NULL,
    due_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    began_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    finished_at timestamp with time zone,
    shop_id bigint NOT NULL,
    workspace_id bigint NOT NULL,
    CONSTRAINT commerce_shopsync_attempts_check CHECK ((attempts >= 0)),
    CONSTRAINT commerce_shopsync_done_check CHECK ((done >= 0)),
    CONSTRAINT commerce_shopsync_faulty_check CHECK ((faulty >= 0)),
    CONSTRAINT commerce_shopsync_total_check CHECK ((total >= 0))
);
ALTER TABLE public.commerce_shopsync ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.commerce_shopsync_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.community_appeal (
    id bigint NOT NULL,
    by character varying(8) NOT NULL,
    reason text NOT NULL,
    email character varying(254) NOT NULL,
    language character varying(20) NOT NULL,
    outcome character varying(8) NOT NULL,
    reply text NOT NULL,
    agent_name character varying(120) NOT NULL,
    decided_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    agent_id bigint,
    workspace_id bigint NOT NULL,
    decision_id bigint NOT NULL
);
ALTER TABLE public.community_appeal ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.community_appeal_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.community_community (
    id bigint NOT NULL,
    is_on boolean NOT NULL,
    first_posts smallint NOT NULL,
    stop_words jsonb NOT NULL,
    changed_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    agent_id bigint,
    brand_id bigint NOT NULL,
    workspace_id bigint NOT NULL,
    CONSTRAINT community_community_first_posts_check CHECK ((first_posts >= 0))
);
ALTER TABLE public.community_community ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.community_community_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.community_decision (
    id bigint NOT NULL,
    kind character varying(7) NOT NULL,
    ground character varying(9) NOT NULL,
    rule character varying(300) NOT NULL,
    reason text NOT NULL,
    found_by character varying(6) NOT NULL,
    until timestamp with time zone,
    lifted_at timestamp with time zone,
    code character varying(40) NOT NULL,
    agent_name character varying(120) NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    agent_id bigint,
    brand_id bigint NOT NULL,
    workspace_id bigint NOT NULL,
    member_id bigint,
    post_id bigint
);
ALTER TABLE public.community_decision ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.community_decision_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.community_follow (
    id bigint NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    workspace_id bigint NOT NULL,
    member_id bigint NOT NULL,
    thread_id bigint NOT NULL
);
ALTER TABLE public.community_follow ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.community_follow_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.community_joincode (
    id bigint NOT NULL,
    email character varying(254) NOT NULL,
    handle character varying(64) NOT NULL,
    language character varying(20) NOT NULL,
    is_sent boolean NOT NULL,
    code_hash character varying(64) NOT NULL,
    tries smallint NOT NULL,
    used_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    brand_id bigint NOT NULL,
    workspace_id bigint NOT NULL,
    CONSTRAINT community_joincode_tries_check CHECK ((tries >= 0))
);
ALTER TABLE public.community_joincode ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.community_joincode_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.community_member (
    id bigint NOT NULL,
    email character varying(254) NOT NULL,
    name character varying(40) NOT NULL,
    name_key character varying(80) NOT NULL,
    language character varying(20) NOT NULL,
    time_zone character varying(64) NOT NULL,
    passes integer NOT NULL,
    wants_digest boolean NOT NULL,
    wants_answers boolean NOT NULL,
    digest_from timestamp with time zone,
    digest_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    joined_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    left_at timestamp with time zone,
    brand_id bigint NOT NULL,
    workspace_id bigint NOT NULL,
    CONSTRAINT community_member_passes_check CHECK ((passes >= 0))
);
ALTER TABLE public.community_member ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.community_member_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.community_post (
    id bigint NOT NULL,
    is_staff boolean NOT NULL,
    is_question boolean NOT NULL,
    language character varying(20) NOT NULL,
    body text NOT NULL,
    state character varying(9) NOT NULL,
    why jsonb NOT NULL,
    words character varying(64) NOT NULL,
    votes integer NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    live_at timestamp with time zone,
    changed_at timestamp with time zone,
    agent_id bigint,
    member_id bigint,
    workspace_id bigint NOT NULL,
    thread_id bigint NOT NULL,
    CONSTRAINT community_post_votes_check CHECK ((votes >= 0))
);
ALTER TABLE public.community_post ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.community_post_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.community_rendering (
    id bigint NOT NULL,
    language character varying(20) NOT NULL,
    title character varying(400) NOT NULL,
    body text NOT NULL,
    engine character varying(40) NOT NULL,
    is_machine boolean NOT NULL,
    confidence double precision NOT NULL,
    of character varying(64) NOT NULL,
    made_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    post_id bigint NOT NULL,
    workspace_id bigint NOT NULL
);
ALTER TABLE public.community_rendering ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.community_rendering_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.community_report (
    id bigint NOT NULL,
    ground character varying(9) NOT NULL,
    reason text NOT NULL,
    name character varying(120) NOT NULL,
    email character varying(254) NOT NULL,
    language character varying(20) NOT NULL,
    code character varying(40) NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    decision_id bigint,
    member_id bigint,
    post_id bigint NOT NULL,
    workspace_id bigint NOT NULL
);
ALTER TABLE public.community_report ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.community_report_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.community_space (
    id bigint NOT NULL,
    key character varying(60) NOT NULL,
    names jsonb NOT NULL,
    abouts jsonb NOT NULL,
    language character varying(20) NOT NULL,
    "position" integer NOT NULL,
    is_open boolean NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    brand_id bigint NOT NULL,
    workspace_id bigint NOT NULL,
    CONSTRAINT community_space_position_check CHECK (("position" >= 0))
);
ALTER TABLE public.community_space ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.community_space_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.community_thread (
    id bigint NOT NULL,
    title character varying(200) NOT NULL,
    language character varying(20) NOT NULL,
    is_live boolean NOT NULL,
    is_closed boolean NOT NULL,
    answers integer NOT NULL,
    article_key character varying(120) NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    last_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    tsv tsvector,
    accepted_id bigint,
    brand_id bigint NOT NULL,
    conversation_id bigint,
    member_id bigint NOT NULL,
    space_id bigint NOT NULL,
    workspace_id bigint NOT NULL,
    CONSTRAINT community_thread_answers_check CHECK ((answers >= 0))
);
ALTER TABLE ONLY public.community_thread ALTER COLUMN tsv SET STATISTICS 1000;
ALTER TABLE public.community_thread ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.community_thread_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.community_vote (
    id bigint NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    member_id bigint NOT NULL,
    post_id bigint NOT NULL,
    workspace_id bigint NOT NULL
);
ALTER TABLE public.community_vote ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.community_vote_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.connections_connection (
    id bigint NOT NULL,
    channel character varying(30) NOT NULL,
    name character varying(120) NOT NULL,
    address character varying(254) NOT NULL,
    settings jsonb NOT NULL,
    sealed bytea NOT NULL,
    cursor character varying(200) NOT NULL,
    state character varying(10) NOT NULL,
    last_error text NOT NULL,
    last_tried_at timestamp with time zone,
    last_worked_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    brand_id bigint NOT NULL,
    workspace_id bigint NOT NULL
);
ALTER TABLE public.connections_connection ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.connections_connection_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.connections_storedanswer (
    id bigint NOT NULL,
    key character varying(255) NOT NULL,
    caller character varying(40) NOT NULL,
    request_hash character varying(64) NOT NULL,
    status smallint NOT NULL,
    body text NOT NULL,
    at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    workspace_id bigint NOT NULL,
    CONSTRAINT connections_storedanswer_status_check CHECK ((status >= 0))
);
ALTER TABLE public.connections_storedanswer ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.connections_storedanswer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.connections_vendoraccount (
    id bigint NOT NULL,
    family character varying(20) NOT NULL,
    vendor character varying(30) NOT NULL,
    name character varying(80) NOT NULL,
    address character varying(200) NOT NULL,
    settings jsonb NOT NULL,
    sealed bytea NOT NULL,
    patience smallint NOT NULL,
    price integer NOT NULL,
    most_characters bigint,
    most_money bigint,
    state character varying(10) NOT NULL,
    last_error text NOT NULL,
    last_tried_at timestamp with time zone,
    last_worked_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    workspace_id bigint NOT NULL,
    CONSTRAINT connections_vendoraccount_most_characters_check CHECK ((most_characters >= 0)),
    CONSTRAINT connections_vendoraccount_most_money_check CHECK ((most_money >= 0)),
    CONSTRAINT connections_vendoraccount_patience_check CHECK ((patience >= 0)),
    CONSTRAINT connections_vendoraccount_price_check CHECK ((price >= 0))
);
ALTER TABLE public.connections_vendoraccount ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.connections_vendoraccount_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.connections_vendorapp (
    id bigint NOT NULL,
    vendor character varying(20) NOT NULL,
    client_id character varying(400) NOT NULL,
    tenant character varying(100) NOT NULL,
    sealed bytea NOT NULL,
    workspace_id bigint NOT NULL
);
ALTER TABLE public.connections_vendorapp ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.connections_vendorapp_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.connections_vendorusage (
    id bigint NOT NULL,
    family character varying(20) NOT NULL,
    month date NOT NULL,
    engine character varying(120) NOT NULL,
    calls bigint NOT NULL,
    failures bigint NOT NULL,
    characters bigint NOT NULL,
    cost bigint NOT NULL,
    told_at timestamp with time zone,
    workspace_id bigint NOT NULL,
    CONSTRAINT connections_vendorusage_calls_check CHECK ((calls >= 0)),
    CONSTRAINT connections_vendorusage_characters_check CHECK ((characters >= 0)),
    CONSTRAINT connections_vendorusage_cost_check CHECK ((cost >= 0)),
    CONSTRAINT connections_vendorusage_failures_check CHECK ((failures >= 0))
);
ALTER TABLE public.connections_vendorusage ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.connections_vendorusage_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.conversations_acknowledgement (
    id bigint NOT NULL,
    message_id bigint,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    conversation_id bigint NOT NULL,
    workspace_id bigint NOT NULL,
    answer_by timestamp with time zone
);
ALTER TABLE public.conversations_acknowledgement ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.conversations_acknowledgement_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.conversations_attachment (
    id bigint NOT NULL,
    file_key character varying(200) NOT NULL,
    name character varying(255) NOT NULL,
    content_type character varying(120) NOT NULL,
    size bigint NOT NULL,
    content_id character varying(255) NOT NULL,
    uploader character varying(80) NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    workspace_id bigint NOT NULL,
    message_id bigint
);
ALTER TABLE public.conversations_attachment ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.conversations_attachment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.conversations_conversation (
    id bigint NOT NULL,
    thread_key character varying(255) NOT NULL,
    subject character varying(500) NOT NULL,
    status character varying(8) NOT NULL,
    priority character varying(6) NOT NULL,
    channel character varying(30) NOT NULL,
    language character varying(20) NOT NULL,
    language_locked boolean NOT NULL,
    market character varying(2) NOT NULL,
    intent character varying(30) NOT NULL,
    sentiment character varying(8) NOT NULL,
    tags jsonb NOT NULL,
    preview character varying(240) NOT NULL,
    preview_translated character varying(240) NOT NULL,
    unread boolean NOT NULL,
    last_message_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    snoozed_until timestamp with time zone,
    resolved_at timestamp with time zone,
    reopened_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    assignee_id bigint,
    brand_id bigint NOT NULL,
    customer_id bigint NOT NULL,
    previous_id bigint,
    team_id bigint,
    workspace_id bigint NOT NULL,
    junk boolean DEFAULT false NOT NULL,
    side_of_id bigint,
    joined bigint[],
    merged_into_id bigint,
    by_hand character varying(20)[] DEFAULT '{}'::character varying(20)[] NOT NULL,
    tension smallint DEFAULT 0 NOT NULL,
    CONSTRAINT conversation_not_into_itself CHECK (((merged_into_id IS NULL) OR (NOT ((merged_into_id = id) AND (merged_into_id IS NOT NULL))))),
    CONSTRAINT conversations_conversation_tension_check CHECK ((tension >= 0))
);
ALTER TABLE public.conversations_conversation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.conversations_conversation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.conversations_draft (
    id bigint NOT NULL,
    kind character varying(5) NOT NULL,
    text text NOT NULL,
    fields jsonb NOT NULL,
    attachments jsonb NOT NULL,
    earlier text NOT NULL,
    revision integer NOT NULL,
    device character varying(80) NOT NULL,
    after bigint NOT NULL,
    updated_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    agent_id bigint NOT NULL,
    conversation_id bigint NOT NULL,
    workspace_id bigint NOT NULL,
    CONSTRAINT conversations_draft_revision_check CHECK ((revision >= 0))
);
ALTER TABLE public.conversations_draft ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.conversations_draft_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.conversations_envelope (
    id bigint NOT NULL,
    channel character varying(30) NOT NULL,
    source character varying(60) NOT NULL,
    sealed bytea NOT NULL,
    file_key character varying(200) NOT NULL,
    size bigint NOT NULL,
    state character varying(8) NOT NULL,
    error text NOT NULL,
    facts jsonb NOT NULL,
    received_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    workspace_id bigint NOT NULL,
    masked boolean DEFAULT false NOT NULL
);
ALTER TABLE public.conversations_envelope ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.conversations_envelope_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.conversations_follower (
    id bigint NOT NULL,
    active boolean NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    agent_id bigint NOT NULL,
    conversation_id bigint NOT NULL,
    workspace_id bigint NOT NULL
);
ALTER TABLE public.conversations_follower ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.conversations_follower_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.conversations_junkfilter (
    id bigint NOT NULL,
    active boolean NOT NULL,
    keep_days smallint NOT NULL,
    junk integer NOT NULL,
    good integer NOT NULL,
    workspace_id bigint NOT NULL,
    CONSTRAINT conversations_junkfilter_good_check CHECK ((good >= 0)),
    CONSTRAINT conversations_junkfilter_junk_check CHECK ((junk >= 0)),
    CONSTRAINT conversations_junkfilter_keep_days_check CHECK ((keep_days >= 0))
);
ALTER TABLE public.conversations_junkfilter ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.conversations_junkfilter_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.conversations_junkverdict (
    id bigint NOT NULL,
    junk boolean NOT NULL,
    why jsonb NOT NULL,
    taught character varying(4) NOT NULL,
    at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    agent_id bigint,
    conversation_id bigint NOT NULL,
    workspace_id bigint NOT NULL
);
ALTER TABLE public.conversations_junkverdict ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.conversations_junkverdict_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.conversations_junkword (
    id bigint NOT NULL,
    word character varying(60) NOT NULL,
    junk integer NOT NULL,
    good integer NOT NULL,
    workspace_id bigint NOT NULL
);
ALTER TABLE public.conversations_junkword ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.conversations_junkword_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.conversations_learned (
    id bigint NOT NULL,
    question character varying(9) NOT NULL,
    labels jsonb NOT NULL,
    weights bytea NOT NULL,
    lessons integer NOT NULL,
    right_before double precision NOT NULL,
    right_after double precision NOT NULL,
    active boolean NOT NULL,
    at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    workspace_id bigint NOT NULL,
    CONSTRAINT conversations_learned_lessons_check CHECK ((lessons >= 0))
);
ALTER TABLE public.conversations_learned ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.conversations_learned_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.conversations_lesson (
    id bigint NOT NULL,
    question character varying(9) NOT NULL,
    guessed character varying(30) NOT NULL,
    meant character varying(30) NOT NULL,
    source character varying(6) NOT NULL,
    at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    agent_id bigint,
    message_id bigint NOT NULL,
    workspace_id bigint NOT NULL
);
ALTER TABLE public.conversations_lesson ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.conversations_lesson_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.conversations_mailimport (
    id bigint NOT NULL,
    name character varying(255) NOT NULL,
    pieces jsonb NOT NULL,
    size bigint NOT NULL,
    read bigint NOT NULL,
    state character varying(10) NOT NULL,
    seen integer NOT NULL,
    taken integer NOT NULL,
    doubled integer NOT NULL,
    unreadable integer NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    finished_at timestamp with time zone,
    agent_id bigint,
    mailbox_id bigint NOT NULL,
    workspace_id bigint NOT NULL,
    files jsonb DEFAULT '{}'::jsonb NOT NULL,
    as_new boolean DEFAULT false NOT NULL,
    CONSTRAINT conversations_mailimport_doubled_check CHECK ((doubled >= 0)),
    CONSTRAINT conversations_mailimport_seen_check CHECK ((seen >= 0)),
    CONSTRAINT conversations_mailimport_taken_check CHECK ((taken >= 0)),
    CONSTRAINT conversations_mailimport_unreadable_check CHECK ((unreadable >= 0))
);
ALTER TABLE public.conversations_mailimport ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.conversations_mailimport_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.conversations_merge (
    id bigint NOT NULL,
    kept jsonb NOT NULL,
    at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    agent_id bigint,
    merged_id bigint NOT NULL,
    survivor_id bigint NOT NULL,
    workspace_id bigint NOT NULL
);
ALTER TABLE public.conversations_merge ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.conversations_merge_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.conversations_message (
    id bigint NOT NULL,
    direction character varying(5) NOT NULL,
    channel character varying(30) NOT NULL,
    source character varying(60) NOT NULL,
    external_id character varying(500),
    envelope_id bigint,
    author character varying(254) NOT NULL,
    text text NOT NULL,
    html text NOT NULL,
    quoted text NOT NULL,
    language character varying(20) NOT NULL,
    original text NOT NULL,
    original_language character varying(20) NOT NULL,
    engine character varying(60) NOT NULL,
    confidence double precision,
    marks jsonb NOT NULL,
    meta jsonb NOT NULL,
    event jsonb,
    delivery character varying(11) NOT NULL,
    failure text NOT NULL,
    attempts smallint NOT NULL,
    due_at timestamp with time zone,
    sent_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    tsv tsvector,
    agent_id bigint,
    conversation_id bigint NOT NULL,
    workspace_id bigint NOT NULL,
    extras jsonb DEFAULT '{}'::jsonb NOT NULL,
    CONSTRAINT conversations_message_attempts_check CHECK ((attempts >= 0))
);
ALTER TABLE ONLY public.conversations_message ALTER COLUMN tsv SET STATISTICS 1000;
ALTER TABLE public.conversations_message ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.conversations_message_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.conversations_reviewitem (
    id bigint NOT NULL,
    mode character varying(5) NOT NULL,
    state character varying(9) NOT NULL,
    reason jsonb NOT NULL,
    source character varying(20) NOT NULL,
    target character varying(20) NOT NULL,
    made character varying(10) NOT NULL,
    engine character varying(60) NOT NULL,
    confidence double precision,
    faults jsonb NOT NULL,
    text text NOT NULL,
    said text NOT NULL,
    machine text NOT NULL,
    kept text NOT NULL,
    distance double precision,
    comment text NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    decided_at timestamp with time zone,
    overdue_at timestamp with time zone,
    author_id bigint,
    conversation_id bigint NOT NULL,
    message_id bigint,
    reviewer_id bigint,
    workspace_id bigint NOT NULL
);
ALTER TABLE public.conversations_reviewitem ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.conversations_reviewitem_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.conversations_searchindex (
    id bigint NOT NULL,
    scheme smallint NOT NULL,
    messages_below bigint,
    customers_below bigint,
    changed_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    workspace_id bigint NOT NULL,
    CONSTRAINT conversations_searchindex_scheme_check CHECK ((scheme >= 0))
);
ALTER TABLE public.conversations_searchindex ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.conversations_searchindex_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.conversations_senderrule (
    id bigint NOT NULL,
    value character varying(254) NOT NULL,
    passes boolean NOT NULL,
    note character varying(200) NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    agent_id bigint,
    workspace_id bigint NOT NULL
);
ALTER TABLE public.conversations_senderrule ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.conversations_senderrule_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.conversations_split (
    id bigint NOT NULL,
    messages jsonb NOT NULL,
    at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    agent_id bigint,
    made_id bigint NOT NULL,
    origin_id bigint NOT NULL,
    workspace_id bigint NOT NULL
);
ALTER TABLE public.conversations_split ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.conversations_split_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.conversations_translation (
    id bigint NOT NULL,
    language character varying(20) NOT NULL,
    text text NOT NULL,
    engine character varying(60) NOT NULL,
    confidence double precision,
    machine boolean NOT NULL,
    reviewed_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    message_id bigint NOT NULL,
    workspace_id bigint NOT NULL,
    faults jsonb DEFAULT '[]'::jsonb NOT NULL
);
ALTER TABLE public.conversations_translation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.conversations_translation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.customers_customer (
    id bigint NOT NULL,
    name character varying(200) NOT NULL,
    language character varying(20) NOT NULL,
    market character varying(2) NOT NULL,
    time_zone character varying(64) NOT NULL,
    notes text NOT NULL,
    tsv tsvector,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    workspace_id bigint NOT NULL,
    leaving_at timestamp with time zone,
    merged_into_id bigint,
    gender character varying(5) DEFAULT ''::character varying NOT NULL,
    register character varying(9) DEFAULT ''::character varying NOT NULL,
    own jsonb DEFAULT '{}'::jsonb NOT NULL,
    own_at jsonb DEFAULT '{}'::jsonb NOT NULL,
    CONSTRAINT customer_not_into_itself CHECK (((merged_into_id IS NULL) OR (NOT ((merged_into_id = id) AND (merged_into_id IS NOT NULL)))))
);
ALTER TABLE ONLY public.customers_customer ALTER COLUMN tsv SET STATISTICS 1000;
ALTER TABLE public.customers_customer ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.customers_customer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.customers_customerfield (
    id bigint NOT NULL,
    key character varying(40) NOT NULL,
    label character varying(80) NOT NULL,
    kind character varying(6) NOT NULL,
    choices jsonb NOT NULL,
    "position" integer NOT NULL,
    removed_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    workspace_id bigint NOT NULL,
    CONSTRAINT customers_customerfield_position_check CHECK (("position" >= 0))
);
ALTER TABLE public.customers_customerfield ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.customers_customerfield_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.customers_customermerge (
    id bigint NOT NULL,
    kept jsonb NOT NULL,
    at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    agent_id bigint,
    merged_id bigint NOT NULL,
    survivor_id bigint NOT NULL,
    workspace_id bigint NOT NULL
);
ALTER TABLE public.customers_customermerge ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.customers_customermerge_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.customers_customerpreference (
    id bigint NOT NULL,
    kind character varying(40) NOT NULL,
    value character varying(500) NOT NULL,
    given_by character varying(120) NOT NULL,
    how character varying(8) NOT NULL,
    explicit boolean NOT NULL,
    given_at timestamp with time zone NOT NULL,
    current boolean NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    agent_id bigint,
    customer_id bigint NOT NULL,
    workspace_id bigint NOT NULL
);
ALTER TABLE public.customers_customerpreference ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.customers_customerpreference_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.customers_deletion (
    id bigint NOT NULL,
    customer_id bigint NOT NULL,
    asked_by_id bigint,
    market character varying(2) NOT NULL,
    language character varying(20) NOT NULL,
    counts jsonb NOT NULL,
    asked_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    finished_at timestamp with time zone,
    workspace_id bigint NOT NULL
);
ALTER TABLE public.customers_deletion ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.customers_deletion_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.customers_identity (
    id bigint NOT NULL,
    kind character varying(10) NOT NULL,
    value character varying(254) NOT NULL,
    verified_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    customer_id bigint NOT NULL,
    workspace_id bigint NOT NULL
);
ALTER TABLE public.customers_identity ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.customers_identity_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.customers_preferencekind (
    id bigint NOT NULL,
    key character varying(40) NOT NULL,
    label character varying(80) NOT NULL,
    special boolean NOT NULL,
    kept boolean NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    workspace_id bigint NOT NULL
);
ALTER TABLE public.customers_preferencekind ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.customers_preferencekind_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.django_content_type (
    id integer NOT NULL,
    app_label character varying(100) NOT NULL,
    model character varying(100) NOT NULL
);
ALTER TABLE public.django_content_type ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_content_type_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.django_migrations (
    id bigint NOT NULL,
    app character varying(255) NOT NULL,
    name character varying(255) NOT NULL,
    applied timestamp with time zone NOT NULL
);
ALTER TABLE public.django_migrations ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_migrations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.django_session (
    session_key character varying(40) NOT NULL,
    session_data text NOT NULL,
    expire_date timestamp with time zone NOT NULL
);
CREATE TABLE public.events_event (
    id bigint NOT NULL,
    workspace_id bigint NOT NULL,
    name character varying(60) NOT NULL,
    topic character varying(60) NOT NULL,
    facts jsonb NOT NULL,
    at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    told_at timestamp with time zone
);
ALTER TABLE public.events_event ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.events_event_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.events_fault (
    job_id bigint NOT NULL,
    workspace_id bigint NOT NULL,
    words text NOT NULL,
    at timestamp with time zone DEFAULT statement_timestamp() NOT NULL
);
CREATE TABLE public.exchange_referencerate (
    id bigint NOT NULL,
    day date NOT NULL,
    currency character varying(3) NOT NULL,
    rate numeric(18,8) NOT NULL,
    source character varying(200) NOT NULL,
    read_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    workspace_id bigint NOT NULL,
    CONSTRAINT reference_rate_positive CHECK ((rate > (0)::numeric))
);
ALTER TABLE public.exchange_referencerate ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.exchange_referencerate_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.knowledge_article (
    id bigint NOT NULL,
    key character varying(120) NOT NULL,
    kind character varying(8) NOT NULL,
    internal boolean NOT NULL,
    source character varying(20) NOT NULL,
    "position" integer NOT NULL,
    video character varying(500) NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    brand_id bigint,
    owner_id bigint,
    workspace_id bigint NOT NULL,
    category_id bigint,
    CONSTRAINT knowledge_article_position_check CHECK (("position" >= 0))
);
ALTER TABLE public.knowledge_article ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_article_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.knowledge_articlefile (
    id bigint NOT NULL,
    token character varying(32) NOT NULL,
    name character varying(120) NOT NULL,
    media_type character varying(60) NOT NULL,
    size integer NOT NULL,
    width integer NOT NULL,
    height integer NOT NULL,
    file_key character varying(200) NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    agent_id bigint,
    article_id bigint NOT NULL,
    workspace_id bigint NOT NULL,
    digest character varying(64) DEFAULT ''::character varying NOT NULL,
    CONSTRAINT knowledge_articlefile_height_check CHECK ((height >= 0)),
    CONSTRAINT knowledge_articlefile_size_check CHECK ((size >= 0)),
    CONSTRAINT knowledge_articlefile_width_check CHECK ((width >= 0))
);
ALTER TABLE public.knowledge_articlefile ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_articlefile_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.knowledge_articleorigin (
    id bigint NOT NULL,
    origin character varying(120) NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    article_id bigint NOT NULL,
    workspace_id bigint NOT NULL
);
ALTER TABLE public.knowledge_articleorigin ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_articleorigin_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.knowledge_articlequestion (
    id bigint NOT NULL,
    language character varying(20) NOT NULL,
    words character varying(300) NOT NULL,
    state character varying(9) NOT NULL,
    times integer NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    article_id bigint NOT NULL,
    workspace_id bigint NOT NULL,
    CONSTRAINT knowledge_articlequestion_times_check CHECK ((times >= 0))
);
ALTER TABLE public.knowledge_articlequestion ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_articlequestion_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.knowledge_articletext (
    id bigint NOT NULL,
    language character varying(20) NOT NULL,
    market character varying(2) NOT NULL,
    source_version integer NOT NULL,
    checked_at timestamp with time zone,
    review_asked_at timestamp with time zone,
    publish_at timestamp with time zone,
    published_at timestamp with time zone,
    archived_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    article_id bigint NOT NULL,
    checked_by_id bigint,
    review_asked_by_id bigint,
    workspace_id bigint NOT NULL,
    head_id bigint,
    live_id bigint,
    CONSTRAINT knowledge_articletext_source_version_check CHECK ((source_version >= 0))
);
ALTER TABLE public.knowledge_articletext ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_articletext_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.knowledge_articleversion (
    id bigint NOT NULL,
    number integer NOT NULL,
    title character varying(200) NOT NULL,
    summary character varying(500) NOT NULL,
    body text NOT NULL,
    made character varying(8) NOT NULL,
    note character varying(200) NOT NULL,
    written_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    agent_id bigint,
    text_id bigint NOT NULL,
    workspace_id bigint NOT NULL,
    CONSTRAINT knowledge_articleversion_number_check CHECK ((number >= 0))
);
ALTER TABLE public.knowledge_articleversion ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_articleversion_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.knowledge_category (
    id bigint NOT NULL,
    key character varying(80) NOT NULL,
    names jsonb NOT NULL,
    icon character varying(20) NOT NULL,
    "position" integer NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    brand_id bigint,
    workspace_id bigint NOT NULL,
    CONSTRAINT knowledge_category_position_check CHECK (("position" >= 0))
);
ALTER TABLE public.knowledge_category ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_category_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.knowledge_feedback (
    id bigint NOT NULL,
    language character varying(20) NOT NULL,
    market character varying(2) NOT NULL,
    version integer NOT NULL,
    helped boolean NOT NULL,
    reason character varying(8) NOT NULL,
    words character varying(2000) NOT NULL,
    visit character varying(32) NOT NULL,
    said_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    article_id bigint NOT NULL,
    brand_id bigint NOT NULL,
    workspace_id bigint NOT NULL,
    CONSTRAINT knowledge_feedback_version_check CHECK ((version >= 0))
);
ALTER TABLE public.knowledge_feedback ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_feedback_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.knowledge_indexstate (
    id bigint NOT NULL,
    number bigint NOT NULL,
    workspace_id bigint NOT NULL
);
ALTER TABLE public.knowledge_indexstate ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_indexstate_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.knowledge_passage (
    id bigint NOT NULL,
    language character varying(20) NOT NULL,
    market character varying(2) NOT NULL,
    brand_id bigint,
    internal boolean NOT NULL,
    is_question boolean NOT NULL,
    "position" integer NOT NULL,
    title character varying(200) NOT NULL,
    heading text NOT NULL,
    anchor character varying(80) NOT NULL,
    words text NOT NULL,
    marks bytea NOT NULL,
    vectors bytea NOT NULL,
    tsv tsvector,
    article_id bigint NOT NULL,
    text_id bigint NOT NULL,
    workspace_id bigint NOT NULL,
    CONSTRAINT knowledge_passage_position_check CHECK (("position" >= 0))
);
ALTER TABLE ONLY public.knowledge_passage ALTER COLUMN tsv SET STATISTICS 1000;
ALTER TABLE public.knowledge_passage ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_passage_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.knowledge_path (
    id bigint NOT NULL,
    key character varying(120) NOT NULL,
    names jsonb NOT NULL,
    about jsonb NOT NULL,
    shown boolean NOT NULL,
    "position" integer NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    brand_id bigint,
    workspace_id bigint NOT NULL,
    CONSTRAINT knowledge_path_position_check CHECK (("position" >= 0))
);
ALTER TABLE public.knowledge_path ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_path_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.knowledge_pathstep (
    id bigint NOT NULL,
    "position" integer NOT NULL,
    article_id bigint NOT NULL,
    path_id bigint NOT NULL,
    workspace_id bigint NOT NULL,
    CONSTRAINT knowledge_pathstep_position_check CHECK (("position" >= 0))
);
ALTER TABLE public.knowledge_pathstep ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_pathstep_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.knowledge_readingday (
    id bigint NOT NULL,
    language character varying(20) NOT NULL,
    market character varying(2) NOT NULL,
    day date NOT NULL,
    times integer NOT NULL,
    fallback integer NOT NULL,
    article_id bigint NOT NULL,
    brand_id bigint NOT NULL,
    workspace_id bigint NOT NULL,
    CONSTRAINT knowledge_readingday_fallback_check CHECK ((fallback >= 0)),
    CONSTRAINT knowledge_readingday_times_check CHECK ((times >= 0))
);
ALTER TABLE public.knowledge_readingday ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_readingday_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.knowledge_search (
    id bigint NOT NULL,
    "where" character varying(4) NOT NULL,
    language character varying(20) NOT NULL,
    market character varying(2) NOT NULL,
    words character varying(200) NOT NULL,
    folded character varying(200) NOT NULL,
    found integer NOT NULL,
    elsewhere boolean NOT NULL,
    answered boolean NOT NULL,
    visit character varying(32) NOT NULL,
    at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    brand_id bigint NOT NULL,
    opened_id bigint,
    workspace_id bigint NOT NULL,
    CONSTRAINT knowledge_search_found_check CHECK ((found >= 0))
);
ALTER TABLE public.knowledge_search ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_search_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.knowledge_signup (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    email character varying(254) NOT NULL,
    language character varying(20) NOT NULL,
    time_zone character varying(64) NOT NULL,
    token character varying(40) NOT NULL,
    cancelled_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    workspace_id bigint NOT NULL,
    webinar_id bigint NOT NULL,
    telling integer DEFAULT 0 NOT NULL,
    told integer DEFAULT 0 NOT NULL,
    CONSTRAINT knowledge_signup_telling_check CHECK ((telling >= 0)),
    CONSTRAINT knowledge_signup_told_check CHECK ((told >= 0))
);
ALTER TABLE public.knowledge_signup ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_signup_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.knowledge_synonym (
    id bigint NOT NULL,
    language character varying(20) NOT NULL,
    words jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    brand_id bigint,
    workspace_id bigint NOT NULL
);
ALTER TABLE public.knowledge_synonym ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_synonym_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.knowledge_visiting (
    id bigint NOT NULL,
    visit character varying(32) NOT NULL,
    language character varying(20) NOT NULL,
    market character varying(2) NOT NULL,
    searched integer NOT NULL,
    read integer NOT NULL,
    wrote_at timestamp with time zone,
    began_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    last_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    brand_id bigint NOT NULL,
    workspace_id bigint NOT NULL,
    CONSTRAINT knowledge_visiting_read_check CHECK ((read >= 0)),
    CONSTRAINT knowledge_visiting_searched_check CHECK ((searched >= 0))
);
ALTER TABLE public.knowledge_visiting ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_visiting_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.knowledge_webinar (
    id bigint NOT NULL,
    title character varying(200) NOT NULL,
    about text NOT NULL,
    language character varying(20) NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    minutes integer NOT NULL,
    time_zone character varying(64) NOT NULL,
    host character varying(120) NOT NULL,
    place character varying(200) NOT NULL,
    link character varying(500) NOT NULL,
    seats integer NOT NULL,
    state character varying(10) NOT NULL,
    sequence integer NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    agent_id bigint,
    brand_id bigint NOT NULL,
    workspace_id bigint NOT NULL,
    CONSTRAINT knowledge_webinar_minutes_check CHECK ((minutes >= 0)),
    CONSTRAINT knowledge_webinar_seats_check CHECK ((seats >= 0)),
    CONSTRAINT knowledge_webinar_sequence_check CHECK ((sequence >= 0))
);
ALTER TABLE public.knowledge_webinar ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_webinar_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.language_brandvoice (
    id bigint NOT NULL,
    may_emoji boolean DEFAULT false NOT NULL,
    longest smallint DEFAULT 0 NOT NULL,
    silenced jsonb DEFAULT '[]'::jsonb NOT NULL,
    brand_id bigint NOT NULL,
    workspace_id bigint NOT NULL,
    CONSTRAINT language_brandvoice_longest_check CHECK ((longest >= 0))
);
ALTER TABLE public.language_brandvoice ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.language_brandvoice_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.language_departure (
    id bigint NOT NULL,
    at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    engine character varying(120) NOT NULL,
    vendor character varying(30) NOT NULL,
    host character varying(253) NOT NULL,
    source character varying(20) NOT NULL,
    target character varying(20) NOT NULL,
    texts integer NOT NULL,
    characters integer NOT NULL,
    purpose character varying(20) NOT NULL,
    conversation_id bigint,
    workspace_id bigint NOT NULL,
    CONSTRAINT language_departure_characters_check CHECK ((characters >= 0)),
    CONSTRAINT language_departure_texts_check CHECK ((texts >= 0))
);
ALTER TABLE public.language_departure ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.language_departure_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.language_engineanswer (
    id bigint NOT NULL,
    digest character varying(64) NOT NULL,
    engine character varying(30) NOT NULL,
    text text NOT NULL,
    confidence double precision NOT NULL,
    faults jsonb NOT NULL,
    conversation_ids bigint[] NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    workspace_id bigint NOT NULL
);
ALTER TABLE public.language_engineanswer ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.language_engineanswer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.language_engineorder (
    id bigint NOT NULL,
    source character varying(20) NOT NULL,
    target character varying(20) NOT NULL,
    engines jsonb NOT NULL,
    workspace_id bigint NOT NULL
);
ALTER TABLE public.language_engineorder ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.language_engineorder_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.language_glossaryentry (
    id bigint NOT NULL,
    keep boolean DEFAULT false NOT NULL,
    case_sensitive boolean DEFAULT false NOT NULL,
    speech character varying(12) NOT NULL,
    status character varying(8) NOT NULL,
    note text NOT NULL,
    origin character varying(20) NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    changed_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    agent_id bigint,
    brand_id bigint,
    workspace_id bigint NOT NULL
);
ALTER TABLE public.language_glossaryentry ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.language_glossaryentry_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.language_glossaryterm (
    id bigint NOT NULL,
    language character varying(20) NOT NULL,
    market character varying(2) NOT NULL,
    text character varying(200) NOT NULL,
    folded character varying(400) NOT NULL,
    use character varying(9) NOT NULL,
    entry_id bigint NOT NULL,
    workspace_id bigint NOT NULL
);
ALTER TABLE public.language_glossaryterm ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.language_glossaryterm_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.language_languagepolicy (
    id bigint NOT NULL,
    stays_home boolean DEFAULT false NOT NULL,
    workspace_id bigint NOT NULL,
    currency character varying(3) DEFAULT 'EUR'::character varying NOT NULL,
    most_characters bigint,
    most_money bigint,
    CONSTRAINT language_languagepolicy_most_characters_check CHECK ((most_characters >= 0)),
    CONSTRAINT language_languagepolicy_most_money_check CHECK ((most_money >= 0))
);
ALTER TABLE public.language_languagepolicy ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.language_languagepolicy_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.language_memoryunit (
    id bigint NOT NULL,
    market character varying(2) NOT NULL,
    source_language character varying(20) NOT NULL,
    target_language character varying(20) NOT NULL,
    source text NOT NULL,
    target text NOT NULL,
    pair character varying(41) NOT NULL,
    key character varying(40) NOT NULL,
    bands integer[] NOT NULL,
    origin character varying(8) NOT NULL,
    origin_id bigint,
    conversation_id bigint,
    author character varying(120) NOT NULL,
    used integer NOT NULL,
    used_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    changed_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    agent_id bigint,
    brand_id bigint,
    workspace_id bigint NOT NULL,
    CONSTRAINT language_memoryunit_used_check CHECK ((used >= 0))
);
ALTER TABLE public.language_memoryunit ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.language_memoryunit_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.language_ordertext (
    id bigint NOT NULL,
    kind character varying(20) NOT NULL,
    ref character varying(60) NOT NULL,
    title character varying(200) NOT NULL,
    text text NOT NULL,
    target character varying(20) NOT NULL,
    said text NOT NULL,
    checked text NOT NULL,
    state character varying(8) NOT NULL,
    reason text NOT NULL,
    returned_at timestamp with time zone,
    decided_at timestamp with time zone,
    reviewer_id bigint,
    workspace_id bigint NOT NULL,
    order_id bigint NOT NULL
);
ALTER TABLE public.language_ordertext ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.language_ordertext_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.language_ownphrase (
    id bigint NOT NULL,
    key character varying(64) NOT NULL,
    theme character varying(20) NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    workspace_id bigint NOT NULL
);
ALTER TABLE public.language_ownphrase ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.language_ownphrase_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.language_phrasewording (
    id bigint NOT NULL,
    key character varying(64) NOT NULL,
    language character varying(20) NOT NULL,
    register character varying(9) NOT NULL,
    said jsonb NOT NULL,
    changed_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    brand_id bigint,
    workspace_id bigint NOT NULL
);
ALTER TABLE public.language_phrasewording ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.language_phrasewording_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.language_reviewer (
    id bigint NOT NULL,
    source character varying(20) NOT NULL,
    target character varying(20) NOT NULL,
    agent_id bigint NOT NULL,
    workspace_id bigint NOT NULL
);
ALTER TABLE public.language_reviewer ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.language_reviewer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.language_reviewpolicy (
    id bigint NOT NULL,
    outcome character varying(5) NOT NULL,
    sample smallint NOT NULL,
    faults character varying(4) NOT NULL,
    own boolean NOT NULL,
    assigned_only boolean NOT NULL,
    stand_in character varying(7) NOT NULL,
    stand_in_minutes smallint NOT NULL,
    workspace_id bigint NOT NULL,
    CONSTRAINT language_reviewpolicy_sample_check CHECK ((sample >= 0)),
    CONSTRAINT language_reviewpolicy_stand_in_minutes_check CHECK ((stand_in_minutes >= 0))
);
ALTER TABLE public.language_reviewpolicy ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.language_reviewpolicy_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.language_reviewrule (
    id bigint NOT NULL,
    place integer NOT NULL,
    name character varying(120) NOT NULL,
    "when" jsonb NOT NULL,
    outcome character varying(5) NOT NULL,
    sample smallint NOT NULL,
    workspace_id bigint NOT NULL,
    CONSTRAINT language_reviewrule_place_check CHECK ((place >= 0)),
    CONSTRAINT language_reviewrule_sample_check CHECK ((sample >= 0))
);
ALTER TABLE public.language_reviewrule ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.language_reviewrule_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.language_translationorder (
    id bigint NOT NULL,
    title character varying(120) NOT NULL,
    state character varying(9) NOT NULL,
    source character varying(20) NOT NULL,
    targets jsonb NOT NULL,
    vendor text NOT NULL,
    note text NOT NULL,
    cost bigint,
    currency character varying(3) NOT NULL,
    due_on date,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    changed_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    agent_id bigint,
    workspace_id bigint NOT NULL
);
ALTER TABLE public.language_translationorder ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.language_translationorder_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.language_waitingfile (
    id bigint NOT NULL,
    kind character varying(8) NOT NULL,
    name character varying(255) NOT NULL,
    content bytea NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    agent_id bigint NOT NULL,
    workspace_id bigint NOT NULL
);
ALTER TABLE public.language_waitingfile ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.language_waitingfile_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.mfa_authenticator (
    id bigint NOT NULL,
    type character varying(20) NOT NULL,
    data jsonb NOT NULL,
    user_id bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    last_used_at timestamp with time zone
);
ALTER TABLE public.mfa_authenticator ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.mfa_authenticator_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.notifications_notification (
    id bigint NOT NULL,
    kind character varying(20) NOT NULL,
    source character varying(80) NOT NULL,
    topic character varying(60) NOT NULL,
    anchor character varying(30) NOT NULL,
    actor character varying(254) NOT NULL,
    facts jsonb NOT NULL,
    in_app boolean NOT NULL,
    read_at timestamp with time zone,
    mail_at timestamp with time zone,
    push_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    agent_id bigint NOT NULL,
    workspace_id bigint NOT NULL
);
ALTER TABLE public.notifications_notification ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.notifications_notification_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.notifications_preference (
    id bigint NOT NULL,
    choices jsonb NOT NULL,
    mail_when character varying(6) NOT NULL,
    quiet_from time without time zone,
    quiet_to time without time zone,
    show_text boolean NOT NULL,
    follow jsonb NOT NULL,
    agent_id bigint NOT NULL,
    workspace_id bigint NOT NULL
);
ALTER TABLE public.notifications_preference ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.notifications_preference_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.notifications_pushsubscription (
    id bigint NOT NULL,
    endpoint text NOT NULL,
    endpoint_hash character varying(64) NOT NULL,
    p256dh character varying(120) NOT NULL,
    auth character varying(40) NOT NULL,
    device character varying(80) NOT NULL,
    used_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    agent_id bigint NOT NULL,
    workspace_id bigint NOT NULL
);
ALTER TABLE public.notifications_pushsubscription ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.notifications_pushsubscription_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.playbooks_brandmarket (
    id bigint NOT NULL,
    country character varying(2) NOT NULL,
    region character varying(40) NOT NULL,
    time_zone character varying(64) NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    brand_id bigint NOT NULL,
    workspace_id bigint NOT NULL
);
ALTER TABLE public.playbooks_brandmarket ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.playbooks_brandmarket_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.playbooks_factchange (
    id bigint NOT NULL,
    country character varying(2) NOT NULL,
    kind character varying(40) NOT NULL,
    sort character varying(10) NOT NULL,
    before jsonb,
    after jsonb,
    reason text NOT NULL,
    at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    agent_id bigint,
    brand_id bigint NOT NULL,
    workspace_id bigint NOT NULL,
    from_playbook boolean DEFAULT false NOT NULL
);
ALTER TABLE public.playbooks_factchange ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.playbooks_factchange_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.playbooks_factoverride (
    id bigint NOT NULL,
    country character varying(2) NOT NULL,
    kind character varying(40) NOT NULL,
    sort character varying(10) NOT NULL,
    value jsonb NOT NULL,
    reason text NOT NULL,
    source text NOT NULL,
    url character varying(500) NOT NULL,
    changed_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    agent_id bigint,
    brand_id bigint NOT NULL,
    workspace_id bigint NOT NULL,
    confirmed boolean DEFAULT false NOT NULL
);
ALTER TABLE public.playbooks_factoverride ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.playbooks_factoverride_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.playbooks_marketnote (
    id bigint NOT NULL,
    country character varying(2) NOT NULL,
    kind character varying(40) NOT NULL,
    text text NOT NULL,
    source text NOT NULL,
    url character varying(500) NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    agent_id bigint,
    brand_id bigint NOT NULL,
    workspace_id bigint NOT NULL
);
ALTER TABLE public.playbooks_marketnote ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.playbooks_marketnote_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.procrastinate_events (
    id bigint NOT NULL,
    job_id bigint NOT NULL,
    type public.procrastinate_job_event_type,
    at timestamp with time zone DEFAULT now()
);
CREATE SEQUENCE public.procrastinate_events_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.procrastinate_events_id_seq OWNED BY public.procrastinate_events.id;
CREATE SEQUENCE public.procrastinate_jobs_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.procrastinate_jobs_id_seq OWNED BY public.procrastinate_jobs.id;
CREATE TABLE public.procrastinate_periodic_defers (
    id bigint NOT NULL,
    task_name character varying(128) NOT NULL,
    defer_timestamp bigint,
    job_id bigint,
    periodic_id character varying(128) DEFAULT ''::character varying NOT NULL
);
CREATE SEQUENCE public.procrastinate_periodic_defers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.procrastinate_periodic_defers_id_seq OWNED BY public.procrastinate_periodic_defers.id;
CREATE TABLE public.procrastinate_workers (
    id bigint NOT NULL,
    last_heartbeat timestamp with time zone DEFAULT now() NOT NULL
);
ALTER TABLE public.procrastinate_workers ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.procrastinate_workers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.returns_entrycode (
    id bigint NOT NULL,
    handle character varying(64) NOT NULL,
    language character varying(20) NOT NULL,
    code_hash character varying(64) NOT NULL,
    tries smallint NOT NULL,
    used_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    brand_id bigint NOT NULL,
    order_id bigint,
    workspace_id bigint NOT NULL,
    CONSTRAINT returns_entrycode_tries_check CHECK ((tries >= 0))
);
ALTER TABLE public.returns_entrycode ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.returns_entrycode_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.returns_return (
    id bigint NOT NULL,
    number character varying(100) NOT NULL,
    kind character varying(12) NOT NULL,
    state character varying(12) NOT NULL,
    method character varying(16) NOT NULL,
    country character varying(2) NOT NULL,
    payer character varying(10) NOT NULL,
    law character varying(300) NOT NULL,
    words text NOT NULL,
    currency character varying(3) NOT NULL,
    amount bigint,
    reference character varying(200) NOT NULL,
    refund_key character varying(100) NOT NULL,
    carrier character varying(60) NOT NULL,
    tracking_number character varying(80) NOT NULL,
    label_url character varying(1000) NOT NULL,
    refund_due_on date,
    notice_at timestamp with time zone NOT NULL,
    sent_at timestamp with time zone,
    received_at timestamp with time zone,
    refunded_at timestamp with time zone,
    closed_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    brand_id bigint NOT NULL,
    order_id bigint NOT NULL,
    workspace_id bigint NOT NULL,
    difference bigint,
    ending character varying(12) DEFAULT ''::character varying NOT NULL,
    refund_failure character varying(1000) DEFAULT ''::character varying NOT NULL,
    parcel_id bigint,
    request_key character varying(64) DEFAULT ''::character varying NOT NULL,
    wish character varying(10) DEFAULT 'refund'::character varying NOT NULL,
    gift boolean DEFAULT false NOT NULL,
    recipient character varying(254) DEFAULT ''::character varying NOT NULL,
    place_id bigint,
    fetch_from date,
    fetch_until date,
    fetch_note character varying(200) DEFAULT ''::character varying NOT NULL,
    language character varying(20) DEFAULT ''::character varying NOT NULL,
    exchange_id bigint,
    shop_key character varying(100) DEFAULT ''::character varying NOT NULL,
    shop_return character varying(120) DEFAULT ''::character varying NOT NULL
);
ALTER TABLE public.returns_return ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.returns_return_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.returns_returnevent (
    id bigint NOT NULL,
    before character varying(12) NOT NULL,
    state character varying(12) NOT NULL,
    actor character varying(10) NOT NULL,
    note text NOT NULL,
    at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    agent_id bigint,
    parent_id bigint NOT NULL,
    workspace_id bigint NOT NULL
);
ALTER TABLE public.returns_returnevent ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.returns_returnevent_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.returns_returnfile (
    id bigint NOT NULL,
    workspace_id bigint NOT NULL,
    parent_id bigint NOT NULL,
    kind character varying(8) NOT NULL,
    name character varying(120) NOT NULL,
    media_type character varying(60) NOT NULL,
    size integer NOT NULL,
    file_key character varying(200) NOT NULL,
    actor character varying(10) NOT NULL,
    agent_id bigint,
    at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    CONSTRAINT returns_returnfile_size_check CHECK ((size >= 0))
);
ALTER TABLE public.returns_returnfile ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.returns_returnfile_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.returns_returnline (
    id bigint NOT NULL,
    quantity integer NOT NULL,
    reason character varying(20) NOT NULL,
    words text NOT NULL,
    amount bigint NOT NULL,
    accepted integer,
    condition character varying(200) NOT NULL,
    line_id bigint NOT NULL,
    parent_id bigint NOT NULL,
    workspace_id bigint NOT NULL,
    deduction bigint DEFAULT 0 NOT NULL,
    deduction_reason character varying(300) DEFAULT ''::character varying NOT NULL,
    restock boolean,
    customs_text character varying(200) DEFAULT ''::character varying NOT NULL,
    hs_code character varying(14) DEFAULT ''::character varying NOT NULL,
    origin character varying(2) DEFAULT ''::character varying NOT NULL,
    weight integer,
    instead character varying(120) DEFAULT ''::character varying NOT NULL,
    CONSTRAINT returns_returnline_accepted_check CHECK ((accepted >= 0)),
    CONSTRAINT returns_returnline_quantity_check CHECK ((quantity >= 0)),
    CONSTRAINT returns_returnline_weight_check CHECK ((weight >= 0))
);
ALTER TABLE public.returns_returnline ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.returns_returnline_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.returns_returnplace (
    id bigint NOT NULL,
    workspace_id bigint NOT NULL,
    brand_id bigint NOT NULL,
    kind character varying(8) NOT NULL,
    name character varying(120) NOT NULL,
    street character varying(200) NOT NULL,
    postcode character varying(20) NOT NULL,
    city character varying(100) NOT NULL,
    region character varying(100) NOT NULL,
    country character varying(2) NOT NULL,
    phone character varying(40) NOT NULL,
    reference character varying(60) NOT NULL,
    languages jsonb NOT NULL,
    hours character varying(300) NOT NULL,
    takes_from jsonb NOT NULL,
    is_open boolean NOT NULL,
    agent_id bigint,
    changed_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL
);
ALTER TABLE public.returns_returnplace ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.returns_returnplace_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.returns_returnpolicy (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    country character varying(2) NOT NULL,
    category character varying(120) NOT NULL,
    days smallint NOT NULL,
    starts character varying(10) NOT NULL,
    payer character varying(10) NOT NULL,
    methods jsonb NOT NULL,
    excludes jsonb NOT NULL,
    keep_below bigint NOT NULL,
    keep_currency character varying(3) NOT NULL,
    refund_days smallint,
    changed_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    agent_id bigint,
    brand_id bigint NOT NULL,
    segment_id bigint,
    workspace_id bigint NOT NULL,
    CONSTRAINT returns_returnpolicy_days_check CHECK ((days >= 0)),
    CONSTRAINT returns_returnpolicy_refund_days_check CHECK ((refund_days >= 0))
);
ALTER TABLE public.returns_returnpolicy ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.returns_returnpolicy_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.returns_returnportal (
    id bigint NOT NULL,
    is_open boolean NOT NULL,
    offers_exchange boolean NOT NULL,
    offers_credit boolean NOT NULL,
    changed_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    agent_id bigint,
    brand_id bigint NOT NULL,
    workspace_id bigint NOT NULL
);
ALTER TABLE public.returns_returnportal ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.returns_returnportal_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.returns_returnsnote (
    id bigint NOT NULL,
    text text NOT NULL,
    at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    agent_id bigint,
    customer_id bigint NOT NULL,
    workspace_id bigint NOT NULL,
    signal character varying(40) DEFAULT ''::character varying NOT NULL,
    actor character varying(10) DEFAULT 'agent'::character varying NOT NULL
);
ALTER TABLE public.returns_returnsnote ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.returns_returnsnote_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.returns_withdrawal (
    id bigint NOT NULL,
    code character varying(20) NOT NULL,
    form character varying(4) NOT NULL,
    request_key character varying(64) NOT NULL,
    name character varying(200) NOT NULL,
    email character varying(254) NOT NULL,
    order_number character varying(200) NOT NULL,
    part text NOT NULL,
    content text NOT NULL,
    language character varying(20) NOT NULL,
    country character varying(2) NOT NULL,
    declared_at timestamp with time zone NOT NULL,
    receipt_sent_at timestamp with time zone,
    brand_id bigint NOT NULL,
    conversation_id bigint,
    made_id bigint,
    order_id bigint,
    workspace_id bigint NOT NULL
);
ALTER TABLE public.returns_withdrawal ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.returns_withdrawal_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.segments_bulkrun (
    id bigint NOT NULL,
    change jsonb NOT NULL,
    ids jsonb NOT NULL,
    total integer NOT NULL,
    done integer NOT NULL,
    changed integer NOT NULL,
    skipped jsonb NOT NULL,
    state character varying(7) NOT NULL,
    undoes bigint,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    agent_id bigint,
    workspace_id bigint NOT NULL,
    CONSTRAINT segments_bulkrun_changed_check CHECK ((changed >= 0)),
    CONSTRAINT segments_bulkrun_done_check CHECK ((done >= 0)),
    CONSTRAINT segments_bulkrun_total_check CHECK ((total >= 0))
);
ALTER TABLE public.segments_bulkrun ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.segments_bulkrun_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.segments_bulkstep (
    id bigint NOT NULL,
    conversation_id bigint NOT NULL,
    before jsonb NOT NULL,
    run_id bigint NOT NULL,
    workspace_id bigint NOT NULL
);
ALTER TABLE public.segments_bulkstep ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.segments_bulkstep_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.segments_recentsearch (
    id bigint NOT NULL,
    q character varying(300) NOT NULL,
    searched_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    agent_id bigint NOT NULL,
    workspace_id bigint NOT NULL
);
ALTER TABLE public.segments_recentsearch ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.segments_recentsearch_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.segments_savedview (
    id bigint NOT NULL,
    name character varying(80) NOT NULL,
    shared character varying(9) NOT NULL,
    "position" integer NOT NULL,
    view character varying(20) NOT NULL,
    chosen jsonb NOT NULL,
    q character varying(300) NOT NULL,
    sort character varying(20) NOT NULL,
    removed_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    owner_id bigint,
    team_id bigint,
    workspace_id bigint NOT NULL
);
ALTER TABLE public.segments_savedview ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.segments_savedview_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.segments_segment (
    id bigint NOT NULL,
    name character varying(80) NOT NULL,
    clauses jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    changed_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    author_id bigint,
    workspace_id bigint NOT NULL
);
ALTER TABLE public.segments_segment ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.segments_segment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.segments_vieworder (
    id bigint NOT NULL,
    ids bigint[] NOT NULL,
    agent_id bigint NOT NULL,
    workspace_id bigint NOT NULL
);
ALTER TABLE public.segments_vieworder ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.segments_vieworder_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.shipping_dutyrate (
    id bigint NOT NULL,
    hs character varying(10) NOT NULL,
    origin character varying(2) NOT NULL,
    destination character varying(2) NOT NULL,
    percent numeric(7,4) NOT NULL,
    source character varying(300) NOT NULL,
    valid_from date,
    valid_to date,
    brand_id bigint NOT NULL,
    workspace_id bigint NOT NULL,
    CONSTRAINT duty_rate_percent CHECK (((percent >= (0)::numeric) AND (percent <= (1000)::numeric)))
);
ALTER TABLE public.shipping_dutyrate ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.shipping_dutyrate_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.shipping_shippingrate (
    id bigint NOT NULL,
    origin character varying(2) NOT NULL,
    destination character varying(2) NOT NULL,
    service character varying(60) NOT NULL,
    up_to integer,
    price bigint NOT NULL,
    currency character varying(3) NOT NULL,
    handling bigint,
    valid_from date,
    valid_to date,
    brand_id bigint NOT NULL,
    workspace_id bigint NOT NULL,
    days_max smallint,
    days_min smallint,
    CONSTRAINT shipping_rate_price CHECK ((price >= 0)),
    CONSTRAINT shipping_shippingrate_days_max_check CHECK ((days_max >= 0)),
    CONSTRAINT shipping_shippingrate_days_min_check CHECK ((days_min >= 0)),
    CONSTRAINT shipping_shippingrate_up_to_check CHECK ((up_to >= 0))
);
ALTER TABLE public.shipping_shippingrate ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.shipping_shippingrate_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.shipping_shippingterms (
    id bigint NOT NULL,
    sends_from character varying(2) NOT NULL,
    ddp jsonb NOT NULL,
    registered jsonb NOT NULL,
    changed_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    brand_id bigint NOT NULL,
    workspace_id bigint NOT NULL,
    cut_off time without time zone,
    handling_days smallint,
    CONSTRAINT shipping_shippingterms_handling_days_check CHECK ((handling_days >= 0))
);
ALTER TABLE public.shipping_shippingterms ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.shipping_shippingterms_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.surveys_survey (
    id bigint NOT NULL,
    kind character varying(10) NOT NULL,
    channel character varying(30) NOT NULL,
    market character varying(2) NOT NULL,
    language character varying(20) NOT NULL,
    score smallint NOT NULL,
    comment text NOT NULL,
    translated text NOT NULL,
    translated_to character varying(20) NOT NULL,
    answered_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    changed_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    agent_id bigint,
    brand_id bigint NOT NULL,
    conversation_id bigint NOT NULL,
    workspace_id bigint NOT NULL,
    CONSTRAINT survey_score_is_one_to_five CHECK (((score >= 1) AND (score <= 5))),
    CONSTRAINT surveys_survey_score_check CHECK ((score >= 0))
);
ALTER TABLE public.surveys_survey ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.surveys_survey_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.texts_earlierwording (
    id bigint NOT NULL,
    version integer NOT NULL,
    words text NOT NULL,
    made character varying(8) NOT NULL,
    written_at timestamp with time zone NOT NULL,
    agent_id bigint,
    variant_id bigint NOT NULL,
    workspace_id bigint NOT NULL,
    CONSTRAINT texts_earlierwording_version_check CHECK ((version >= 0))
);
ALTER TABLE public.texts_earlierwording ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.texts_earlierwording_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.texts_localisedtext (
    id bigint NOT NULL,
    kind character varying(20) NOT NULL,
    key character varying(80) NOT NULL,
    title character varying(120) NOT NULL,
    source character varying(20) NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    brand_id bigint,
    macro_id bigint,
    workspace_id bigint NOT NULL
);
ALTER TABLE public.texts_localisedtext ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.texts_localisedtext_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.texts_macro (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    shortcut character varying(40) NOT NULL,
    texts jsonb DEFAULT '{}'::jsonb NOT NULL,
    tags jsonb NOT NULL,
    "then" character varying(8) NOT NULL,
    used integer NOT NULL,
    used_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    owner_id bigint,
    workspace_id bigint NOT NULL,
    CONSTRAINT texts_macro_used_check CHECK ((used >= 0))
);
ALTER TABLE public.texts_macro ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.texts_macro_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.texts_variant (
    id bigint NOT NULL,
    language character varying(20) NOT NULL,
    market character varying(2) NOT NULL,
    words text NOT NULL,
    version integer NOT NULL,
    source_version integer NOT NULL,
    made character varying(8) NOT NULL,
    written_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    confirmed_at timestamp with time zone,
    agent_id bigint,
    text_id bigint NOT NULL,
    workspace_id bigint NOT NULL,
    CONSTRAINT texts_variant_source_version_check CHECK ((source_version >= 0)),
    CONSTRAINT texts_variant_version_check CHECK ((version >= 0))
);
ALTER TABLE public.texts_variant ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.texts_variant_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.usersessions_usersession (
    id bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    ip inet NOT NULL,
    last_seen_at timestamp with time zone NOT NULL,
    session_key character varying(40) NOT NULL,
    user_agent character varying(200) NOT NULL,
    data jsonb NOT NULL,
    user_id bigint NOT NULL
);
ALTER TABLE public.usersessions_usersession ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.usersessions_usersession_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
ALTER TABLE ONLY public.procrastinate_events ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_events_id_seq'::regclass);
ALTER TABLE ONLY public.procrastinate_jobs ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_jobs_id_seq'::regclass);
ALTER TABLE ONLY public.procrastinate_periodic_defers ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_periodic_defers_id_seq'::regclass);
ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_user_id_email_987c8728_uniq UNIQUE (user_id, email);
ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirmation_key_key UNIQUE (key);
ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirmation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_agent
    ADD CONSTRAINT accounts_agent_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_apitoken
    ADD CONSTRAINT accounts_apitoken_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_apitoken
    ADD CONSTRAINT accounts_apitoken_token_hash_key UNIQUE (token_hash);
ALTER TABLE ONLY public.accounts_approval
    ADD CONSTRAINT accounts_approval_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_authoritylimit
    ADD CONSTRAINT accounts_authoritylimit_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_authorityuse
    ADD CONSTRAINT accounts_authorityuse_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_brand
    ADD CONSTRAINT accounts_brand_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_brand
    ADD CONSTRAINT accounts_brand_slug_key UNIQUE (slug);
ALTER TABLE ONLY public.accounts_holidayfeed
    ADD CONSTRAINT accounts_holidayfeed_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_invitation
    ADD CONSTRAINT accounts_invitation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_invitation
    ADD CONSTRAINT accounts_invitation_token_hash_key UNIQUE (token_hash);
ALTER TABLE ONLY public.accounts_servicehours
    ADD CONSTRAINT accounts_servicehours_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_standin
    ADD CONSTRAINT accounts_standin_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_team
    ADD CONSTRAINT accounts_team_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_teammember
    ADD CONSTRAINT accounts_teammember_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_user
    ADD CONSTRAINT accounts_user_email_key UNIQUE (email);
ALTER TABLE ONLY public.accounts_user
    ADD CONSTRAINT accounts_user_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_workspace
    ADD CONSTRAINT accounts_workspace_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_workspace
    ADD CONSTRAINT accounts_workspace_slug_key UNIQUE (slug);
ALTER TABLE ONLY public.assist_suggestion
    ADD CONSTRAINT assist_suggestion_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_name_key UNIQUE (name);
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_permission_id_0cd325b0_uniq UNIQUE (group_id, permission_id);
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_codename_01ab375a_uniq UNIQUE (content_type_id, codename);
ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_authoritylimit
    ADD CONSTRAINT authority_limit_once UNIQUE NULLS NOT DISTINCT (workspace_id, role, agent_id, kind, market, reason);
ALTER TABLE ONLY public.bot_bot
    ADD CONSTRAINT bot_bot_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.bot_flow
    ADD CONSTRAINT bot_flow_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.bot_flowversion
    ADD CONSTRAINT bot_flowversion_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.bot_proofcode
    ADD CONSTRAINT bot_proofcode_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.bot_talk
    ADD CONSTRAINT bot_talk_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.bot_teamrule
    ADD CONSTRAINT bot_teamrule_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.bot_turn
    ADD CONSTRAINT bot_turn_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.commerce_carrierdoor
    ADD CONSTRAINT commerce_carrierdoor_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.commerce_carrierhook
    ADD CONSTRAINT commerce_carrierhook_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.commerce_dispute
    ADD CONSTRAINT commerce_dispute_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.commerce_lanetime
    ADD CONSTRAINT commerce_lanetime_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.commerce_order
    ADD CONSTRAINT commerce_order_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.commerce_orderaction
    ADD CONSTRAINT commerce_orderaction_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.commerce_orderimport
    ADD CONSTRAINT commerce_orderimport_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.commerce_orderimportfault
    ADD CONSTRAINT commerce_orderimportfault_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.commerce_orderline
    ADD CONSTRAINT commerce_orderline_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.commerce_payment
    ADD CONSTRAINT commerce_payment_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.commerce_paymentaccount
    ADD CONSTRAINT commerce_paymentaccount_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.commerce_paymenthook
    ADD CONSTRAINT commerce_paymenthook_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.commerce_price
    ADD CONSTRAINT commerce_price_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.commerce_product
    ADD CONSTRAINT commerce_product_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.commerce_productvariant
    ADD CONSTRAINT commerce_productvariant_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.commerce_refund
    ADD CONSTRAINT commerce_refund_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.commerce_shipment
    ADD CONSTRAINT commerce_shipment_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.commerce_shipmentevent
    ADD CONSTRAINT commerce_shipmentevent_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.commerce_shipmentline
    ADD CONSTRAINT commerce_shipmentline_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.commerce_shop
    ADD CONSTRAINT commerce_shop_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.commerce_shophook
    ADD CONSTRAINT commerce_shophook_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.commerce_shopsync
    ADD CONSTRAINT commerce_shopsync_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.community_appeal
    ADD CONSTRAINT community_appeal_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.community_community
    ADD CONSTRAINT community_community_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.community_decision
    ADD CONSTRAINT community_decision_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.community_follow
    ADD CONSTRAINT community_follow_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.community_joincode
    ADD CONSTRAINT community_joincode_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.community_member
    ADD CONSTRAINT community_member_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.community_post
    ADD CONSTRAINT community_post_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.community_rendering
    ADD CONSTRAINT community_rendering_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.community_report
    ADD CONSTRAINT community_report_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.community_space
    ADD CONSTRAINT community_space_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.community_thread
    ADD CONSTRAINT community_thread_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.community_vote
    ADD CONSTRAINT community_vote_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.connections_connection
    ADD CONSTRAINT connections_connection_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.connections_storedanswer
    ADD CONSTRAINT connections_storedanswer_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.connections_vendoraccount
    ADD CONSTRAINT connections_vendoraccount_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.connections_vendorapp
    ADD CONSTRAINT connections_vendorapp_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.connections_vendorusage
    ADD CONSTRAINT connections_vendorusage_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.conversations_acknowledgement
    ADD CONSTRAINT conversations_acknowledgement_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.conversations_attachment
    ADD CONSTRAINT conversations_attachment_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.conversations_conversation
    ADD CONSTRAINT conversations_conversation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.conversations_draft
    ADD CONSTRAINT conversations_draft_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.conversations_envelope
    ADD CONSTRAINT conversations_envelope_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.conversations_follower
    ADD CONSTRAINT conversations_follower_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.conversations_junkfilter
    ADD CONSTRAINT conversations_junkfilter_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.conversations_junkverdict
    ADD CONSTRAINT conversations_junkverdict_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.conversations_junkword
    ADD CONSTRAINT conversations_junkword_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.conversations_learned
    ADD CONSTRAINT conversations_learned_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.conversations_lesson
    ADD CONSTRAINT conversations_lesson_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.conversations_mailimport
    ADD CONSTRAINT conversations_mailimport_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.conversations_merge
    ADD CONSTRAINT conversations_merge_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.conversations_message
    ADD CONSTRAINT conversations_message_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.conversations_reviewitem
    ADD CONSTRAINT conversations_reviewitem_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.conversations_searchindex
    ADD CONSTRAINT conversations_searchindex_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.conversations_senderrule
    ADD CONSTRAINT conversations_senderrule_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.conversations_split
    ADD CONSTRAINT conversations_split_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.conversations_translation
    ADD CONSTRAINT conversations_translation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.customers_customer
    ADD CONSTRAINT customers_customer_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.customers_customerfield
    ADD CONSTRAINT customers_customerfield_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.customers_customermerge
    ADD CONSTRAINT customers_customermerge_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.customers_customerpreference
    ADD CONSTRAINT customers_customerpreference_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.customers_deletion
    ADD CONSTRAINT customers_deletion_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.customers_identity
    ADD CONSTRAINT customers_identity_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.customers_preferencekind
    ADD CONSTRAINT customers_preferencekind_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_app_label_model_76bd3d3b_uniq UNIQUE (app_label, model);
ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.django_migrations
    ADD CONSTRAINT django_migrations_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.django_session
    ADD CONSTRAINT django_session_pkey PRIMARY KEY (session_key);
ALTER TABLE ONLY public.shipping_dutyrate
    ADD CONSTRAINT duty_rate_once UNIQUE NULLS NOT DISTINCT (workspace_id, brand_id, destination, hs, origin, valid_from);
ALTER TABLE ONLY public.events_event
    ADD CONSTRAINT events_event_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.events_fault
    ADD CONSTRAINT events_fault_pkey PRIMARY KEY (job_id);
ALTER TABLE ONLY public.exchange_referencerate
    ADD CONSTRAINT exchange_referencerate_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_servicehours
    ADD CONSTRAINT hours_once UNIQUE NULLS NOT DISTINCT (workspace_id, brand_id, market, team_id, channel);
ALTER TABLE ONLY public.knowledge_article
    ADD CONSTRAINT knowledge_article_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.knowledge_articlefile
    ADD CONSTRAINT knowledge_articlefile_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.knowledge_articleorigin
    ADD CONSTRAINT knowledge_articleorigin_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.knowledge_articlequestion
    ADD CONSTRAINT knowledge_articlequestion_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.knowledge_articletext
    ADD CONSTRAINT knowledge_articletext_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.knowledge_articleversion
    ADD CONSTRAINT knowledge_articleversion_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.knowledge_category
    ADD CONSTRAINT knowledge_category_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.knowledge_feedback
    ADD CONSTRAINT knowledge_feedback_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.knowledge_indexstate
    ADD CONSTRAINT knowledge_indexstate_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.knowledge_passage
    ADD CONSTRAINT knowledge_passage_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.knowledge_path
    ADD CONSTRAINT knowledge_path_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.knowledge_pathstep
    ADD CONSTRAINT knowledge_pathstep_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.knowledge_readingday
    ADD CONSTRAINT knowledge_readingday_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.knowledge_search
    ADD CONSTRAINT knowledge_search_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.knowledge_signup
    ADD CONSTRAINT knowledge_signup_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.knowledge_synonym
    ADD CONSTRAINT knowledge_synonym_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.knowledge_visiting
    ADD CONSTRAINT knowledge_visiting_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.knowledge_webinar
    ADD CONSTRAINT knowledge_webinar_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.language_brandvoice
    ADD CONSTRAINT language_brandvoice_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.language_departure
    ADD CONSTRAINT language_departure_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.language_engineanswer
    ADD CONSTRAINT language_engineanswer_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.language_engineorder
    ADD CONSTRAINT language_engineorder_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.language_glossaryentry
    ADD CONSTRAINT language_glossaryentry_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.language_glossaryterm
    ADD CONSTRAINT language_glossaryterm_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.language_languagepolicy
    ADD CONSTRAINT language_languagepolicy_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.language_memoryunit
    ADD CONSTRAINT language_memoryunit_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.language_ordertext
    ADD CONSTRAINT language_ordertext_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.language_ownphrase
    ADD CONSTRAINT language_ownphrase_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.language_phrasewording
    ADD CONSTRAINT language_phrasewording_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.language_reviewer
    ADD CONSTRAINT language_reviewer_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.language_reviewpolicy
    ADD CONSTRAINT language_reviewpolicy_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.language_reviewrule
    ADD CONSTRAINT language_reviewrule_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.language_translationorder
    ADD CONSTRAINT language_translationorder_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.language_waitingfile
    ADD CONSTRAINT language_waitingfile_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.language_memoryunit
    ADD CONSTRAINT memory_unit_once UNIQUE NULLS NOT DISTINCT (workspace_id, pair, key, brand_id, market);
ALTER TABLE ONLY public.mfa_authenticator
    ADD CONSTRAINT mfa_authenticator_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.notifications_notification
    ADD CONSTRAINT notifications_notification_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.notifications_preference
    ADD CONSTRAINT notifications_preference_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.notifications_pushsubscription
    ADD CONSTRAINT notifications_pushsubscription_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.language_phrasewording
    ADD CONSTRAINT phrase_wording_once UNIQUE NULLS NOT DISTINCT (workspace_id, key, brand_id, language, register);
ALTER TABLE ONLY public.playbooks_brandmarket
    ADD CONSTRAINT playbooks_brandmarket_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.playbooks_factchange
    ADD CONSTRAINT playbooks_factchange_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.playbooks_factoverride
    ADD CONSTRAINT playbooks_factoverride_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.playbooks_marketnote
    ADD CONSTRAINT playbooks_marketnote_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.procrastinate_events
    ADD CONSTRAINT procrastinate_events_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.procrastinate_jobs
    ADD CONSTRAINT procrastinate_jobs_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_unique UNIQUE (task_name, periodic_id, defer_timestamp);
ALTER TABLE ONLY public.procrastinate_workers
    ADD CONSTRAINT procrastinate_workers_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.exchange_referencerate
    ADD CONSTRAINT reference_rate_once UNIQUE (workspace_id, day, currency);
ALTER TABLE ONLY public.returns_entrycode
    ADD CONSTRAINT returns_entrycode_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.returns_return
    ADD CONSTRAINT returns_return_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.returns_returnevent
    ADD CONSTRAINT returns_returnevent_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.returns_returnfile
    ADD CONSTRAINT returns_returnfile_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.returns_returnline
    ADD CONSTRAINT returns_returnline_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.returns_returnplace
    ADD CONSTRAINT returns_returnplace_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.returns_returnpolicy
    ADD CONSTRAINT returns_returnpolicy_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.returns_returnportal
    ADD CONSTRAINT returns_returnportal_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.returns_returnsnote
    ADD CONSTRAINT returns_returnsnote_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.returns_withdrawal
    ADD CONSTRAINT returns_withdrawal_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.segments_bulkrun
    ADD CONSTRAINT segments_bulkrun_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.segments_bulkstep
    ADD CONSTRAINT segments_bulkstep_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.segments_recentsearch
    ADD CONSTRAINT segments_recentsearch_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.segments_savedview
    ADD CONSTRAINT segments_savedview_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.segments_segment
    ADD CONSTRAINT segments_segment_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.segments_vieworder
    ADD CONSTRAINT segments_vieworder_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.shipping_dutyrate
    ADD CONSTRAINT shipping_dutyrate_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.shipping_shippingrate
    ADD CONSTRAINT shipping_rate_once UNIQUE NULLS NOT DISTINCT (workspace_id, brand_id, origin, destination, service, up_to, valid_from);
ALTER TABLE ONLY public.shipping_shippingrate
    ADD CONSTRAINT shipping_shippingrate_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.shipping_shippingterms
    ADD CONSTRAINT shipping_shippingterms_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.shipping_shippingterms
    ADD CONSTRAINT shipping_terms_once UNIQUE (workspace_id, brand_id);
ALTER TABLE ONLY public.surveys_survey
    ADD CONSTRAINT surveys_survey_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.texts_earlierwording
    ADD CONSTRAINT texts_earlierwording_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.texts_localisedtext
    ADD CONSTRAINT texts_localisedtext_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.texts_macro
    ADD CONSTRAINT texts_macro_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.texts_variant
    ADD CONSTRAINT texts_variant_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.usersessions_usersession
    ADD CONSTRAINT usersessions_usersession_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.usersessions_usersession
    ADD CONSTRAINT usersessions_usersession_session_key_key UNIQUE (session_key);
CREATE INDEX account_emailaddress_email_03be32b2 ON public.account_emailaddress USING btree (email);
CREATE INDEX account_emailaddress_email_03be32b2_like ON public.account_emailaddress USING btree (email varchar_pattern_ops);
CREATE INDEX account_emailaddress_user_id_2c513194 ON public.account_emailaddress USING btree (user_id);
CREATE INDEX account_emailconfirmation_email_address_id_5b7f8c58 ON public.account_emailconfirmation USING btree (email_address_id);
CREATE INDEX account_emailconfirmation_key_f43612bd_like ON public.account_emailconfirmation USING btree (key varchar_pattern_ops);
CREATE INDEX accounts_agent_user_id_7e4836bf ON public.accounts_agent USING btree (user_id);
CREATE INDEX accounts_apitoken_token_hash_32b482d2_like ON public.accounts_apitoken USING btree (token_hash varchar_pattern_ops);
CREATE INDEX accounts_brand_slug_21841905_like ON public.accounts_brand USING btree (slug varchar_pattern_ops);
CREATE INDEX accounts_invitation_invited_by_id_94a21efc ON public.accounts_invitation USING btree (invited_by_id);
CREATE INDEX accounts_invitation_token_hash_3d59d75c_like ON public.accounts_invitation USING btree (token_hash varchar_pattern_ops);
CREATE INDEX accounts_teammember_agent_id_1380ea0c ON public.accounts_teammember USING btree (agent_id);
CREATE INDEX accounts_teammember_team_id_9d59702b ON public.accounts_teammember USING btree (team_id);
CREATE INDEX accounts_user_email_b2644a56_like ON public.accounts_user USING btree (email varchar_pattern_ops);
CREATE INDEX accounts_workspace_slug_bdf7b4c7_like ON public.accounts_workspace USING btree (slug varchar_pattern_ops);
CREATE UNIQUE INDEX acknowledged_once ON public.conversations_acknowledgement USING btree (workspace_id, conversation_id);
CREATE UNIQUE INDEX agent_in_workspace ON public.accounts_agent USING btree (workspace_id, id);
CREATE UNIQUE INDEX agent_once ON public.accounts_agent USING btree (workspace_id, user_id);
CREATE INDEX answer_at ON public.connections_storedanswer USING btree (at);
CREATE UNIQUE INDEX answer_once ON public.connections_storedanswer USING btree (workspace_id, caller, key);
CREATE INDEX approval_expiry ON public.accounts_approval USING btree (expires_at) WHERE ((state)::text = 'waiting'::text);
CREATE UNIQUE INDEX approval_in_workspace ON public.accounts_approval USING btree (workspace_id, id);
CREATE INDEX approval_newest ON public.accounts_approval USING btree (workspace_id, id DESC);
CREATE UNIQUE INDEX approval_waits_once ON public.accounts_approval USING btree (workspace_id, subject) WHERE ((state)::text = 'waiting'::text);
CREATE INDEX article_by_category ON public.knowledge_article USING btree (workspace_id, category_id, "position");
CREATE UNIQUE INDEX article_file_in_workspace ON public.knowledge_articlefile USING btree (workspace_id, id);
CREATE INDEX article_file_of ON public.knowledge_articlefile USING btree (workspace_id, article_id);
CREATE UNIQUE INDEX article_file_once ON public.knowledge_articlefile USING btree (workspace_id, token);
CREATE UNIQUE INDEX article_in_workspace ON public.knowledge_article USING btree (workspace_id, id);
CREATE UNIQUE INDEX article_once ON public.knowledge_article USING btree (workspace_id, key);
CREATE UNIQUE INDEX article_origin_in_workspace ON public.knowledge_articleorigin USING btree (workspace_id, id);
CREATE INDEX article_origin_of ON public.knowledge_articleorigin USING btree (workspace_id, article_id);
CREATE UNIQUE INDEX article_origin_once ON public.knowledge_articleorigin USING btree (workspace_id, origin);
CREATE UNIQUE INDEX article_question_in_workspace ON public.knowledge_articlequestion USING btree (workspace_id, id);
CREATE UNIQUE INDEX article_question_once ON public.knowledge_articlequestion USING btree (workspace_id, article_id, language, words);
CREATE INDEX article_text_due ON public.knowledge_articletext USING btree (publish_at) WHERE (publish_at IS NOT NULL);
CREATE UNIQUE INDEX article_text_in_workspace ON public.knowledge_articletext USING btree (workspace_id, id);
CREATE INDEX article_text_language ON public.knowledge_articletext USING btree (workspace_id, language);
CREATE UNIQUE INDEX article_text_once ON public.knowledge_articletext USING btree (workspace_id, article_id, language, market);
CREATE UNIQUE INDEX article_version_in_workspace ON public.knowledge_articleversion USING btree (workspace_id, id);
CREATE UNIQUE INDEX article_version_once ON public.knowledge_articleversion USING btree (workspace_id, text_id, number);
CREATE INDEX attachment_message ON public.conversations_attachment USING btree (workspace_id, message_id);
CREATE INDEX auth_group_name_a6ea08ec_like ON public.auth_group USING btree (name varchar_pattern_ops);
CREATE INDEX auth_group_permissions_group_id_b120cbf9 ON public.auth_group_permissions USING btree (group_id);
CREATE INDEX auth_group_permissions_permission_id_84c5c92e ON public.auth_group_permissions USING btree (permission_id);
CREATE INDEX auth_permission_content_type_id_2f476e4b ON public.auth_permission USING btree (content_type_id);
CREATE INDEX authority_use ON public.accounts_authorityuse USING btree (workspace_id, holder_id, at DESC) WHERE (released_at IS NULL);
CREATE INDEX authority_use_customer ON public.accounts_authorityuse USING btree (workspace_id, customer_id, at DESC) WHERE ((customer_id IS NOT NULL) AND (released_at IS NULL));
CREATE UNIQUE INDEX authority_used_once ON public.accounts_authorityuse USING btree (workspace_id, subject) WHERE (released_at IS NULL);
CREATE INDEX bot_code_of ON public.bot_proofcode USING btree (workspace_id, conversation_id, created_at);
CREATE INDEX bot_code_order ON public.bot_proofcode USING btree (workspace_id, order_id, created_at);
CREATE UNIQUE INDEX bot_flow_in_workspace ON public.bot_flow USING btree (workspace_id, id);
CREATE UNIQUE INDEX bot_flow_once ON public.bot_flow USING btree (workspace_id, key);
CREATE UNIQUE INDEX bot_once ON public.bot_bot USING btree (workspace_id, brand_id);
CREATE UNIQUE INDEX bot_talk_once ON public.bot_talk USING btree (workspace_id, conversation_id);
CREATE UNIQUE INDEX bot_team_rule_once ON public.bot_teamrule USING btree (workspace_id, brand_id, intent, language) NULLS NOT DISTINCT;
CREATE INDEX bot_turn_day ON public.bot_turn USING btree (workspace_id, created_at);
CREATE INDEX bot_turn_due ON public.bot_turn USING btree (due_at) WHERE (due_at IS NOT NULL);
CREATE INDEX bot_turn_of ON public.bot_turn USING btree (workspace_id, conversation_id);
CREATE UNIQUE INDEX bot_turn_once ON public.bot_turn USING btree (workspace_id, message_id);
CREATE UNIQUE INDEX bot_version_once ON public.bot_flowversion USING btree (workspace_id, flow_id, number);
CREATE UNIQUE INDEX brand_in_workspace ON public.accounts_brand USING btree (workspace_id, id);
CREATE UNIQUE INDEX brand_market_once ON public.playbooks_brandmarket USING btree (workspace_id, brand_id, country);
CREATE UNIQUE INDEX brand_voice_once ON public.language_brandvoice USING btree (workspace_id, brand_id);
CREATE UNIQUE INDEX bulk_run_in_workspace ON public.segments_bulkrun USING btree (workspace_id, id);
CREATE UNIQUE INDEX bulk_step_once ON public.segments_bulkstep USING btree (workspace_id, run_id, conversation_id);
CREATE UNIQUE INDEX carrier_door_key_once ON public.commerce_carrierdoor USING btree (hook_key);
CREATE UNIQUE INDEX carrier_door_once ON public.commerce_carrierdoor USING btree (workspace_id, account_id);
CREATE INDEX carrier_hook_age ON public.commerce_carrierhook USING btree (workspace_id, received_at);
CREATE INDEX carrier_hook_due ON public.commerce_carrierhook USING btree (due_at) WHERE ((state)::text = 'waiting'::text);
CREATE UNIQUE INDEX carrier_hook_once ON public.commerce_carrierhook USING btree (workspace_id, account_id, key);
CREATE UNIQUE INDEX category_in_workspace ON public.knowledge_category USING btree (workspace_id, id);
CREATE UNIQUE INDEX category_once ON public.knowledge_category USING btree (workspace_id, key);
CREATE INDEX community_appeal_day ON public.community_appeal USING btree (workspace_id, created_at);
CREATE UNIQUE INDEX community_appeal_once ON public.community_appeal USING btree (workspace_id, decision_id, by);
CREATE INDEX community_appeal_open ON public.community_appeal USING btree (workspace_id, created_at) WHERE (decided_at IS NULL);
CREATE INDEX community_code_of ON public.community_joincode USING btree (workspace_id, email, created_at);
CREATE INDEX community_code_old ON public.community_joincode USING btree (workspace_id, created_at);
CREATE UNIQUE INDEX community_code_once ON public.community_joincode USING btree (workspace_id, handle);
CREATE INDEX community_decision_day ON public.community_decision USING btree (workspace_id, created_at);
CREATE UNIQUE INDEX community_decision_in_workspace ON public.community_decision USING btree (workspace_id, id);
CREATE INDEX community_decision_of ON public.community_decision USING btree (workspace_id, post_id);
CREATE INDEX community_decision_on ON public.community_decision USING btree (workspace_id, member_id, kind);
CREATE UNIQUE INDEX community_decision_once ON public.community_decision USING btree (workspace_id, code);
CREATE INDEX community_digest_due ON public.community_member USING btree (digest_at) WHERE ((left_at IS NULL) AND wants_digest);
CREATE INDEX community_follow_of ON public.community_follow USING btree (workspace_id, thread_id);
CREATE UNIQUE INDEX community_follow_once ON public.community_follow USING btree (workspace_id, member_id, thread_id);
CREATE UNIQUE INDEX community_member_in_workspace ON public.community_member USING btree (workspace_id, id);
CREATE INDEX community_member_of ON public.community_member USING btree (workspace_id, email);
CREATE UNIQUE INDEX community_member_once ON public.community_member USING btree (workspace_id, brand_id, email) WHERE ((email)::text > ''::text);
CREATE UNIQUE INDEX community_name_once ON public.community_member USING btree (workspace_id, brand_id, name_key) WHERE ((name_key)::text > ''::text);
CREATE UNIQUE INDEX community_once ON public.community_community USING btree (workspace_id, brand_id);
CREATE INDEX community_post_by ON public.community_post USING btree (workspace_id, member_id, state);
CREATE INDEX community_post_held ON public.community_post USING btree (workspace_id, created_at) WHERE ((state)::text = 'held'::text);
CREATE UNIQUE INDEX community_post_in_workspace ON public.community_post USING btree (workspace_id, id);
CREATE INDEX community_post_live ON public.community_post USING btree (workspace_id, live_at);
CREATE INDEX community_post_of ON public.community_post USING btree (workspace_id, thread_id, state, created_at);
CREATE INDEX community_post_words ON public.community_post USING btree (workspace_id, words, created_at);
CREATE UNIQUE INDEX community_question_once ON public.community_post USING btree (workspace_id, thread_id) WHERE is_question;
CREATE UNIQUE INDEX community_rendering_once ON public.community_rendering USING btree (workspace_id, post_id, language);
CREATE INDEX community_report_day ON public.community_report USING btree (workspace_id, created_at);
CREATE INDEX community_report_of ON public.community_report USING btree (workspace_id, post_id);
CREATE UNIQUE INDEX community_report_once ON public.community_report USING btree (workspace_id, code);
CREATE INDEX community_report_open ON public.community_report USING btree (workspace_id, created_at) WHERE (decision_id IS NULL);
CREATE UNIQUE INDEX community_space_in_workspace ON public.community_space USING btree (workspace_id, id);
CREATE UNIQUE INDEX community_space_once ON public.community_space USING btree (workspace_id, brand_id, key);
CREATE UNIQUE INDEX community_thread_in_workspace ON public.community_thread USING btree (workspace_id, id);
CREATE INDEX community_thread_new ON public.community_thread USING btree (workspace_id, brand_id, is_live, last_at);
CREATE INDEX community_thread_of ON public.community_thread USING btree (workspace_id, member_id);
CREATE INDEX community_thread_space ON public.community_thread USING btree (workspace_id, space_id, is_live, last_at);
CREATE INDEX community_thread_talk ON public.community_thread USING btree (workspace_id, conversation_id);
CREATE INDEX community_thread_tsv ON public.community_thread USING gin (tsv);
CREATE INDEX community_vote_by ON public.community_vote USING btree (workspace_id, member_id);
CREATE UNIQUE INDEX community_vote_once ON public.community_vote USING btree (workspace_id, post_id, member_id);
CREATE UNIQUE INDEX connection_in_workspace ON public.connections_connection USING btree (workspace_id, id);
CREATE UNIQUE INDEX connection_once ON public.connections_connection USING btree (channel, address) WHERE (NOT ((address)::text = ''::text));
CREATE INDEX connections_connection_brand_id_6d75e6c3 ON public.connections_connection USING btree (brand_id);
CREATE INDEX conversation_all ON public.conversations_conversation USING btree (workspace_id, last_message_at DESC, id DESC);
CREATE INDEX conversation_customer ON public.conversations_conversation USING btree (workspace_id, customer_id);
CREATE UNIQUE INDEX conversation_in_workspace ON public.conversations_conversation USING btree (workspace_id, id);
CREATE INDEX conversation_inbox ON public.conversations_conversation USING btree (workspace_id, status, last_message_at DESC, id DESC) WHERE (NOT junk);
CREATE INDEX conversation_junk ON public.conversations_conversation USING btree (workspace_id, last_message_at DESC, id DESC) WHERE junk;
CREATE INDEX conversation_merged ON public.conversations_conversation USING btree (workspace_id, id) INCLUDE (merged_into_id) WHERE (merged_into_id IS NOT NULL);
CREATE INDEX conversation_mine ON public.conversations_conversation USING btree (workspace_id, assignee_id, status, last_message_at DESC, id DESC) WHERE (NOT junk);
CREATE INDEX conversation_resolved ON public.conversations_conversation USING btree (resolved_at) WHERE ((status)::text = 'resolved'::text);
CREATE INDEX conversation_sides ON public.conversations_conversation USING btree (workspace_id, side_of_id) WHERE (side_of_id IS NOT NULL);
CREATE INDEX conversation_wake ON public.conversations_conversation USING btree (snoozed_until) WHERE ((status)::text = 'snoozed'::text);
CREATE INDEX conversations_mailimport_agent_id_770c3958 ON public.conversations_mailimport USING btree (agent_id);
CREATE INDEX conversations_mailimport_mailbox_id_7e1502d8 ON public.conversations_mailimport USING btree (mailbox_id);
CREATE INDEX conversations_message_tsv ON public.conversations_message USING gin (tsv);
CREATE UNIQUE INDEX customer_field_once ON public.customers_customerfield USING btree (workspace_id, key) WHERE (removed_at IS NULL);
CREATE UNIQUE INDEX customer_in_workspace ON public.customers_customer USING btree (workspace_id, id);
CREATE INDEX customer_merge_survivor ON public.customers_customermerge USING btree (workspace_id, survivor_id);
CREATE INDEX customer_merged ON public.customers_customer USING btree (workspace_id, merged_into_id) WHERE (merged_into_id IS NOT NULL);
CREATE UNIQUE INDEX customer_merged_once ON public.customers_customermerge USING btree (workspace_id, merged_id);
CREATE UNIQUE INDEX customer_preference_once ON public.customers_customerpreference USING btree (workspace_id, customer_id, kind) WHERE current;
CREATE INDEX customers_customer_tsv ON public.customers_customer USING gin (tsv);
CREATE UNIQUE INDEX deletion_once ON public.customers_deletion USING btree (workspace_id, customer_id);
CREATE INDEX departure_newest ON public.language_departure USING btree (workspace_id, at DESC);
CREATE INDEX departure_of ON public.language_departure USING btree (workspace_id, conversation_id);
CREATE INDEX dispute_answer_due ON public.commerce_dispute USING btree (answer_due_at) WHERE (answer_due_at IS NOT NULL);
CREATE UNIQUE INDEX dispute_in_workspace ON public.commerce_dispute USING btree (workspace_id, id);
CREATE INDEX dispute_newest ON public.commerce_dispute USING btree (workspace_id, opened_at DESC, id DESC);
CREATE UNIQUE INDEX dispute_once ON public.commerce_dispute USING btree (workspace_id, vendor, external_id);
CREATE INDEX dispute_open ON public.commerce_dispute USING btree (workspace_id, due_by, id) WHERE ((state)::text = 'open'::text);
CREATE INDEX dispute_order ON public.commerce_dispute USING btree (workspace_id, order_id);
CREATE INDEX django_session_expire_date_a5c62663 ON public.django_session USING btree (expire_date);
CREATE INDEX django_session_session_key_c0390e0f_like ON public.django_session USING btree (session_key varchar_pattern_ops);
CREATE INDEX draft_of_agent ON public.conversations_draft USING btree (workspace_id, agent_id, conversation_id);
CREATE UNIQUE INDEX draft_once ON public.conversations_draft USING btree (workspace_id, conversation_id, agent_id, kind);
CREATE INDEX dragoman_jobs_lock ON public.procrastinate_jobs USING btree (lock, priority, id) WHERE (status = ANY (ARRAY['todo'::public.procrastinate_job_status, 'doing'::public.procrastinate_job_status]));
CREATE UNIQUE INDEX earlier_wording_once ON public.texts_earlierwording USING btree (workspace_id, variant_id, version);
CREATE INDEX engine_answer_expires ON public.language_engineanswer USING btree (expires_at);
CREATE INDEX engine_answer_of ON public.language_engineanswer USING gin (conversation_ids);
CREATE UNIQUE INDEX engine_answer_once ON public.language_engineanswer USING btree (workspace_id, digest);
CREATE UNIQUE INDEX engine_order_once ON public.language_engineorder USING btree (workspace_id, source, target);
CREATE INDEX entry_code_of ON public.returns_entrycode USING btree (workspace_id, order_id, created_at);
CREATE INDEX entry_code_old ON public.returns_entrycode USING btree (workspace_id, created_at);
CREATE UNIQUE INDEX entry_code_once ON public.returns_entrycode USING btree (workspace_id, handle);
CREATE INDEX envelope_age ON public.conversations_envelope USING btree (received_at);
CREATE UNIQUE INDEX envelope_in_workspace ON public.conversations_envelope USING btree (workspace_id, id);
CREATE INDEX envelope_masked_age ON public.conversations_envelope USING btree (received_at) WHERE masked;
CREATE INDEX envelope_undone ON public.conversations_envelope USING btree (workspace_id, state, id) WHERE (NOT ((state)::text = 'done'::text));
CREATE INDEX event_at ON public.events_event USING btree (at);
CREATE INDEX event_topic ON public.events_event USING btree (workspace_id, topic, id);
CREATE INDEX event_untold ON public.events_event USING btree (id) WHERE (told_at IS NULL);
CREATE INDEX fact_change_of ON public.playbooks_factchange USING btree (workspace_id, brand_id, country, id DESC);
CREATE INDEX fault_at ON public.events_fault USING btree (workspace_id, at);
CREATE UNIQUE INDEX feed_once ON public.accounts_holidayfeed USING btree (workspace_id, url, hours_id);
CREATE UNIQUE INDEX feedback_in_workspace ON public.knowledge_feedback USING btree (workspace_id, id);
CREATE INDEX feedback_of_article ON public.knowledge_feedback USING btree (workspace_id, article_id, said_at);
CREATE UNIQUE INDEX feedback_once ON public.knowledge_feedback USING btree (workspace_id, article_id, language, visit) WHERE (NOT ((visit)::text = ''::text));
CREATE UNIQUE INDEX follower_once ON public.conversations_follower USING btree (workspace_id, conversation_id, agent_id);
CREATE UNIQUE INDEX glossary_entry_in_workspace ON public.language_glossaryentry USING btree (workspace_id, id);
CREATE INDEX glossary_entry_list ON public.language_glossaryentry USING btree (workspace_id, status, id);
CREATE INDEX glossary_term_found ON public.language_glossaryterm USING btree (workspace_id, language, folded);
CREATE UNIQUE INDEX glossary_term_once ON public.language_glossaryterm USING btree (workspace_id, entry_id, language, market, text);
CREATE UNIQUE INDEX hours_in_workspace ON public.accounts_servicehours USING btree (workspace_id, id);
CREATE INDEX identity_customer ON public.customers_identity USING btree (workspace_id, customer_id);
CREATE UNIQUE INDEX identity_once ON public.customers_identity USING btree (workspace_id, kind, value);
CREATE INDEX idx_procrastinate_jobs_worker_not_null ON public.procrastinate_jobs USING btree (worker_id) WHERE ((worker_id IS NOT NULL) AND (status = 'doing'::public.procrastinate_job_status));
CREATE INDEX idx_procrastinate_workers_last_heartbeat ON public.procrastinate_workers USING btree (last_heartbeat);
CREATE UNIQUE INDEX index_state_once ON public.knowledge_indexstate USING btree (workspace_id);
CREATE UNIQUE INDEX junk_filter_once ON public.conversations_junkfilter USING btree (workspace_id);
CREATE UNIQUE INDEX junk_verdict_once ON public.conversations_junkverdict USING btree (workspace_id, conversation_id);
CREATE UNIQUE INDEX junk_word_once ON public.conversations_junkword USING btree (workspace_id, word);
CREATE INDEX knowledge_passage_tsv ON public.knowledge_passage USING gin (tsv);
CREATE UNIQUE INDEX lane_time_once ON public.commerce_lanetime USING btree (workspace_id, carrier, origin, destination, service, stage);
CREATE INDEX language_memoryunit_bands ON public.language_memoryunit USING gin (bands);
CREATE UNIQUE INDEX language_policy_once ON public.language_languagepolicy USING btree (workspace_id);
CREATE UNIQUE INDEX learned_once ON public.conversations_learned USING btree (workspace_id, question);
CREATE UNIQUE INDEX learning_path_in_workspace ON public.knowledge_path USING btree (workspace_id, id);
CREATE UNIQUE INDEX learning_path_once ON public.knowledge_path USING btree (workspace_id, key);
CREATE UNIQUE INDEX lesson_once ON public.conversations_lesson USING btree (workspace_id, message_id, question);
CREATE UNIQUE INDEX localised_text_in_workspace ON public.texts_localisedtext USING btree (workspace_id, id);
CREATE UNIQUE INDEX localised_text_of_macro ON public.texts_localisedtext USING btree (workspace_id, macro_id);
CREATE UNIQUE INDEX localised_text_once ON public.texts_localisedtext USING btree (workspace_id, kind, key, brand_id) NULLS NOT DISTINCT;
CREATE UNIQUE INDEX macro_in_workspace ON public.texts_macro USING btree (workspace_id, id);
CREATE UNIQUE INDEX macro_once ON public.texts_macro USING btree (workspace_id, name) WHERE (owner_id IS NULL);
CREATE INDEX macro_owner ON public.texts_macro USING btree (workspace_id, owner_id);
CREATE UNIQUE INDEX mail_import_in_workspace ON public.conversations_mailimport USING btree (workspace_id, id);
CREATE UNIQUE INDEX market_note_in_workspace ON public.playbooks_marketnote USING btree (workspace_id, id);
CREATE INDEX market_note_of ON public.playbooks_marketnote USING btree (workspace_id, brand_id, country, id DESC);
CREATE UNIQUE INDEX memory_unit_in_workspace ON public.language_memoryunit USING btree (workspace_id, id);
CREATE INDEX memory_unit_origin ON public.language_memoryunit USING btree (workspace_id, origin, origin_id) WHERE (origin_id IS NOT NULL);
CREATE INDEX memory_unit_said ON public.language_memoryunit USING btree (workspace_id, conversation_id) WHERE (conversation_id IS NOT NULL);
CREATE INDEX merge_survivor ON public.conversations_merge USING btree (workspace_id, survivor_id);
CREATE UNIQUE INDEX merged_once ON public.conversations_merge USING btree (workspace_id, merged_id);
CREATE INDEX message_due ON public.conversations_message USING btree (due_at) WHERE ((delivery)::text = ANY (ARRAY[('scheduled'::character varying)::text, ('queued'::character varying)::text, ('sending'::character varying)::text]));
CREATE UNIQUE INDEX message_in_workspace ON public.conversations_message USING btree (workspace_id, id);
CREATE UNIQUE INDEX message_once ON public.conversations_message USING btree (workspace_id, source, external_id) WHERE (external_id IS NOT NULL);
CREATE INDEX message_out ON public.conversations_message USING btree (workspace_id, created_at) WHERE ((direction)::text = 'out'::text);
CREATE INDEX message_thread ON public.conversations_message USING btree (workspace_id, conversation_id, id);
CREATE INDEX mfa_authenticator_user_id_0c3a50c0 ON public.mfa_authenticator USING btree (user_id);
CREATE INDEX notification_age ON public.notifications_notification USING btree (created_at);
CREATE INDEX notification_list ON public.notifications_notification USING btree (workspace_id, agent_id, id DESC);
CREATE INDEX notification_mail ON public.notifications_notification USING btree (mail_at) WHERE (mail_at IS NOT NULL);
CREATE UNIQUE INDEX notification_once ON public.notifications_notification USING btree (workspace_id, agent_id, kind, source);
CREATE INDEX notification_push ON public.notifications_notification USING btree (push_at) WHERE (push_at IS NOT NULL);
CREATE INDEX notification_unread ON public.notifications_notification USING btree (workspace_id, agent_id, topic) WHERE (in_app AND (read_at IS NULL));
CREATE UNIQUE INDEX one_live_conversation ON public.conversations_conversation USING btree (workspace_id, brand_id, customer_id, thread_key) WHERE (NOT ((status)::text = 'closed'::text));
CREATE INDEX order_action_due ON public.commerce_orderaction USING btree (due_at) WHERE (due_at IS NOT NULL);
CREATE UNIQUE INDEX order_action_in_workspace ON public.commerce_orderaction USING btree (workspace_id, id);
CREATE UNIQUE INDEX order_action_key_once ON public.commerce_orderaction USING btree (workspace_id, key);
CREATE INDEX order_action_of_order ON public.commerce_orderaction USING btree (workspace_id, order_id, id DESC);
CREATE UNIQUE INDEX order_action_runs_alone ON public.commerce_orderaction USING btree (workspace_id, order_id) WHERE ((state)::text = ANY (ARRAY[('running'::character varying)::text, ('unconfirmed'::character varying)::text]));
CREATE INDEX order_email ON public.commerce_order USING btree (workspace_id, email) WHERE (NOT ((email)::text = ''::text));
CREATE UNIQUE INDEX order_external_once ON public.commerce_order USING btree (workspace_id, shop_id, external_id) WHERE (NOT ((external_id)::text = ''::text));
CREATE INDEX order_import_fault_row ON public.commerce_orderimportfault USING btree (workspace_id, order_import_id, "row");
CREATE INDEX order_import_heads ON public.commerce_orderimport USING btree (workspace_id, heads, id);
CREATE UNIQUE INDEX order_import_in_workspace ON public.commerce_orderimport USING btree (workspace_id, id);
CREATE UNIQUE INDEX order_in_workspace ON public.commerce_order USING btree (workspace_id, id);
CREATE UNIQUE INDEX order_line_in_workspace ON public.commerce_orderline USING btree (workspace_id, id);
CREATE UNIQUE INDEX order_line_once ON public.commerce_orderline USING btree (workspace_id, order_id, key);
CREATE INDEX order_line_sku ON public.commerce_orderline USING btree (workspace_id, sku);
CREATE INDEX order_newest ON public.commerce_order USING btree (workspace_id, placed_at DESC, id DESC);
CREATE INDEX order_newest_of_shop ON public.commerce_order USING btree (workspace_id, shop_id, placed_at DESC);
CREATE INDEX order_number ON public.commerce_order USING btree (workspace_id, search_key);
CREATE UNIQUE INDEX order_number_once ON public.commerce_order USING btree (workspace_id, shop_id, number_key);
CREATE INDEX order_of_customer ON public.commerce_order USING btree (workspace_id, customer_id, placed_at DESC, id DESC);
CREATE UNIQUE INDEX order_text_in_workspace ON public.language_ordertext USING btree (workspace_id, id);
CREATE UNIQUE INDEX order_text_once ON public.language_ordertext USING btree (workspace_id, order_id, kind, ref, target);
CREATE INDEX order_text_waiting ON public.language_ordertext USING btree (workspace_id, id) WHERE ((state)::text = 'returned'::text);
CREATE UNIQUE INDEX override_once ON public.playbooks_factoverride USING btree (workspace_id, brand_id, country, kind, sort);
CREATE UNIQUE INDEX own_phrase_in_workspace ON public.language_ownphrase USING btree (workspace_id, id);
CREATE UNIQUE INDEX own_phrase_once ON public.language_ownphrase USING btree (workspace_id, key);
CREATE INDEX passage_by_language ON public.knowledge_passage USING btree (workspace_id, language, text_id);
CREATE INDEX passage_not_meant ON public.knowledge_passage USING btree (id) WHERE (vectors = '\x'::bytea);
CREATE UNIQUE INDEX passage_once ON public.knowledge_passage USING btree (workspace_id, text_id, "position");
CREATE UNIQUE INDEX path_step_in_workspace ON public.knowledge_pathstep USING btree (workspace_id, id);
CREATE UNIQUE INDEX path_step_once ON public.knowledge_pathstep USING btree (workspace_id, path_id, article_id);
CREATE UNIQUE INDEX payment_account_hook_once ON public.commerce_paymentaccount USING btree (hook_key);
CREATE UNIQUE INDEX payment_account_in_workspace ON public.commerce_paymentaccount USING btree (workspace_id, id);
CREATE INDEX payment_external ON public.commerce_payment USING btree (workspace_id, external_id) WHERE (NOT ((external_id)::text = ''::text));
CREATE INDEX payment_hook_age ON public.commerce_paymenthook USING btree (workspace_id, received_at);
CREATE INDEX payment_hook_due ON public.commerce_paymenthook USING btree (due_at) WHERE ((state)::text = 'waiting'::text);
CREATE UNIQUE INDEX payment_hook_in_workspace ON public.commerce_paymenthook USING btree (workspace_id, id);
CREATE UNIQUE INDEX payment_hook_once ON public.commerce_paymenthook USING btree (workspace_id, account_id, key);
CREATE UNIQUE INDEX payment_in_workspace ON public.commerce_payment USING btree (workspace_id, id);
CREATE UNIQUE INDEX payment_once ON public.commerce_payment USING btree (workspace_id, order_id, key);
CREATE INDEX preference_customer ON public.customers_customerpreference USING btree (workspace_id, customer_id);
CREATE INDEX preference_kind ON public.customers_customerpreference USING btree (workspace_id, kind, customer_id);
CREATE UNIQUE INDEX preference_kind_once ON public.customers_preferencekind USING btree (workspace_id, key);
CREATE UNIQUE INDEX preference_once ON public.notifications_preference USING btree (workspace_id, agent_id);
CREATE UNIQUE INDEX price_once ON public.commerce_price USING btree (workspace_id, variant_id, currency, country);
CREATE INDEX procrastinate_events_job_id_fkey_v1 ON public.procrastinate_events USING btree (job_id);
CREATE INDEX procrastinate_jobs_id_lock_idx_v1 ON public.procrastinate_jobs USING btree (id, lock) WHERE (status = ANY (ARRAY['todo'::public.procrastinate_job_status, 'doing'::public.procrastinate_job_status]));
CREATE UNIQUE INDEX procrastinate_jobs_lock_idx_v1 ON public.procrastinate_jobs USING btree (lock) WHERE (status = 'doing'::public.procrastinate_job_status);
CREATE INDEX procrastinate_jobs_priority_idx_v1 ON public.procrastinate_jobs USING btree (priority DESC, id) WHERE (status = 'todo'::public.procrastinate_job_status);
CREATE INDEX procrastinate_jobs_queue_name_idx_v1 ON public.procrastinate_jobs USING btree (queue_name);
CREATE UNIQUE INDEX procrastinate_jobs_queueing_lock_idx_v1 ON public.procrastinate_jobs USING btree (queueing_lock) WHERE (status = 'todo'::public.procrastinate_job_status);
CREATE INDEX procrastinate_periodic_defers_job_id_fkey_v1 ON public.procrastinate_periodic_defers USING btree (job_id);
CREATE UNIQUE INDEX product_in_workspace ON public.commerce_product USING btree (workspace_id, id);
CREATE UNIQUE INDEX product_once ON public.commerce_product USING btree (workspace_id, shop_id, external_id);
CREATE INDEX push_of_agent ON public.notifications_pushsubscription USING btree (workspace_id, agent_id);
CREATE UNIQUE INDEX push_once ON public.notifications_pushsubscription USING btree (workspace_id, endpoint_hash);
CREATE INDEX reading_by_day ON public.knowledge_readingday USING btree (workspace_id, day);
CREATE UNIQUE INDEX reading_day_once ON public.knowledge_readingday USING btree (workspace_id, article_id, brand_id, language, market, day);
CREATE UNIQUE INDEX recent_search_once ON public.segments_recentsearch USING btree (workspace_id, agent_id, q);
CREATE UNIQUE INDEX refund_in_workspace ON public.commerce_refund USING btree (workspace_id, id);
CREATE UNIQUE INDEX refund_once ON public.commerce_refund USING btree (workspace_id, order_id, key);
CREATE INDEX refund_payment ON public.commerce_refund USING btree (workspace_id, payment_id);
CREATE INDEX return_by_parcel ON public.returns_return USING btree (workspace_id, parcel_id) WHERE (parcel_id IS NOT NULL);
CREATE INDEX return_by_place ON public.returns_return USING btree (workspace_id, place_id) WHERE (place_id IS NOT NULL);
CREATE INDEX return_by_state ON public.returns_return USING btree (workspace_id, state, id DESC);
CREATE INDEX return_due ON public.returns_return USING btree (workspace_id, refund_due_on) WHERE (closed_at IS NULL);
CREATE INDEX return_event_of ON public.returns_returnevent USING btree (workspace_id, parent_id, id);
CREATE INDEX return_file_of ON public.returns_returnfile USING btree (workspace_id, parent_id, id);
CREATE UNIQUE INDEX return_in_workspace ON public.returns_return USING btree (workspace_id, id);
CREATE INDEX return_line_line ON public.returns_returnline USING btree (workspace_id, line_id);
CREATE UNIQUE INDEX return_line_once ON public.returns_returnline USING btree (workspace_id, parent_id, line_id);
CREATE INDEX return_newest ON public.returns_return USING btree (workspace_id, id DESC);
CREATE UNIQUE INDEX return_number_once ON public.returns_return USING btree (workspace_id, order_id, number);
CREATE UNIQUE INDEX return_of_exchange_once ON public.returns_return USING btree (workspace_id, exchange_id) WHERE (exchange_id IS NOT NULL);
CREATE UNIQUE INDEX return_place_in_workspace ON public.returns_returnplace USING btree (workspace_id, id);
CREATE UNIQUE INDEX return_place_once ON public.returns_returnplace USING btree (workspace_id, brand_id, name);
CREATE UNIQUE INDEX return_policy_in_workspace ON public.returns_returnpolicy USING btree (workspace_id, id);
CREATE UNIQUE INDEX return_policy_once ON public.returns_returnpolicy USING btree (workspace_id, brand_id, country, category) WHERE (segment_id IS NULL);
CREATE INDEX return_policy_segment ON public.returns_returnpolicy USING btree (workspace_id, segment_id);
CREATE UNIQUE INDEX return_policy_segment_once ON public.returns_returnpolicy USING btree (workspace_id, brand_id, country, category, segment_id) WHERE (segment_id IS NOT NULL);
CREATE UNIQUE INDEX return_portal_once ON public.returns_returnportal USING btree (workspace_id, brand_id);
CREATE UNIQUE INDEX return_refund_key_once ON public.returns_return USING btree (workspace_id, refund_key) WHERE (NOT ((refund_key)::text = ''::text));
CREATE UNIQUE INDEX return_request_once ON public.returns_return USING btree (workspace_id, order_id, request_key) WHERE (NOT ((request_key)::text = ''::text));
CREATE UNIQUE INDEX return_told_once ON public.returns_return USING btree (workspace_id, shop_key) WHERE (NOT ((shop_key)::text = ''::text));
CREATE INDEX returns_note_of ON public.returns_returnsnote USING btree (workspace_id, customer_id, id);
CREATE INDEX review_by_day ON public.conversations_reviewitem USING btree (workspace_id, created_at);
CREATE UNIQUE INDEX review_item_in_workspace ON public.conversations_reviewitem USING btree (workspace_id, id);
CREATE INDEX review_of_conversation ON public.conversations_reviewitem USING btree (workspace_id, conversation_id);
CREATE UNIQUE INDEX review_once ON public.conversations_reviewitem USING btree (workspace_id, message_id);
CREATE UNIQUE INDEX review_policy_once ON public.language_reviewpolicy USING btree (workspace_id);
CREATE UNIQUE INDEX review_rule_in_workspace ON public.language_reviewrule USING btree (workspace_id, id);
CREATE INDEX review_rule_order ON public.language_reviewrule USING btree (workspace_id, place, id);
CREATE INDEX review_waiting ON public.conversations_reviewitem USING btree (workspace_id, id) WHERE ((state)::text = 'waiting'::text);
CREATE UNIQUE INDEX reviewer_once ON public.language_reviewer USING btree (workspace_id, agent_id, source, target);
CREATE INDEX search_by_time ON public.knowledge_search USING btree (workspace_id, at);
CREATE UNIQUE INDEX search_in_workspace ON public.knowledge_search USING btree (workspace_id, id);
CREATE UNIQUE INDEX search_index_once ON public.conversations_searchindex USING btree (workspace_id);
CREATE INDEX search_of_visit ON public.knowledge_search USING btree (workspace_id, visit, at);
CREATE UNIQUE INDEX segment_in_workspace ON public.segments_segment USING btree (workspace_id, id);
CREATE UNIQUE INDEX segment_name_once ON public.segments_segment USING btree (workspace_id, name);
CREATE UNIQUE INDEX sender_rule_once ON public.conversations_senderrule USING btree (workspace_id, value);
CREATE INDEX shipment_due ON public.commerce_shipment USING btree (workspace_id, due_at NULLS FIRST) WHERE ((NOT removed) AND ((status)::text = ANY (ARRAY[('pending'::character varying)::text, ('info_received'::character varying)::text, ('in_transit'::character varying)::text, ('out_for_delivery'::character varying)::text, ('attempt_failed'::character varying)::text, ('ready_to_collect'::character varying)::text, ('exception'::character varying)::text, ('returning'::character varying)::text])) AND (NOT ((tracking_key)::text = ''::text)));
CREATE INDEX shipment_due_inward ON public.commerce_shipment USING btree (workspace_id, due_at NULLS FIRST) WHERE (inward AND ((status)::text = ANY (ARRAY[('pending'::character varying)::text, ('info_received'::character varying)::text, ('in_transit'::character varying)::text, ('out_for_delivery'::character varying)::text, ('attempt_failed'::character varying)::text, ('ready_to_collect'::character varying)::text, ('exception'::character varying)::text, ('returning'::character varying)::text])) AND (NOT ((tracking_key)::text = ''::text)));
CREATE INDEX shipment_event_at ON public.commerce_shipmentevent USING btree (workspace_id, shipment_id, at DESC);
CREATE UNIQUE INDEX shipment_event_once ON public.commerce_shipmentevent USING btree (workspace_id, shipment_id, key);
CREATE UNIQUE INDEX shipment_in_workspace ON public.commerce_shipment USING btree (workspace_id, id);
CREATE INDEX shipment_line_line ON public.commerce_shipmentline USING btree (workspace_id, line_id);
CREATE UNIQUE INDEX shipment_line_once ON public.commerce_shipmentline USING btree (workspace_id, shipment_id, line_id);
CREATE UNIQUE INDEX shipment_once ON public.commerce_shipment USING btree (workspace_id, order_id, key);
CREATE INDEX shipment_tracking ON public.commerce_shipment USING btree (workspace_id, tracking_key) WHERE (NOT ((tracking_key)::text = ''::text));
CREATE INDEX shop_hook_age ON public.commerce_shophook USING btree (workspace_id, received_at);
CREATE INDEX shop_hook_due ON public.commerce_shophook USING btree (due_at) WHERE ((state)::text = 'waiting'::text);
CREATE UNIQUE INDEX shop_hook_in_workspace ON public.commerce_shophook USING btree (workspace_id, id);
CREATE UNIQUE INDEX shop_hook_key_once ON public.commerce_shophook USING btree (workspace_id, shop_id, key) WHERE (NOT ((key)::text = ''::text));
CREATE UNIQUE INDEX shop_hook_once ON public.commerce_shop USING btree (hook_key) WHERE (NOT ((hook_key)::text = ''::text));
CREATE UNIQUE INDEX shop_in_workspace ON public.commerce_shop USING btree (workspace_id, id);
CREATE UNIQUE INDEX shop_once ON public.commerce_shop USING btree (workspace_id, brand_id, kind, address);
CREATE INDEX shop_sync_due ON public.commerce_shopsync USING btree (due_at) WHERE running;
CREATE UNIQUE INDEX shop_sync_once ON public.commerce_shopsync USING btree (workspace_id, shop_id, kind);
CREATE UNIQUE INDEX sign_up_in_workspace ON public.knowledge_signup USING btree (workspace_id, id);
CREATE UNIQUE INDEX sign_up_once ON public.knowledge_signup USING btree (workspace_id, webinar_id, email);
CREATE UNIQUE INDEX sign_up_token ON public.knowledge_signup USING btree (workspace_id, token);
CREATE UNIQUE INDEX split_once ON public.conversations_split USING btree (workspace_id, made_id);
CREATE INDEX split_origin ON public.conversations_split USING btree (workspace_id, origin_id);
CREATE UNIQUE INDEX stand_in_once ON public.accounts_standin USING btree (workspace_id, agent_id);
CREATE INDEX suggestion_day ON public.assist_suggestion USING btree (workspace_id, created_at);
CREATE UNIQUE INDEX suggestion_in_workspace ON public.assist_suggestion USING btree (workspace_id, id);
CREATE INDEX suggestion_of ON public.assist_suggestion USING btree (workspace_id, conversation_id);
CREATE UNIQUE INDEX suggestion_once ON public.assist_suggestion USING btree (workspace_id, message_id);
CREATE INDEX survey_newest ON public.surveys_survey USING btree (workspace_id, answered_at DESC, id DESC);
CREATE UNIQUE INDEX survey_once ON public.surveys_survey USING btree (workspace_id, conversation_id, kind);
CREATE INDEX synonym_by_language ON public.knowledge_synonym USING btree (workspace_id, language);
CREATE UNIQUE INDEX synonym_in_workspace ON public.knowledge_synonym USING btree (workspace_id, id);
CREATE UNIQUE INDEX team_in_workspace ON public.accounts_team USING btree (workspace_id, id);
CREATE UNIQUE INDEX team_member_once ON public.accounts_teammember USING btree (workspace_id, team_id, agent_id);
CREATE UNIQUE INDEX team_once ON public.accounts_team USING btree (workspace_id, name);
CREATE UNIQUE INDEX text_variant_in_workspace ON public.texts_variant USING btree (workspace_id, id);
CREATE UNIQUE INDEX text_variant_once ON public.texts_variant USING btree (workspace_id, text_id, language, market);
CREATE UNIQUE INDEX token_in_workspace ON public.accounts_apitoken USING btree (workspace_id, id);
CREATE UNIQUE INDEX translation_once ON public.conversations_translation USING btree (workspace_id, message_id, language);
CREATE UNIQUE INDEX translation_order_in_workspace ON public.language_translationorder USING btree (workspace_id, id);
CREATE UNIQUE INDEX unique_authenticator_type ON public.mfa_authenticator USING btree (user_id, type) WHERE ((type)::text = ANY (ARRAY[('totp'::character varying)::text, ('recovery_codes'::character varying)::text]));
CREATE UNIQUE INDEX unique_primary_email ON public.account_emailaddress USING btree (user_id, "primary") WHERE "primary";
CREATE UNIQUE INDEX unique_verified_email ON public.account_emailaddress USING btree (email) WHERE verified;
CREATE INDEX usersessions_usersession_session_key_fd35de43_like ON public.usersessions_usersession USING btree (session_key varchar_pattern_ops);
CREATE INDEX usersessions_usersession_user_id_af5e0a6d ON public.usersessions_usersession USING btree (user_id);
CREATE UNIQUE INDEX variant_in_workspace ON public.commerce_productvariant USING btree (workspace_id, id);
CREATE UNIQUE INDEX variant_once ON public.commerce_productvariant USING btree (workspace_id, product_id, external_id);
CREATE INDEX variant_sku ON public.commerce_productvariant USING btree (workspace_id, sku);
CREATE UNIQUE INDEX vendor_account_in_workspace ON public.connections_vendoraccount USING btree (workspace_id, id);
CREATE UNIQUE INDEX vendor_account_name_once ON public.connections_vendoraccount USING btree (workspace_id, family, name);
CREATE UNIQUE INDEX vendor_app_once ON public.connections_vendorapp USING btree (workspace_id, vendor);
CREATE UNIQUE INDEX vendor_usage_once ON public.connections_vendorusage USING btree (workspace_id, family, month, engine);
CREATE UNIQUE INDEX view_in_workspace ON public.segments_savedview USING btree (workspace_id, id);
CREATE INDEX view_order ON public.segments_savedview USING btree (workspace_id, "position", id);
CREATE UNIQUE INDEX view_order_once ON public.segments_vieworder USING btree (workspace_id, agent_id);
CREATE INDEX visiting_by_time ON public.knowledge_visiting USING btree (workspace_id, began_at);
CREATE UNIQUE INDEX visiting_in_workspace ON public.knowledge_visiting USING btree (workspace_id, id);
CREATE UNIQUE INDEX visiting_once ON public.knowledge_visiting USING btree (workspace_id, brand_id, visit);
CREATE UNIQUE INDEX waiting_file_once ON public.language_waitingfile USING btree (workspace_id, agent_id, kind);
CREATE INDEX webinar_by_time ON public.knowledge_webinar USING btree (workspace_id, brand_id, starts_at);
CREATE UNIQUE INDEX webinar_in_workspace ON public.knowledge_webinar USING btree (workspace_id, id);
CREATE UNIQUE INDEX withdrawal_code_once ON public.returns_withdrawal USING btree (workspace_id, code);
CREATE INDEX withdrawal_email ON public.returns_withdrawal USING btree (workspace_id, email);
CREATE UNIQUE INDEX withdrawal_in_workspace ON public.returns_withdrawal USING btree (workspace_id, id);
CREATE UNIQUE INDEX withdrawal_once ON public.returns_withdrawal USING btree (workspace_id, brand_id, request_key);
CREATE INDEX withdrawal_order ON public.returns_withdrawal USING btree (workspace_id, order_id);
CREATE TRIGGER procrastinate_jobs_notify_queue_job_aborted_v1 AFTER UPDATE OF abort_requested ON public.procrastinate_jobs FOR EACH ROW WHEN (((old.abort_requested = false) AND (new.abort_requested = true) AND (new.status = 'doing'::public.procrastinate_job_status))) EXECUTE FUNCTION public.procrastinate_notify_queue_abort_job_v1();
CREATE TRIGGER procrastinate_jobs_notify_queue_job_inserted_v1 AFTER INSERT ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.status = 'todo'::public.procrastinate_job_status)) EXECUTE FUNCTION public.procrastinate_notify_queue_job_inserted_v1();
ALTER TABLE public.procrastinate_jobs DISABLE TRIGGER procrastinate_jobs_notify_queue_job_inserted_v1;
CREATE TRIGGER procrastinate_trigger_abort_requested_events_v1 AFTER UPDATE OF abort_requested ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.abort_requested = true)) EXECUTE FUNCTION public.procrastinate_trigger_abort_requested_events_procedure_v1();
CREATE TRIGGER procrastinate_trigger_delete_jobs_v1 BEFORE DELETE ON public.procrastinate_jobs FOR EACH ROW EXECUTE FUNCTION public.procrastinate_unlink_periodic_defers_v1();
CREATE TRIGGER procrastinate_trigger_scheduled_events_v1 AFTER INSERT OR UPDATE ON public.procrastinate_jobs FOR EACH ROW WHEN (((new.scheduled_at IS NOT NULL) AND (new.status = 'todo'::public.procrastinate_job_status))) EXECUTE FUNCTION public.procrastinate_trigger_function_scheduled_events_v1();
CREATE TRIGGER procrastinate_trigger_status_events_insert_v1 AFTER INSERT ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.status = 'todo'::public.procrastinate_job_status)) EXECUTE FUNCTION public.procrastinate_trigger_function_status_events_insert_v1();
CREATE TRIGGER procrastinate_trigger_status_events_update_v1 AFTER UPDATE OF status ON public.procrastinate_jobs FOR EACH ROW EXECUTE FUNCTION public.procrastinate_trigger_function_status_events_update_v1();
ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_user_id_2c513194_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirm_email_address_id_5b7f8c58_fk_account_e FOREIGN KEY (email_address_id) REFERENCES public.account_emailaddress(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_agent
    ADD CONSTRAINT accounts_agent_user_id_7e4836bf_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_approval
    ADD CONSTRAINT accounts_approval_decided_by_id_same_workspace FOREIGN KEY (workspace_id, decided_by_id) REFERENCES public.accounts_agent(workspace_id, id) ON DELETE SET NULL (decided_by_id) DEFERRABLE;
ALTER TABLE ONLY public.accounts_approval
    ADD CONSTRAINT accounts_approval_requester_id_same_workspace FOREIGN KEY (workspace_id, requester_id) REFERENCES public.accounts_agent(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.accounts_approval
    ADD CONSTRAINT accounts_approval_stands_for_id_same_workspace FOREIGN KEY (workspace_id, stands_for_id) REFERENCES public.accounts_agent(workspace_id, id) ON DELETE SET NULL (stands_for_id) DEFERRABLE;
ALTER TABLE ONLY public.accounts_authoritylimit
    ADD CONSTRAINT accounts_authoritylimit_agent_id_same_workspace FOREIGN KEY (workspace_id, agent_id) REFERENCES public.accounts_agent(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.accounts_authorityuse
    ADD CONSTRAINT accounts_authorityuse_holder_id_same_workspace FOREIGN KEY (workspace_id, holder_id) REFERENCES public.accounts_agent(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.accounts_holidayfeed
    ADD CONSTRAINT accounts_holidayfeed_hours_id_same_workspace FOREIGN KEY (workspace_id, hours_id) REFERENCES public.accounts_servicehours(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.accounts_invitation
    ADD CONSTRAINT accounts_invitation_invited_by_id_same_workspace FOREIGN KEY (workspace_id, invited_by_id) REFERENCES public.accounts_agent(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.accounts_servicehours
    ADD CONSTRAINT accounts_servicehours_brand_id_same_workspace FOREIGN KEY (workspace_id, brand_id) REFERENCES public.accounts_brand(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.accounts_servicehours
    ADD CONSTRAINT accounts_servicehours_team_id_same_workspace FOREIGN KEY (workspace_id, team_id) REFERENCES public.accounts_team(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.accounts_standin
    ADD CONSTRAINT accounts_standin_agent_id_same_workspace FOREIGN KEY (workspace_id, agent_id) REFERENCES public.accounts_agent(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.accounts_standin
    ADD CONSTRAINT accounts_standin_deputy_id_same_workspace FOREIGN KEY (workspace_id, deputy_id) REFERENCES public.accounts_agent(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.accounts_teammember
    ADD CONSTRAINT accounts_teammember_agent_id_same_workspace FOREIGN KEY (workspace_id, agent_id) REFERENCES public.accounts_agent(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.accounts_teammember
    ADD CONSTRAINT accounts_teammember_team_id_same_workspace FOREIGN KEY (workspace_id, team_id) REFERENCES public.accounts_team(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.assist_suggestion
    ADD CONSTRAINT assist_suggestion_agent_id_same_workspace FOREIGN KEY (workspace_id, agent_id) REFERENCES public.accounts_agent(workspace_id, id) ON DELETE SET NULL (agent_id) DEFERRABLE;
ALTER TABLE ONLY public.assist_suggestion
    ADD CONSTRAINT assist_suggestion_conversation_id_same_workspace FOREIGN KEY (workspace_id, conversation_id) REFERENCES public.conversations_conversation(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissio_permission_id_84c5c92e_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_b120cbf9_fk_auth_group_id FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_2f476e4b_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.bot_bot
    ADD CONSTRAINT bot_bot_agent_id_same_workspace FOREIGN KEY (workspace_id, agent_id) REFERENCES public.accounts_agent(workspace_id, id) ON DELETE SET NULL (agent_id) DEFERRABLE;
ALTER TABLE ONLY public.bot_bot
    ADD CONSTRAINT bot_bot_brand_id_same_workspace FOREIGN KEY (workspace_id, brand_id) REFERENCES public.accounts_brand(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.bot_bot
    ADD CONSTRAINT bot_bot_team_id_same_workspace FOREIGN KEY (workspace_id, team_id) REFERENCES public.accounts_team(workspace_id, id) ON DELETE SET NULL (team_id) DEFERRABLE;
ALTER TABLE ONLY public.bot_flow
    ADD CONSTRAINT bot_flow_brand_id_same_workspace FOREIGN KEY (workspace_id, brand_id) REFERENCES public.accounts_brand(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.bot_flowversion
    ADD CONSTRAINT bot_flowversion_agent_id_same_workspace FOREIGN KEY (workspace_id, agent_id) REFERENCES public.accounts_agent(workspace_id, id) ON DELETE SET NULL (agent_id) DEFERRABLE;
ALTER TABLE ONLY public.bot_flowversion
    ADD CONSTRAINT bot_flowversion_flow_id_same_workspace FOREIGN KEY (workspace_id, flow_id) REFERENCES public.bot_flow(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.bot_proofcode
    ADD CONSTRAINT bot_proofcode_conversation_id_same_workspace FOREIGN KEY (workspace_id, conversation_id) REFERENCES public.conversations_conversation(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.bot_proofcode
    ADD CONSTRAINT bot_proofcode_order_id_same_workspace FOREIGN KEY (workspace_id, order_id) REFERENCES public.commerce_order(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.bot_talk
    ADD CONSTRAINT bot_talk_conversation_id_same_workspace FOREIGN KEY (workspace_id, conversation_id) REFERENCES public.conversations_conversation(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.bot_teamrule
    ADD CONSTRAINT bot_teamrule_brand_id_same_workspace FOREIGN KEY (workspace_id, brand_id) REFERENCES public.accounts_brand(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.bot_teamrule
    ADD CONSTRAINT bot_teamrule_team_id_same_workspace FOREIGN KEY (workspace_id, team_id) REFERENCES public.accounts_team(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.bot_turn
    ADD CONSTRAINT bot_turn_conversation_id_same_workspace FOREIGN KEY (workspace_id, conversation_id) REFERENCES public.conversations_conversation(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.commerce_carrierdoor
    ADD CONSTRAINT commerce_carrierdoor_account_id_same_workspace FOREIGN KEY (workspace_id, account_id) REFERENCES public.connections_vendoraccount(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.commerce_carrierhook
    ADD CONSTRAINT commerce_carrierhook_account_id_same_workspace FOREIGN KEY (workspace_id, account_id) REFERENCES public.connections_vendoraccount(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.commerce_dispute
    ADD CONSTRAINT commerce_dispute_account_id_same_workspace FOREIGN KEY (workspace_id, account_id) REFERENCES public.commerce_paymentaccount(workspace_id, id) ON DELETE SET NULL (account_id) DEFERRABLE;
ALTER TABLE ONLY public.commerce_dispute
    ADD CONSTRAINT commerce_dispute_answered_by_id_same_workspace FOREIGN KEY (workspace_id, answered_by_id) REFERENCES public.accounts_agent(workspace_id, id) ON DELETE SET NULL (answered_by_id) DEFERRABLE;
ALTER TABLE ONLY public.commerce_dispute
    ADD CONSTRAINT commerce_dispute_order_id_same_workspace FOREIGN KEY (workspace_id, order_id) REFERENCES public.commerce_order(workspace_id, id) ON DELETE SET NULL (order_id) DEFERRABLE;
ALTER TABLE ONLY public.commerce_order
    ADD CONSTRAINT commerce_order_brand_id_same_workspace FOREIGN KEY (workspace_id, brand_id) REFERENCES public.accounts_brand(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.commerce_order
    ADD CONSTRAINT commerce_order_customer_id_same_workspace FOREIGN KEY (workspace_id, customer_id) REFERENCES public.customers_customer(workspace_id, id) ON DELETE SET NULL (customer_id) DEFERRABLE;
ALTER TABLE ONLY public.commerce_order
    ADD CONSTRAINT commerce_order_shop_id_same_workspace FOREIGN KEY (workspace_id, shop_id) REFERENCES public.commerce_shop(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.commerce_orderaction
    ADD CONSTRAINT commerce_orderaction_agent_id_same_workspace FOREIGN KEY (workspace_id, agent_id) REFERENCES public.accounts_agent(workspace_id, id) ON DELETE SET NULL (agent_id) DEFERRABLE;
ALTER TABLE ONLY public.commerce_orderaction
    ADD CONSTRAINT commerce_orderaction_approval_id_same_workspace FOREIGN KEY (workspace_id, approval_id) REFERENCES public.accounts_approval(workspace_id, id) ON DELETE SET NULL (approval_id) DEFERRABLE;
ALTER TABLE ONLY public.commerce_orderaction
    ADD CONSTRAINT commerce_orderaction_order_id_same_workspace FOREIGN KEY (workspace_id, order_id) REFERENCES public.commerce_order(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.commerce_orderimport
    ADD CONSTRAINT commerce_orderimport_agent_id_same_workspace FOREIGN KEY (workspace_id, agent_id) REFERENCES public.accounts_agent(workspace_id, id) ON DELETE SET NULL (agent_id) DEFERRABLE;
ALTER TABLE ONLY public.commerce_orderimport
    ADD CONSTRAINT commerce_orderimport_brand_id_same_workspace FOREIGN KEY (workspace_id, brand_id) REFERENCES public.accounts_brand(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.commerce_orderimportfault
    ADD CONSTRAINT commerce_orderimportfault_order_import_id_same_workspace FOREIGN KEY (workspace_id, order_import_id) REFERENCES public.commerce_orderimport(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.commerce_orderline
    ADD CONSTRAINT commerce_orderline_order_id_same_workspace FOREIGN KEY (workspace_id, order_id) REFERENCES public.commerce_order(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.commerce_payment
    ADD CONSTRAINT commerce_payment_order_id_same_workspace FOREIGN KEY (workspace_id, order_id) REFERENCES public.commerce_order(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.commerce_paymentaccount
    ADD CONSTRAINT commerce_paymentaccount_account_id_same_workspace FOREIGN KEY (workspace_id, account_id) REFERENCES public.connections_vendoraccount(workspace_id, id) ON DELETE SET NULL (account_id) DEFERRABLE;
ALTER TABLE ONLY public.commerce_paymenthook
    ADD CONSTRAINT commerce_paymenthook_account_id_same_workspace FOREIGN KEY (workspace_id, account_id) REFERENCES public.commerce_paymentaccount(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.commerce_price
    ADD CONSTRAINT commerce_price_variant_id_same_workspace FOREIGN KEY (workspace_id, variant_id) REFERENCES public.commerce_productvariant(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.commerce_product
    ADD CONSTRAINT commerce_product_shop_id_same_workspace FOREIGN KEY (workspace_id, shop_id) REFERENCES public.commerce_shop(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.commerce_productvariant
    ADD CONSTRAINT commerce_productvariant_product_id_same_workspace FOREIGN KEY (workspace_id, product_id) REFERENCES public.commerce_product(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.commerce_refund
    ADD CONSTRAINT commerce_refund_order_id_same_workspace FOREIGN KEY (workspace_id, order_id) REFERENCES public.commerce_order(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.commerce_refund
    ADD CONSTRAINT commerce_refund_payment_id_same_workspace FOREIGN KEY (workspace_id, payment_id) REFERENCES public.commerce_payment(workspace_id, id) ON DELETE SET NULL (payment_id) DEFERRABLE;
ALTER TABLE ONLY public.commerce_shipment
    ADD CONSTRAINT commerce_shipment_order_id_same_workspace FOREIGN KEY (workspace_id, order_id) REFERENCES public.commerce_order(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.commerce_shipmentevent
    ADD CONSTRAINT commerce_shipmentevent_shipment_id_same_workspace FOREIGN KEY (workspace_id, shipment_id) REFERENCES public.commerce_shipment(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.commerce_shipmentline
    ADD CONSTRAINT commerce_shipmentline_line_id_same_workspace FOREIGN KEY (workspace_id, line_id) REFERENCES public.commerce_orderline(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.commerce_shipmentline
    ADD CONSTRAINT commerce_shipmentline_shipment_id_same_workspace FOREIGN KEY (workspace_id, shipment_id) REFERENCES public.commerce_shipment(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.commerce_shop
    ADD CONSTRAINT commerce_shop_account_id_same_workspace FOREIGN KEY (workspace_id, account_id) REFERENCES public.connections_vendoraccount(workspace_id, id) ON DELETE SET NULL (account_id) DEFERRABLE;
ALTER TABLE ONLY public.commerce_shop
    ADD CONSTRAINT commerce_shop_brand_id_same_workspace FOREIGN KEY (workspace_id, brand_id) REFERENCES public.accounts_brand(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.commerce_shophook
    ADD CONSTRAINT commerce_shophook_shop_id_same_workspace FOREIGN KEY (workspace_id, shop_id) REFERENCES public.commerce_shop(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.commerce_shopsync
    ADD CONSTRAINT commerce_shopsync_shop_id_same_workspace FOREIGN KEY (workspace_id, shop_id) REFERENCES public.commerce_shop(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.community_appeal
    ADD CONSTRAINT community_appeal_agent_id_same_workspace FOREIGN KEY (workspace_id, agent_id) REFERENCES public.accounts_agent(workspace_id, id) ON DELETE SET NULL (agent_id) DEFERRABLE;
ALTER TABLE ONLY public.community_appeal
    ADD CONSTRAINT community_appeal_decision_id_same_workspace FOREIGN KEY (workspace_id, decision_id) REFERENCES public.community_decision(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.community_community
    ADD CONSTRAINT community_community_agent_id_same_workspace FOREIGN KEY (workspace_id, agent_id) REFERENCES public.accounts_agent(workspace_id, id) ON DELETE SET NULL (agent_id) DEFERRABLE;
ALTER TABLE ONLY public.community_community
    ADD CONSTRAINT community_community_brand_id_same_workspace FOREIGN KEY (workspace_id, brand_id) REFERENCES public.accounts_brand(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.community_decision
    ADD CONSTRAINT community_decision_agent_id_same_workspace FOREIGN KEY (workspace_id, agent_id) REFERENCES public.accounts_agent(workspace_id, id) ON DELETE SET NULL (agent_id) DEFERRABLE;
ALTER TABLE ONLY public.community_decision
    ADD CONSTRAINT community_decision_brand_id_same_workspace FOREIGN KEY (workspace_id, brand_id) REFERENCES public.accounts_brand(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.community_decision
    ADD CONSTRAINT community_decision_member_id_same_workspace FOREIGN KEY (workspace_id, member_id) REFERENCES public.community_member(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.community_decision
    ADD CONSTRAINT community_decision_post_id_same_workspace FOREIGN KEY (workspace_id, post_id) REFERENCES public.community_post(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.community_follow
    ADD CONSTRAINT community_follow_member_id_same_workspace FOREIGN KEY (workspace_id, member_id) REFERENCES public.community_member(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.community_follow
    ADD CONSTRAINT community_follow_thread_id_same_workspace FOREIGN KEY (workspace_id, thread_id) REFERENCES public.community_thread(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.community_joincode
    ADD CONSTRAINT community_joincode_brand_id_same_workspace FOREIGN KEY (workspace_id, brand_id) REFERENCES public.accounts_brand(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.community_member
    ADD CONSTRAINT community_member_brand_id_same_workspace FOREIGN KEY (workspace_id, brand_id) REFERENCES public.accounts_brand(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.community_post
    ADD CONSTRAINT community_post_agent_id_same_workspace FOREIGN KEY (workspace_id, agent_id) REFERENCES public.accounts_agent(workspace_id, id) ON DELETE SET NULL (agent_id) DEFERRABLE;
ALTER TABLE ONLY public.community_post
    ADD CONSTRAINT community_post_member_id_same_workspace FOREIGN KEY (workspace_id, member_id) REFERENCES public.community_member(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.community_post
    ADD CONSTRAINT community_post_thread_id_same_workspace FOREIGN KEY (workspace_id, thread_id) REFERENCES public.community_thread(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.community_rendering
    ADD CONSTRAINT community_rendering_post_id_same_workspace FOREIGN KEY (workspace_id, post_id) REFERENCES public.community_post(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.community_report
    ADD CONSTRAINT community_report_decision_id_same_workspace FOREIGN KEY (workspace_id, decision_id) REFERENCES public.community_decision(workspace_id, id) ON DELETE SET NULL (decision_id) DEFERRABLE;
ALTER TABLE ONLY public.community_report
    ADD CONSTRAINT community_report_member_id_same_workspace FOREIGN KEY (workspace_id, member_id) REFERENCES public.community_member(workspace_id, id) ON DELETE SET NULL (member_id) DEFERRABLE;
ALTER TABLE ONLY public.community_report
    ADD CONSTRAINT community_report_post_id_same_workspace FOREIGN KEY (workspace_id, post_id) REFERENCES public.community_post(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.community_space
    ADD CONSTRAINT community_space_brand_id_same_workspace FOREIGN KEY (workspace_id, brand_id) REFERENCES public.accounts_brand(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.community_thread
    ADD CONSTRAINT community_thread_accepted_id_same_workspace FOREIGN KEY (workspace_id, accepted_id) REFERENCES public.community_post(workspace_id, id) ON DELETE SET NULL (accepted_id) DEFERRABLE;
ALTER TABLE ONLY public.community_thread
    ADD CONSTRAINT community_thread_brand_id_same_workspace FOREIGN KEY (workspace_id, brand_id) REFERENCES public.accounts_brand(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.community_thread
    ADD CONSTRAINT community_thread_conversation_id_same_workspace FOREIGN KEY (workspace_id, conversation_id) REFERENCES public.conversations_conversation(workspace_id, id) ON DELETE SET NULL (conversation_id) DEFERRABLE;
ALTER TABLE ONLY public.community_thread
    ADD CONSTRAINT community_thread_member_id_same_workspace FOREIGN KEY (workspace_id, member_id) REFERENCES public.community_member(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.community_thread
    ADD CONSTRAINT community_thread_space_id_same_workspace FOREIGN KEY (workspace_id, space_id) REFERENCES public.community_space(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.community_vote
    ADD CONSTRAINT community_vote_member_id_same_workspace FOREIGN KEY (workspace_id, member_id) REFERENCES public.community_member(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.community_vote
    ADD CONSTRAINT community_vote_post_id_same_workspace FOREIGN KEY (workspace_id, post_id) REFERENCES public.community_post(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.connections_connection
    ADD CONSTRAINT connections_connection_brand_id_same_workspace FOREIGN KEY (workspace_id, brand_id) REFERENCES public.accounts_brand(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.conversations_acknowledgement
    ADD CONSTRAINT conversations_acknowledgement_conversation_id_same_workspace FOREIGN KEY (workspace_id, conversation_id) REFERENCES public.conversations_conversation(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.conversations_attachment
    ADD CONSTRAINT conversations_attachment_message_id_same_workspace FOREIGN KEY (workspace_id, message_id) REFERENCES public.conversations_message(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.conversations_conversation
    ADD CONSTRAINT conversations_conversation_assignee_id_same_workspace FOREIGN KEY (workspace_id, assignee_id) REFERENCES public.accounts_agent(workspace_id, id) ON DELETE SET NULL (assignee_id) DEFERRABLE;
ALTER TABLE ONLY public.conversations_conversation
    ADD CONSTRAINT conversations_conversation_brand_id_same_workspace FOREIGN KEY (workspace_id, brand_id) REFERENCES public.accounts_brand(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.conversations_conversation
    ADD CONSTRAINT conversations_conversation_customer_id_same_workspace FOREIGN KEY (workspace_id, customer_id) REFERENCES public.customers_customer(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.conversations_conversation
    ADD CONSTRAINT conversations_conversation_merged_into_id_same_workspace FOREIGN KEY (workspace_id, merged_into_id) REFERENCES public.conversations_conversation(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.conversations_conversation
    ADD CONSTRAINT conversations_conversation_previous_id_same_workspace FOREIGN KEY (workspace_id, previous_id) REFERENCES public.conversations_conversation(workspace_id, id) ON DELETE SET NULL (previous_id) DEFERRABLE;
ALTER TABLE ONLY public.conversations_conversation
    ADD CONSTRAINT conversations_conversation_side_of_id_same_workspace FOREIGN KEY (workspace_id, side_of_id) REFERENCES public.conversations_conversation(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.conversations_conversation
    ADD CONSTRAINT conversations_conversation_team_id_same_workspace FOREIGN KEY (workspace_id, team_id) REFERENCES public.accounts_team(workspace_id, id) ON DELETE SET NULL (team_id) DEFERRABLE;
ALTER TABLE ONLY public.conversations_draft
    ADD CONSTRAINT conversations_draft_agent_id_same_workspace FOREIGN KEY (workspace_id, agent_id) REFERENCES public.accounts_agent(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.conversations_draft
    ADD CONSTRAINT conversations_draft_conversation_id_same_workspace FOREIGN KEY (workspace_id, conversation_id) REFERENCES public.conversations_conversation(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.conversations_follower
    ADD CONSTRAINT conversations_follower_agent_id_same_workspace FOREIGN KEY (workspace_id, agent_id) REFERENCES public.accounts_agent(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.conversations_follower
    ADD CONSTRAINT conversations_follower_conversation_id_same_workspace FOREIGN KEY (workspace_id, conversation_id) REFERENCES public.conversations_conversation(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.conversations_junkverdict
    ADD CONSTRAINT conversations_junkverdict_agent_id_same_workspace FOREIGN KEY (workspace_id, agent_id) REFERENCES public.accounts_agent(workspace_id, id) ON DELETE SET NULL (agent_id) DEFERRABLE;
ALTER TABLE ONLY public.conversations_junkverdict
    ADD CONSTRAINT conversations_junkverdict_conversation_id_same_workspace FOREIGN KEY (workspace_id, conversation_id) REFERENCES public.conversations_conversation(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.conversations_lesson
    ADD CONSTRAINT conversations_lesson_agent_id_same_workspace FOREIGN KEY (workspace_id, agent_id) REFERENCES public.accounts_agent(workspace_id, id) ON DELETE SET NULL (agent_id) DEFERRABLE;
ALTER TABLE ONLY public.conversations_lesson
    ADD CONSTRAINT conversations_lesson_message_id_same_workspace FOREIGN KEY (workspace_id, message_id) REFERENCES public.conversations_message(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.conversations_mailimport
    ADD CONSTRAINT conversations_mailimport_agent_id_same_workspace FOREIGN KEY (workspace_id, agent_id) REFERENCES public.accounts_agent(workspace_id, id) ON DELETE SET NULL (agent_id) DEFERRABLE;
ALTER TABLE ONLY public.conversations_mailimport
    ADD CONSTRAINT conversations_mailimport_mailbox_id_same_workspace FOREIGN KEY (workspace_id, mailbox_id) REFERENCES public.connections_connection(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.conversations_merge
    ADD CONSTRAINT conversations_merge_agent_id_same_workspace FOREIGN KEY (workspace_id, agent_id) REFERENCES public.accounts_agent(workspace_id, id) ON DELETE SET NULL (agent_id) DEFERRABLE;
ALTER TABLE ONLY public.conversations_merge
    ADD CONSTRAINT conversations_merge_merged_id_same_workspace FOREIGN KEY (workspace_id, merged_id) REFERENCES public.conversations_conversation(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.conversations_merge
    ADD CONSTRAINT conversations_merge_survivor_id_same_workspace FOREIGN KEY (workspace_id, survivor_id) REFERENCES public.conversations_conversation(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.conversations_message
    ADD CONSTRAINT conversations_message_agent_id_same_workspace FOREIGN KEY (workspace_id, agent_id) REFERENCES public.accounts_agent(workspace_id, id) ON DELETE SET NULL (agent_id) DEFERRABLE;
ALTER TABLE ONLY public.conversations_message
    ADD CONSTRAINT conversations_message_conversation_id_same_workspace FOREIGN KEY (workspace_id, conversation_id) REFERENCES public.conversations_conversation(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.conversations_reviewitem
    ADD CONSTRAINT conversations_reviewitem_author_id_same_workspace FOREIGN KEY (workspace_id, author_id) REFERENCES public.accounts_agent(workspace_id, id) ON DELETE SET NULL (author_id) DEFERRABLE;
ALTER TABLE ONLY public.conversations_reviewitem
    ADD CONSTRAINT conversations_reviewitem_conversation_id_same_workspace FOREIGN KEY (workspace_id, conversation_id) REFERENCES public.conversations_conversation(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.conversations_reviewitem
    ADD CONSTRAINT conversations_reviewitem_message_id_same_workspace FOREIGN KEY (workspace_id, message_id) REFERENCES public.conversations_message(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.conversations_reviewitem
    ADD CONSTRAINT conversations_reviewitem_reviewer_id_same_workspace FOREIGN KEY (workspace_id, reviewer_id) REFERENCES public.accounts_agent(workspace_id, id) ON DELETE SET NULL (reviewer_id) DEFERRABLE;
ALTER TABLE ONLY public.conversations_senderrule
    ADD CONSTRAINT conversations_senderrule_agent_id_same_workspace FOREIGN KEY (workspace_id, agent_id) REFERENCES public.accounts_agent(workspace_id, id) ON DELETE SET NULL (agent_id) DEFERRABLE;
ALTER TABLE ONLY public.conversations_split
    ADD CONSTRAINT conversations_split_agent_id_same_workspace FOREIGN KEY (workspace_id, agent_id) REFERENCES public.accounts_agent(workspace_id, id) ON DELETE SET NULL (agent_id) DEFERRABLE;
ALTER TABLE ONLY public.conversations_split
    ADD CONSTRAINT conversations_split_made_id_same_workspace FOREIGN KEY (workspace_id, made_id) REFERENCES public.conversations_conversation(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.conversations_split
    ADD CONSTRAINT conversations_split_origin_id_same_workspace FOREIGN KEY (workspace_id, origin_id) REFERENCES public.conversations_conversation(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.conversations_translation
    ADD CONSTRAINT conversations_translation_message_id_same_workspace FOREIGN KEY (workspace_id, message_id) REFERENCES public.conversations_message(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.customers_customer
    ADD CONSTRAINT customers_customer_merged_into_id_same_workspace FOREIGN KEY (workspace_id, merged_into_id) REFERENCES public.customers_customer(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.customers_customermerge
    ADD CONSTRAINT customers_customermerge_agent_id_same_workspace FOREIGN KEY (workspace_id, agent_id) REFERENCES public.accounts_agent(workspace_id, id) ON DELETE SET NULL (agent_id) DEFERRABLE;
ALTER TABLE ONLY public.customers_customermerge
    ADD CONSTRAINT customers_customermerge_merged_id_same_workspace FOREIGN KEY (workspace_id, merged_id) REFERENCES public.customers_customer(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.customers_customermerge
    ADD CONSTRAINT customers_customermerge_survivor_id_same_workspace FOREIGN KEY (workspace_id, survivor_id) REFERENCES public.customers_customer(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.customers_customerpreference
    ADD CONSTRAINT customers_customerpreference_agent_id_same_workspace FOREIGN KEY (workspace_id, agent_id) REFERENCES public.accounts_agent(workspace_id, id) ON DELETE SET NULL (agent_id) DEFERRABLE;
ALTER TABLE ONLY public.customers_customerpreference
    ADD CONSTRAINT customers_customerpreference_customer_id_same_workspace FOREIGN KEY (workspace_id, customer_id) REFERENCES public.customers_customer(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.customers_identity
    ADD CONSTRAINT customers_identity_customer_id_same_workspace FOREIGN KEY (workspace_id, customer_id) REFERENCES public.customers_customer(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.knowledge_article
    ADD CONSTRAINT knowledge_article_brand_id_same_workspace FOREIGN KEY (workspace_id, brand_id) REFERENCES public.accounts_brand(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.knowledge_article
    ADD CONSTRAINT knowledge_article_category_id_same_workspace FOREIGN KEY (workspace_id, category_id) REFERENCES public.knowledge_category(workspace_id, id) ON DELETE SET NULL (category_id) DEFERRABLE;
ALTER TABLE ONLY public.knowledge_article
    ADD CONSTRAINT knowledge_article_owner_id_same_workspace FOREIGN KEY (workspace_id, owner_id) REFERENCES public.accounts_agent(workspace_id, id) ON DELETE SET NULL (owner_id) DEFERRABLE;
ALTER TABLE ONLY public.knowledge_articlefile
    ADD CONSTRAINT knowledge_articlefile_agent_id_same_workspace FOREIGN KEY (workspace_id, agent_id) REFERENCES public.accounts_agent(workspace_id, id) ON DELETE SET NULL (agent_id) DEFERRABLE;
ALTER TABLE ONLY public.knowledge_articlefile
    ADD CONSTRAINT knowledge_articlefile_article_id_same_workspace FOREIGN KEY (workspace_id, article_id) REFERENCES public.knowledge_article(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.knowledge_articleorigin
    ADD CONSTRAINT knowledge_articleorigin_article_id_same_workspace FOREIGN KEY (workspace_id, article_id) REFERENCES public.knowledge_article(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.knowledge_articlequestion
    ADD CONSTRAINT knowledge_articlequestion_article_id_same_workspace FOREIGN KEY (workspace_id, article_id) REFERENCES public.knowledge_article(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.knowledge_articletext
    ADD CONSTRAINT knowledge_articletext_article_id_same_workspace FOREIGN KEY (workspace_id, article_id) REFERENCES public.knowledge_article(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.knowledge_articletext
    ADD CONSTRAINT knowledge_articletext_checked_by_id_same_workspace FOREIGN KEY (workspace_id, checked_by_id) REFERENCES public.accounts_agent(workspace_id, id) ON DELETE SET NULL (checked_by_id) DEFERRABLE;
ALTER TABLE ONLY public.knowledge_articletext
    ADD CONSTRAINT knowledge_articletext_head_id_same_workspace FOREIGN KEY (workspace_id, head_id) REFERENCES public.knowledge_articleversion(workspace_id, id) ON DELETE SET NULL (head_id) DEFERRABLE;
ALTER TABLE ONLY public.knowledge_articletext
    ADD CONSTRAINT knowledge_articletext_live_id_same_workspace FOREIGN KEY (workspace_id, live_id) REFERENCES public.knowledge_articleversion(workspace_id, id) ON DELETE SET NULL (live_id) DEFERRABLE;
ALTER TABLE ONLY public.knowledge_articletext
    ADD CONSTRAINT knowledge_articletext_review_asked_by_id_same_workspace FOREIGN KEY (workspace_id, review_asked_by_id) REFERENCES public.accounts_agent(workspace_id, id) ON DELETE SET NULL (review_asked_by_id) DEFERRABLE;
ALTER TABLE ONLY public.knowledge_articleversion
    ADD CONSTRAINT knowledge_articleversion_agent_id_same_workspace FOREIGN KEY (workspace_id, agent_id) REFERENCES public.accounts_agent(workspace_id, id) ON DELETE SET NULL (agent_id) DEFERRABLE;
ALTER TABLE ONLY public.knowledge_articleversion
    ADD CONSTRAINT knowledge_articleversion_text_id_same_workspace FOREIGN KEY (workspace_id, text_id) REFERENCES public.knowledge_articletext(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.knowledge_category
    ADD CONSTRAINT knowledge_category_brand_id_same_workspace FOREIGN KEY (workspace_id, brand_id) REFERENCES public.accounts_brand(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.knowledge_feedback
    ADD CONSTRAINT knowledge_feedback_article_id_same_workspace FOREIGN KEY (workspace_id, article_id) REFERENCES public.knowledge_article(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.knowledge_feedback
    ADD CONSTRAINT knowledge_feedback_brand_id_same_workspace FOREIGN KEY (workspace_id, brand_id) REFERENCES public.accounts_brand(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.knowledge_passage
    ADD CONSTRAINT knowledge_passage_article_id_same_workspace FOREIGN KEY (workspace_id, article_id) REFERENCES public.knowledge_article(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.knowledge_passage
    ADD CONSTRAINT knowledge_passage_text_id_same_workspace FOREIGN KEY (workspace_id, text_id) REFERENCES public.knowledge_articletext(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.knowledge_path
    ADD CONSTRAINT knowledge_path_brand_id_same_workspace FOREIGN KEY (workspace_id, brand_id) REFERENCES public.accounts_brand(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.knowledge_pathstep
    ADD CONSTRAINT knowledge_pathstep_article_id_same_workspace FOREIGN KEY (workspace_id, article_id) REFERENCES public.knowledge_article(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.knowledge_pathstep
    ADD CONSTRAINT knowledge_pathstep_path_id_same_workspace FOREIGN KEY (workspace_id, path_id) REFERENCES public.knowledge_path(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.knowledge_readingday
    ADD CONSTRAINT knowledge_readingday_article_id_same_workspace FOREIGN KEY (workspace_id, article_id) REFERENCES public.knowledge_article(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.knowledge_readingday
    ADD CONSTRAINT knowledge_readingday_brand_id_same_workspace FOREIGN KEY (workspace_id, brand_id) REFERENCES public.accounts_brand(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.knowledge_search
    ADD CONSTRAINT knowledge_search_brand_id_same_workspace FOREIGN KEY (workspace_id, brand_id) REFERENCES public.accounts_brand(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.knowledge_search
    ADD CONSTRAINT knowledge_search_opened_id_same_workspace FOREIGN KEY (workspace_id, opened_id) REFERENCES public.knowledge_article(workspace_id, id) ON DELETE SET NULL (opened_id) DEFERRABLE;
ALTER TABLE ONLY public.knowledge_signup
    ADD CONSTRAINT knowledge_signup_webinar_id_same_workspace FOREIGN KEY (workspace_id, webinar_id) REFERENCES public.knowledge_webinar(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.knowledge_synonym
    ADD CONSTRAINT knowledge_synonym_brand_id_same_workspace FOREIGN KEY (workspace_id, brand_id) REFERENCES public.accounts_brand(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.knowledge_visiting
    ADD CONSTRAINT knowledge_visiting_brand_id_same_workspace FOREIGN KEY (workspace_id, brand_id) REFERENCES public.accounts_brand(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.knowledge_webinar
    ADD CONSTRAINT knowledge_webinar_agent_id_same_workspace FOREIGN KEY (workspace_id, agent_id) REFERENCES public.accounts_agent(workspace_id, id) ON DELETE SET NULL (agent_id) DEFERRABLE;
ALTER TABLE ONLY public.knowledge_webinar
    ADD CONSTRAINT knowledge_webinar_brand_id_same_workspace FOREIGN KEY (workspace_id, brand_id) REFERENCES public.accounts_brand(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.language_brandvoice
    ADD CONSTRAINT language_brandvoice_brand_id_same_workspace FOREIGN KEY (workspace_id, brand_id) REFERENCES public.accounts_brand(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.language_glossaryentry
    ADD CONSTRAINT language_glossaryentry_agent_id_same_workspace FOREIGN KEY (workspace_id, agent_id) REFERENCES public.accounts_agent(workspace_id, id) ON DELETE SET NULL (agent_id) DEFERRABLE;
ALTER TABLE ONLY public.language_glossaryentry
    ADD CONSTRAINT language_glossaryentry_brand_id_same_workspace FOREIGN KEY (workspace_id, brand_id) REFERENCES public.accounts_brand(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.language_glossaryterm
    ADD CONSTRAINT language_glossaryterm_entry_id_same_workspace FOREIGN KEY (workspace_id, entry_id) REFERENCES public.language_glossaryentry(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.language_memoryunit
    ADD CONSTRAINT language_memoryunit_agent_id_same_workspace FOREIGN KEY (workspace_id, agent_id) REFERENCES public.accounts_agent(workspace_id, id) ON DELETE SET NULL (agent_id) DEFERRABLE;
ALTER TABLE ONLY public.language_memoryunit
    ADD CONSTRAINT language_memoryunit_brand_id_same_workspace FOREIGN KEY (workspace_id, brand_id) REFERENCES public.accounts_brand(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.language_ordertext
    ADD CONSTRAINT language_ordertext_order_id_same_workspace FOREIGN KEY (workspace_id, order_id) REFERENCES public.language_translationorder(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.language_ordertext
    ADD CONSTRAINT language_ordertext_reviewer_id_same_workspace FOREIGN KEY (workspace_id, reviewer_id) REFERENCES public.accounts_agent(workspace_id, id) ON DELETE SET NULL (reviewer_id) DEFERRABLE;
ALTER TABLE ONLY public.language_phrasewording
    ADD CONSTRAINT language_phrasewording_brand_id_same_workspace FOREIGN KEY (workspace_id, brand_id) REFERENCES public.accounts_brand(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.language_reviewer
    ADD CONSTRAINT language_reviewer_agent_id_same_workspace FOREIGN KEY (workspace_id, agent_id) REFERENCES public.accounts_agent(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.language_translationorder
    ADD CONSTRAINT language_translationorder_agent_id_same_workspace FOREIGN KEY (workspace_id, agent_id) REFERENCES public.accounts_agent(workspace_id, id) ON DELETE SET NULL (agent_id) DEFERRABLE;
ALTER TABLE ONLY public.language_waitingfile
    ADD CONSTRAINT language_waitingfile_agent_id_same_workspace FOREIGN KEY (workspace_id, agent_id) REFERENCES public.accounts_agent(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.mfa_authenticator
    ADD CONSTRAINT mfa_authenticator_user_id_0c3a50c0_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.notifications_notification
    ADD CONSTRAINT notifications_notification_agent_id_same_workspace FOREIGN KEY (workspace_id, agent_id) REFERENCES public.accounts_agent(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.notifications_preference
    ADD CONSTRAINT notifications_preference_agent_id_same_workspace FOREIGN KEY (workspace_id, agent_id) REFERENCES public.accounts_agent(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.notifications_pushsubscription
    ADD CONSTRAINT notifications_pushsubscription_agent_id_same_workspace FOREIGN KEY (workspace_id, agent_id) REFERENCES public.accounts_agent(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.playbooks_brandmarket
    ADD CONSTRAINT playbooks_brandmarket_brand_id_same_workspace FOREIGN KEY (workspace_id, brand_id) REFERENCES public.accounts_brand(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.playbooks_factchange
    ADD CONSTRAINT playbooks_factchange_agent_id_same_workspace FOREIGN KEY (workspace_id, agent_id) REFERENCES public.accounts_agent(workspace_id, id) ON DELETE SET NULL (agent_id) DEFERRABLE;
ALTER TABLE ONLY public.playbooks_factchange
    ADD CONSTRAINT playbooks_factchange_brand_id_same_workspace FOREIGN KEY (workspace_id, brand_id) REFERENCES public.accounts_brand(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.playbooks_factoverride
    ADD CONSTRAINT playbooks_factoverride_agent_id_same_workspace FOREIGN KEY (workspace_id, agent_id) REFERENCES public.accounts_agent(workspace_id, id) ON DELETE SET NULL (agent_id) DEFERRABLE;
ALTER TABLE ONLY public.playbooks_factoverride
    ADD CONSTRAINT playbooks_factoverride_brand_id_same_workspace FOREIGN KEY (workspace_id, brand_id) REFERENCES public.accounts_brand(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.playbooks_marketnote
    ADD CONSTRAINT playbooks_marketnote_agent_id_same_workspace FOREIGN KEY (workspace_id, agent_id) REFERENCES public.accounts_agent(workspace_id, id) ON DELETE SET NULL (agent_id) DEFERRABLE;
ALTER TABLE ONLY public.playbooks_marketnote
    ADD CONSTRAINT playbooks_marketnote_brand_id_same_workspace FOREIGN KEY (workspace_id, brand_id) REFERENCES public.accounts_brand(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.procrastinate_events
    ADD CONSTRAINT procrastinate_events_job_id_fkey FOREIGN KEY (job_id) REFERENCES public.procrastinate_jobs(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.procrastinate_jobs
    ADD CONSTRAINT procrastinate_jobs_worker_id_fkey FOREIGN KEY (worker_id) REFERENCES public.procrastinate_workers(id) ON DELETE SET NULL;
ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_job_id_fkey FOREIGN KEY (job_id) REFERENCES public.procrastinate_jobs(id);
ALTER TABLE ONLY public.returns_entrycode
    ADD CONSTRAINT returns_entrycode_brand_id_same_workspace FOREIGN KEY (workspace_id, brand_id) REFERENCES public.accounts_brand(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.returns_entrycode
    ADD CONSTRAINT returns_entrycode_order_id_same_workspace FOREIGN KEY (workspace_id, order_id) REFERENCES public.commerce_order(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.returns_return
    ADD CONSTRAINT returns_return_brand_id_same_workspace FOREIGN KEY (workspace_id, brand_id) REFERENCES public.accounts_brand(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.returns_return
    ADD CONSTRAINT returns_return_exchange_id_same_workspace FOREIGN KEY (workspace_id, exchange_id) REFERENCES public.commerce_orderaction(workspace_id, id) ON DELETE SET NULL (exchange_id) DEFERRABLE;
ALTER TABLE ONLY public.returns_return
    ADD CONSTRAINT returns_return_order_id_same_workspace FOREIGN KEY (workspace_id, order_id) REFERENCES public.commerce_order(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.returns_return
    ADD CONSTRAINT returns_return_parcel_id_same_workspace FOREIGN KEY (workspace_id, parcel_id) REFERENCES public.commerce_shipment(workspace_id, id) ON DELETE SET NULL (parcel_id) DEFERRABLE;
ALTER TABLE ONLY public.returns_return
    ADD CONSTRAINT returns_return_place_id_same_workspace FOREIGN KEY (workspace_id, place_id) REFERENCES public.returns_returnplace(workspace_id, id) ON DELETE SET NULL (place_id) DEFERRABLE;
ALTER TABLE ONLY public.returns_returnevent
    ADD CONSTRAINT returns_returnevent_agent_id_same_workspace FOREIGN KEY (workspace_id, agent_id) REFERENCES public.accounts_agent(workspace_id, id) ON DELETE SET NULL (agent_id) DEFERRABLE;
ALTER TABLE ONLY public.returns_returnevent
    ADD CONSTRAINT returns_returnevent_parent_id_same_workspace FOREIGN KEY (workspace_id, parent_id) REFERENCES public.returns_return(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.returns_returnfile
    ADD CONSTRAINT returns_returnfile_agent_id_same_workspace FOREIGN KEY (workspace_id, agent_id) REFERENCES public.accounts_agent(workspace_id, id) ON DELETE SET NULL (agent_id) DEFERRABLE;
ALTER TABLE ONLY public.returns_returnfile
    ADD CONSTRAINT returns_returnfile_parent_id_same_workspace FOREIGN KEY (workspace_id, parent_id) REFERENCES public.returns_return(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.returns_returnline
    ADD CONSTRAINT returns_returnline_line_id_same_workspace FOREIGN KEY (workspace_id, line_id) REFERENCES public.commerce_orderline(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.returns_returnline
    ADD CONSTRAINT returns_returnline_parent_id_same_workspace FOREIGN KEY (workspace_id, parent_id) REFERENCES public.returns_return(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.returns_returnplace
    ADD CONSTRAINT returns_returnplace_agent_id_same_workspace FOREIGN KEY (workspace_id, agent_id) REFERENCES public.accounts_agent(workspace_id, id) ON DELETE SET NULL (agent_id) DEFERRABLE;
ALTER TABLE ONLY public.returns_returnplace
    ADD CONSTRAINT returns_returnplace_brand_id_same_workspace FOREIGN KEY (workspace_id, brand_id) REFERENCES public.accounts_brand(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.returns_returnpolicy
    ADD CONSTRAINT returns_returnpolicy_agent_id_same_workspace FOREIGN KEY (workspace_id, agent_id) REFERENCES public.accounts_agent(workspace_id, id) ON DELETE SET NULL (agent_id) DEFERRABLE;
ALTER TABLE ONLY public.returns_returnpolicy
    ADD CONSTRAINT returns_returnpolicy_brand_id_same_workspace FOREIGN KEY (workspace_id, brand_id) REFERENCES public.accounts_brand(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.returns_returnpolicy
    ADD CONSTRAINT returns_returnpolicy_segment_id_same_workspace FOREIGN KEY (workspace_id, segment_id) REFERENCES public.segments_segment(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.returns_returnportal
    ADD CONSTRAINT returns_returnportal_agent_id_same_workspace FOREIGN KEY (workspace_id, agent_id) REFERENCES public.accounts_agent(workspace_id, id) ON DELETE SET NULL (agent_id) DEFERRABLE;
ALTER TABLE ONLY public.returns_returnportal
    ADD CONSTRAINT returns_returnportal_brand_id_same_workspace FOREIGN KEY (workspace_id, brand_id) REFERENCES public.accounts_brand(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.returns_returnsnote
    ADD CONSTRAINT returns_returnsnote_agent_id_same_workspace FOREIGN KEY (workspace_id, agent_id) REFERENCES public.accounts_agent(workspace_id, id) ON DELETE SET NULL (agent_id) DEFERRABLE;
ALTER TABLE ONLY public.returns_returnsnote
    ADD CONSTRAINT returns_returnsnote_customer_id_same_workspace FOREIGN KEY (workspace_id, customer_id) REFERENCES public.customers_customer(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.returns_withdrawal
    ADD CONSTRAINT returns_withdrawal_brand_id_same_workspace FOREIGN KEY (workspace_id, brand_id) REFERENCES public.accounts_brand(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.returns_withdrawal
    ADD CONSTRAINT returns_withdrawal_conversation_id_same_workspace FOREIGN KEY (workspace_id, conversation_id) REFERENCES public.conversations_conversation(workspace_id, id) ON DELETE SET NULL (conversation_id) DEFERRABLE;
ALTER TABLE ONLY public.returns_withdrawal
    ADD CONSTRAINT returns_withdrawal_made_id_same_workspace FOREIGN KEY (workspace_id, made_id) REFERENCES public.returns_return(workspace_id, id) ON DELETE SET NULL (made_id) DEFERRABLE;
ALTER TABLE ONLY public.returns_withdrawal
    ADD CONSTRAINT returns_withdrawal_order_id_same_workspace FOREIGN KEY (workspace_id, order_id) REFERENCES public.commerce_order(workspace_id, id) ON DELETE SET NULL (order_id) DEFERRABLE;
ALTER TABLE ONLY public.segments_bulkrun
    ADD CONSTRAINT segments_bulkrun_agent_id_same_workspace FOREIGN KEY (workspace_id, agent_id) REFERENCES public.accounts_agent(workspace_id, id) ON DELETE SET NULL (agent_id) DEFERRABLE;
ALTER TABLE ONLY public.segments_bulkstep
    ADD CONSTRAINT segments_bulkstep_run_id_same_workspace FOREIGN KEY (workspace_id, run_id) REFERENCES public.segments_bulkrun(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.segments_recentsearch
    ADD CONSTRAINT segments_recentsearch_agent_id_same_workspace FOREIGN KEY (workspace_id, agent_id) REFERENCES public.accounts_agent(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.segments_savedview
    ADD CONSTRAINT segments_savedview_owner_id_same_workspace FOREIGN KEY (workspace_id, owner_id) REFERENCES public.accounts_agent(workspace_id, id) ON DELETE SET NULL (owner_id) DEFERRABLE;
ALTER TABLE ONLY public.segments_savedview
    ADD CONSTRAINT segments_savedview_team_id_same_workspace FOREIGN KEY (workspace_id, team_id) REFERENCES public.accounts_team(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.segments_segment
    ADD CONSTRAINT segments_segment_author_id_same_workspace FOREIGN KEY (workspace_id, author_id) REFERENCES public.accounts_agent(workspace_id, id) ON DELETE SET NULL (author_id) DEFERRABLE;
ALTER TABLE ONLY public.segments_vieworder
    ADD CONSTRAINT segments_vieworder_agent_id_same_workspace FOREIGN KEY (workspace_id, agent_id) REFERENCES public.accounts_agent(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.shipping_dutyrate
    ADD CONSTRAINT shipping_dutyrate_brand_id_same_workspace FOREIGN KEY (workspace_id, brand_id) REFERENCES public.accounts_brand(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.shipping_shippingrate
    ADD CONSTRAINT shipping_shippingrate_brand_id_same_workspace FOREIGN KEY (workspace_id, brand_id) REFERENCES public.accounts_brand(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.shipping_shippingterms
    ADD CONSTRAINT shipping_shippingterms_brand_id_same_workspace FOREIGN KEY (workspace_id, brand_id) REFERENCES public.accounts_brand(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.surveys_survey
    ADD CONSTRAINT surveys_survey_agent_id_same_workspace FOREIGN KEY (workspace_id, agent_id) REFERENCES public.accounts_agent(workspace_id, id) ON DELETE SET NULL (agent_id) DEFERRABLE;
ALTER TABLE ONLY public.surveys_survey
    ADD CONSTRAINT surveys_survey_brand_id_same_workspace FOREIGN KEY (workspace_id, brand_id) REFERENCES public.accounts_brand(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.surveys_survey
    ADD CONSTRAINT surveys_survey_conversation_id_same_workspace FOREIGN KEY (workspace_id, conversation_id) REFERENCES public.conversations_conversation(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.texts_earlierwording
    ADD CONSTRAINT texts_earlierwording_agent_id_same_workspace FOREIGN KEY (workspace_id, agent_id) REFERENCES public.accounts_agent(workspace_id, id) ON DELETE SET NULL (agent_id) DEFERRABLE;
ALTER TABLE ONLY public.texts_earlierwording
    ADD CONSTRAINT texts_earlierwording_variant_id_same_workspace FOREIGN KEY (workspace_id, variant_id) REFERENCES public.texts_variant(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.texts_localisedtext
    ADD CONSTRAINT texts_localisedtext_brand_id_same_workspace FOREIGN KEY (workspace_id, brand_id) REFERENCES public.accounts_brand(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.texts_localisedtext
    ADD CONSTRAINT texts_localisedtext_macro_id_same_workspace FOREIGN KEY (workspace_id, macro_id) REFERENCES public.texts_macro(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.texts_macro
    ADD CONSTRAINT texts_macro_owner_id_same_workspace FOREIGN KEY (workspace_id, owner_id) REFERENCES public.accounts_agent(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.texts_variant
    ADD CONSTRAINT texts_variant_agent_id_same_workspace FOREIGN KEY (workspace_id, agent_id) REFERENCES public.accounts_agent(workspace_id, id) ON DELETE SET NULL (agent_id) DEFERRABLE;
ALTER TABLE ONLY public.texts_variant
    ADD CONSTRAINT texts_variant_text_id_same_workspace FOREIGN KEY (workspace_id, text_id) REFERENCES public.texts_localisedtext(workspace_id, id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE ONLY public.usersessions_usersession
    ADD CONSTRAINT usersessions_usersession_user_id_af5e0a6d_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE public.accounts_agent ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.accounts_apitoken ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.accounts_approval ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.accounts_authoritylimit ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.accounts_authorityuse ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.accounts_brand ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.accounts_holidayfeed ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.accounts_invitation ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.accounts_servicehours ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.accounts_standin ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.accounts_team ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.accounts_teammember ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.accounts_workspace ENABLE ROW LEVEL SECURITY;
CREATE POLICY all_workspaces ON public.accounts_agent TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.accounts_apitoken TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.accounts_approval TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.accounts_authoritylimit TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.accounts_authorityuse TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.accounts_brand TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.accounts_holidayfeed TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.accounts_invitation TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.accounts_servicehours TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.accounts_standin TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.accounts_team TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.accounts_teammember TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.accounts_workspace TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.assist_suggestion TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.bot_bot TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.bot_flow TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.bot_flowversion TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.bot_proofcode TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.bot_talk TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.bot_teamrule TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.bot_turn TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.commerce_carrierdoor TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.commerce_carrierhook TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.commerce_dispute TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.commerce_lanetime TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.commerce_order TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.commerce_orderaction TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.commerce_orderimport TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.commerce_orderimportfault TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.commerce_orderline TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.commerce_payment TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.commerce_paymentaccount TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.commerce_paymenthook TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.commerce_price TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.commerce_product TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.commerce_productvariant TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.commerce_refund TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.commerce_shipment TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.commerce_shipmentevent TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.commerce_shipmentline TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.commerce_shop TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.commerce_shophook TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.commerce_shopsync TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.community_appeal TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.community_community TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.community_decision TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.community_follow TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.community_joincode TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.community_member TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.community_post TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.community_rendering TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.community_report TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.community_space TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.community_thread TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.community_vote TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.connections_connection TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.connections_storedanswer TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.connections_vendoraccount TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.connections_vendorapp TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.connections_vendorusage TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.conversations_acknowledgement TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.conversations_attachment TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.conversations_conversation TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.conversations_draft TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.conversations_envelope TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.conversations_follower TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.conversations_junkfilter TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.conversations_junkverdict TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.conversations_junkword TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.conversations_learned TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.conversations_lesson TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.conversations_mailimport TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.conversations_merge TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.conversations_message TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.conversations_reviewitem TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.conversations_searchindex TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.conversations_senderrule TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.conversations_split TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.conversations_translation TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.customers_customer TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.customers_customerfield TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.customers_customermerge TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.customers_customerpreference TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.customers_deletion TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.customers_identity TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.customers_preferencekind TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.events_event TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.events_fault TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.exchange_referencerate TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.knowledge_article TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.knowledge_articlefile TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.knowledge_articleorigin TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.knowledge_articlequestion TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.knowledge_articletext TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.knowledge_articleversion TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.knowledge_category TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.knowledge_feedback TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.knowledge_indexstate TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.knowledge_passage TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.knowledge_path TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.knowledge_pathstep TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.knowledge_readingday TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.knowledge_search TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.knowledge_signup TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.knowledge_synonym TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.knowledge_visiting TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.knowledge_webinar TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.language_brandvoice TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.language_departure TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.language_engineanswer TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.language_engineorder TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.language_glossaryentry TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.language_glossaryterm TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.language_languagepolicy TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.language_memoryunit TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.language_ordertext TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.language_ownphrase TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.language_phrasewording TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.language_reviewer TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.language_reviewpolicy TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.language_reviewrule TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.language_translationorder TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.language_waitingfile TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.notifications_notification TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.notifications_preference TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.notifications_pushsubscription TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.playbooks_brandmarket TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.playbooks_factchange TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.playbooks_factoverride TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.playbooks_marketnote TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.returns_entrycode TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.returns_return TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.returns_returnevent TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.returns_returnfile TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.returns_returnline TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.returns_returnplace TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.returns_returnpolicy TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.returns_returnportal TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.returns_returnsnote TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.returns_withdrawal TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.segments_bulkrun TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.segments_bulkstep TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.segments_recentsearch TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.segments_savedview TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.segments_segment TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.segments_vieworder TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.shipping_dutyrate TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.shipping_shippingrate TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.shipping_shippingterms TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.surveys_survey TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.texts_earlierwording TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.texts_localisedtext TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.texts_macro TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
CREATE POLICY all_workspaces ON public.texts_variant TO dragoman_all USING ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text)) WITH CHECK ((COALESCE(current_setting('dragoman.reason'::text, true), ''::text) <> ''::text));
ALTER TABLE public.assist_suggestion ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.bot_bot ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.bot_flow ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.bot_flowversion ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.bot_proofcode ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.bot_talk ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.bot_teamrule ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.bot_turn ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.commerce_carrierdoor ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.commerce_carrierhook ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.commerce_dispute ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.commerce_lanetime ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.commerce_order ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.commerce_orderaction ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.commerce_orderimport ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.commerce_orderimportfault ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.commerce_orderline ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.commerce_payment ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.commerce_paymentaccount ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.commerce_paymenthook ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.commerce_price ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.commerce_product ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.commerce_productvariant ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.commerce_refund ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.commerce_shipment ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.commerce_shipmentevent ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.commerce_shipmentline ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.commerce_shop ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.commerce_shophook ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.commerce_shopsync ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.community_appeal ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.community_community ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.community_decision ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.community_follow ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.community_joincode ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.community_member ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.community_post ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.community_rendering ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.community_report ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.community_space ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.community_thread ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.community_vote ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.connections_connection ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.connections_storedanswer ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.connections_vendoraccount ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.connections_vendorapp ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.connections_vendorusage ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.conversations_acknowledgement ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.conversations_attachment ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.conversations_conversation ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.conversations_draft ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.conversations_envelope ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.conversations_follower ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.conversations_junkfilter ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.conversations_junkverdict ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.conversations_junkword ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.conversations_learned ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.conversations_lesson ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.conversations_mailimport ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.conversations_merge ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.conversations_message ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.conversations_reviewitem ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.conversations_searchindex ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.conversations_senderrule ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.conversations_split ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.conversations_translation ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.customers_customer ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.customers_customerfield ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.customers_customermerge ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.customers_customerpreference ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.customers_deletion ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.customers_identity ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.customers_preferencekind ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.events_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.events_fault ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.exchange_referencerate ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.knowledge_article ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.knowledge_articlefile ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.knowledge_articleorigin ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.knowledge_articlequestion ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.knowledge_articletext ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.knowledge_articleversion ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.knowledge_category ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.knowledge_feedback ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.knowledge_indexstate ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.knowledge_passage ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.knowledge_path ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.knowledge_pathstep ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.knowledge_readingday ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.knowledge_search ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.knowledge_signup ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.knowledge_synonym ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.knowledge_visiting ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.knowledge_webinar ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.language_brandvoice ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.language_departure ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.language_engineanswer ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.language_engineorder ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.language_glossaryentry ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.language_glossaryterm ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.language_languagepolicy ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.language_memoryunit ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.language_ordertext ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.language_ownphrase ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.language_phrasewording ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.language_reviewer ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.language_reviewpolicy ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.language_reviewrule ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.language_translationorder ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.language_waitingfile ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.notifications_notification ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.notifications_preference ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.notifications_pushsubscription ENABLE ROW LEVEL SECURITY;
CREATE POLICY one_workspace ON public.accounts_agent TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.accounts_apitoken TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.accounts_approval TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.accounts_authoritylimit TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.accounts_authorityuse TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.accounts_brand TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.accounts_holidayfeed TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.accounts_invitation TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.accounts_servicehours TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.accounts_standin TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.accounts_team TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.accounts_teammember TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.accounts_workspace TO dragoman_app USING ((id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.assist_suggestion TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.bot_bot TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.bot_flow TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.bot_flowversion TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.bot_proofcode TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.bot_talk TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.bot_teamrule TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.bot_turn TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.commerce_carrierdoor TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.commerce_carrierhook TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.commerce_dispute TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.commerce_lanetime TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.commerce_order TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.commerce_orderaction TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.commerce_orderimport TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.commerce_orderimportfault TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.commerce_orderline TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.commerce_payment TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.commerce_paymentaccount TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.commerce_paymenthook TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.commerce_price TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.commerce_product TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.commerce_productvariant TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.commerce_refund TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.commerce_shipment TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.commerce_shipmentevent TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.commerce_shipmentline TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.commerce_shop TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.commerce_shophook TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.commerce_shopsync TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.community_appeal TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.community_community TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.community_decision TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.community_follow TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.community_joincode TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.community_member TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.community_post TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.community_rendering TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.community_report TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.community_space TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.community_thread TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.community_vote TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.connections_connection TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.connections_storedanswer TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.connections_vendoraccount TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.connections_vendorapp TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.connections_vendorusage TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.conversations_acknowledgement TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.conversations_attachment TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.conversations_conversation TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.conversations_draft TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.conversations_envelope TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.conversations_follower TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.conversations_junkfilter TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.conversations_junkverdict TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.conversations_junkword TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.conversations_learned TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.conversations_lesson TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.conversations_mailimport TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.conversations_merge TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.conversations_message TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.conversations_reviewitem TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.conversations_searchindex TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.conversations_senderrule TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.conversations_split TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.conversations_translation TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.customers_customer TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.customers_customerfield TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.customers_customermerge TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.customers_customerpreference TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.customers_deletion TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.customers_identity TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.customers_preferencekind TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.events_event TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.events_fault TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.exchange_referencerate TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.knowledge_article TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.knowledge_articlefile TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.knowledge_articleorigin TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.knowledge_articlequestion TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.knowledge_articletext TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.knowledge_articleversion TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.knowledge_category TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.knowledge_feedback TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.knowledge_indexstate TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.knowledge_passage TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.knowledge_path TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.knowledge_pathstep TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.knowledge_readingday TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.knowledge_search TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.knowledge_signup TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.knowledge_synonym TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.knowledge_visiting TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.knowledge_webinar TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.language_brandvoice TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.language_departure TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.language_engineanswer TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.language_engineorder TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.language_glossaryentry TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.language_glossaryterm TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.language_languagepolicy TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.language_memoryunit TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.language_ordertext TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.language_ownphrase TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.language_phrasewording TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.language_reviewer TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.language_reviewpolicy TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.language_reviewrule TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.language_translationorder TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.language_waitingfile TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.notifications_notification TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.notifications_preference TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.notifications_pushsubscription TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.playbooks_brandmarket TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.playbooks_factchange TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.playbooks_factoverride TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.playbooks_marketnote TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.returns_entrycode TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.returns_return TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.returns_returnevent TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.returns_returnfile TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.returns_returnline TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.returns_returnplace TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.returns_returnpolicy TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.returns_returnportal TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.returns_returnsnote TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.returns_withdrawal TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.segments_bulkrun TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.segments_bulkstep TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.segments_recentsearch TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.segments_savedview TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.segments_segment TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.segments_vieworder TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.shipping_dutyrate TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.shipping_shippingrate TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.shipping_shippingterms TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.surveys_survey TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.texts_earlierwording TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.texts_localisedtext TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.texts_macro TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
CREATE POLICY one_workspace ON public.texts_variant TO dragoman_app USING ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((workspace_id = ( SELECT (NULLIF(current_setting('dragoman.workspace_id'::text, true), ''::text))::bigint AS "nullif")));
ALTER TABLE public.playbooks_brandmarket ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.playbooks_factchange ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.playbooks_factoverride ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.playbooks_marketnote ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.returns_entrycode ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.returns_return ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.returns_returnevent ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.returns_returnfile ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.returns_returnline ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.returns_returnplace ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.returns_returnpolicy ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.returns_returnportal ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.returns_returnsnote ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.returns_withdrawal ENABLE ROW LEVEL SECURITY;
CREATE POLICY search_reads ON public.community_thread FOR SELECT TO dragoman_search USING (true);
CREATE POLICY search_reads ON public.conversations_message FOR SELECT TO dragoman_search USING (true);
CREATE POLICY search_reads ON public.customers_customer FOR SELECT TO dragoman_search USING (true);
CREATE POLICY search_reads ON public.knowledge_passage FOR SELECT TO dragoman_search USING (true);
CREATE POLICY search_reads ON public.language_memoryunit FOR SELECT TO dragoman_search USING (true);
ALTER TABLE public.segments_bulkrun ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.segments_bulkstep ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.segments_recentsearch ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.segments_savedview ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.segments_segment ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.segments_vieworder ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.shipping_dutyrate ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.shipping_shippingrate ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.shipping_shippingterms ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.surveys_survey ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.texts_earlierwording ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.texts_localisedtext ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.texts_macro ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.texts_variant ENABLE ROW LEVEL SECURITY;
GRANT SELECT ON TABLE public.community_thread TO dragoman_search;
GRANT SELECT ON TABLE public.conversations_message TO dragoman_search;
GRANT SELECT ON TABLE public.customers_customer TO dragoman_search;
GRANT SELECT ON TABLE public.knowledge_passage TO dragoman_search;
GRANT SELECT ON TABLE public.language_memoryunit TO dragoman_search;
INSERT INTO public.django_migrations (app, name, applied) VALUES ('account', '0001_initial', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('account', '0002_email_max_length', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('account', '0003_alter_emailaddress_create_unique_verified_email', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('account', '0004_alter_emailaddress_drop_unique_email', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('account', '0005_emailaddress_idx_upper_email', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('account', '0006_emailaddress_lower', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('account', '0007_emailaddress_idx_email', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('account', '0008_emailaddress_unique_primary_email_fixup', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('account', '0009_emailaddress_unique_primary_email', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('accounts', '0001_initial', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('accounts', '0002_isolate', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('accounts', '0003_signatures', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('accounts', '0004_undo_send', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('accounts', '0005_brand_chat', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('accounts', '0006_density', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('accounts', '0007_terms_are_the_glossarys', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('accounts', '0008_understanding', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('accounts', '0009_forms_of_address', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('accounts', '0010_masking', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('accounts', '0011_texts_let_go', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('accounts', '0012_service_hours', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('accounts', '0013_isolate_hours', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('accounts', '0014_longer_regions', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('accounts', '0015_authority', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('accounts', '0016_isolate_authority', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('accounts', '0017_help_centre', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('assist', '0001_initial', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('assist', '0002_isolate', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('auth', '0001_initial', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('auth', '0002_alter_permission_name_max_length', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('auth', '0003_alter_user_email_max_length', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('auth', '0004_alter_user_username_opts', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('auth', '0005_alter_user_last_login_null', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('auth', '0006_require_contenttypes_0002', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('auth', '0007_alter_validators_add_error_messages', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('auth', '0008_alter_user_username_max_length', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('auth', '0009_alter_user_last_name_max_length', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('auth', '0010_alter_group_name_max_length', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('auth', '0011_update_proxy_permissions', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('auth', '0012_alter_user_first_name_max_length', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('bot', '0001_initial', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('bot', '0002_isolate', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('bot', '0003_wording', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('commerce', '0001_initial', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('commerce', '0002_isolate', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('commerce', '0003_parcels', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('commerce', '0004_isolate_lanes', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('commerce', '0005_connected_shops', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('commerce', '0006_isolate_connected_shops', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('commerce', '0007_order_actions', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('commerce', '0008_isolate_order_actions', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('commerce', '0009_carrier_hooks', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('commerce', '0010_isolate_carrier_hooks', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('commerce', '0011_inward_parcels', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('commerce', '0012_payment_accounts', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('commerce', '0013_isolate_payment_accounts', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('commerce', '0014_order_imports', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('commerce', '0015_isolate_order_imports', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('commerce', '0016_newest_of_shop', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('commerce', '0017_returns_told', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('commerce', '0018_search_key', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('community', '0001_initial', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('community', '0002_isolate', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('connections', '0001_initial', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('connections', '0002_isolate', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('connections', '0003_vendor_apps', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('connections', '0004_vendor_accounts', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('contenttypes', '0001_initial', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('contenttypes', '0002_remove_content_type_name', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('conversations', '0001_initial', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('conversations', '0002_isolate', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('conversations', '0003_junk', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('conversations', '0004_acknowledgement', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('conversations', '0005_answers_by_day', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('conversations', '0006_drafts_and_followers', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('conversations', '0007_scheduled_and_side', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('conversations', '0008_merging', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('conversations', '0009_mail_imports', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('conversations', '0010_search_from_any_place', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('conversations', '0011_drop_search_messages', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('conversations', '0012_imports_name_their_files', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('conversations', '0013_old_mail', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('conversations', '0014_understanding', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('conversations', '0015_review', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('conversations', '0016_envelopes_with_masked_data', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('conversations', '0017_faults_of_translations', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('conversations', '0018_promised_answers', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('conversations', '0019_extras_of_messages', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('customers', '0001_initial', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('customers', '0002_isolate', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('customers', '0003_deletion', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('customers', '0004_merging', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('customers', '0005_search_from_any_place', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('customers', '0006_drop_search_customers', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('customers', '0007_forms_of_address', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('customers', '0008_own_fields_and_preferences', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('events', '0001_initial', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('events', '0002_isolate', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('events', '0003_fault', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('exchange', '0001_initial', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('exchange', '0002_isolate', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('knowledge', '0001_initial', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('knowledge', '0002_isolate', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('knowledge', '0003_reading', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('knowledge', '0004_isolate_reading', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('knowledge', '0005_files_and_origins', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('knowledge', '0006_passages', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('knowledge', '0007_isolate_passages', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('knowledge', '0008_learning', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('knowledge', '0009_what_is_not_meant', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('knowledge', '0010_who_was_told', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('knowledge', '0011_what_a_file_was_made_from', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('knowledge', '0012_found_by_language', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('language', '0001_initial', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('language', '0002_isolate', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('language', '0003_engines', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('language', '0004_glossary_and_memory', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('language', '0005_isolate_glossary_and_memory', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('language', '0006_words_of_brands', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('language', '0007_brand_voice', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('language', '0008_own_phrases', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('language', '0009_review', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('language', '0010_waiting_files', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('language', '0011_waiting_texts', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('language', '0012_memory_by_bands', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('mfa', '0001_initial', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('mfa', '0002_authenticator_timestamps', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('mfa', '0003_authenticator_type_uniq', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('notifications', '0001_initial', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('notifications', '0002_isolate', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('playbooks', '0001_initial', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('playbooks', '0002_isolate', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('playbooks', '0003_longer_regions', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('playbooks', '0004_confirmed_corrections', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('procrastinate', '0001_initial', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('procrastinate', '0002_drop_started_at_column', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('procrastinate', '0003_drop_started_at_column', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('procrastinate', '0004_drop_procrastinate_version_table', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('procrastinate', '0005_fix_procrastinate_fetch_job', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('procrastinate', '0006_fix_trigger_status_events_insert', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('procrastinate', '0007_add_queueing_lock_column', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('procrastinate', '0008_close_fetch_job_race_condition', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('procrastinate', '0009_add_defer_job_function', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('procrastinate', '0010_add_procrastinate_periodic_defers', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('procrastinate', '0011_add_foreign_key_index', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('procrastinate', '0012_add_locks_to_periodic_defer', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('procrastinate', '0013_fix_procrastinate_defer_periodic_job', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('procrastinate', '0014_add_finish_job_and_retry_job_functions', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('procrastinate', '0015_add_trigger_on_job_deletion', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('procrastinate', '0016_delete_finished_jobs', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('procrastinate', '0017_add_checks_to_finish_job', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('procrastinate', '0018_add_checks_to_retry_job', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('procrastinate', '0019_fix_finish_job_compat_issue', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('procrastinate', '0020_add_index_on_procrastinate_jobs', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('procrastinate', '0021_add_kwargs_to_defer_periodic_job', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('procrastinate', '0022_null_locks_excluded', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('procrastinate', '0023_remove_old_finish_job_function', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('procrastinate', '0024_job_id_bigint', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('procrastinate', '0025_add_models', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('procrastinate', '0026_add_job_priority', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('procrastinate', '0027_add_periodic_job_priority', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('procrastinate', '0028_add_cancel_states', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('procrastinate', '0029_add_additional_params_to_retry_job', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('procrastinate', '0030_alter_procrastinateevent_options', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('procrastinate', '0031_add_indexes_for_fetch_job', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('procrastinate', '0032_pre_cancel_notification', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('procrastinate', '0033_post_cancel_notification', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('procrastinate', '0034_pre_add_heartbeat', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('procrastinate', '0035_post_add_heartbeat', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('procrastinate', '0036_add_worker_model', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('procrastinate', '0037_pre_batch_defer_jobs', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('procrastinate', '0038_post_batch_defer_jobs', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('procrastinate', '0039_pre_priority_lock_fetch_job', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('procrastinate', '0040_pre_retry_failed_job', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('procrastinate', '0041_post_retry_failed_job', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('returns', '0001_initial', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('returns', '0002_isolate', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('returns', '0003_returns', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('returns', '0004_isolate_returns', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('returns', '0005_endings', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('returns', '0006_parcels', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('returns', '0007_portal', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('returns', '0008_isolate_portal', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('returns', '0009_files_and_gifts', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('returns', '0010_places', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('returns', '0011_isolate_places', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('returns', '0012_language', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('returns', '0013_exchanges', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('segments', '0001_initial', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('segments', '0002_isolate', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('segments', '0003_view_order', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('segments', '0004_segments', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('segments', '0005_segment_in_workspace', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('sessions', '0001_initial', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('shipping', '0001_initial', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('shipping', '0002_isolate', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('shipping', '0003_promise', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('surveys', '0001_initial', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('surveys', '0002_isolate', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('texts', '0001_initial', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('texts', '0002_isolate', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('texts', '0003_localised_texts', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('texts', '0004_isolate_texts', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('texts', '0005_carry_over', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('texts', '0006_macros_let_go', now());
INSERT INTO public.django_migrations (app, name, applied) VALUES ('usersessions', '0001_initial', now());
