public import Postgres

extension Outbox {
    /// The tables and functions of an outbox; applied by the producing service beside its own migrations.
    ///
    /// The engine is that of PgQ (Marko Kreen, Skype): a tick stores the transaction snapshot, and the events of a batch
    /// are those that became visible between two snapshots. Unlike an `id > last` poll it misses no transaction that commits
    /// late, and unlike a watermark it is not held up by one that stays open.
    public static let migrations: [PostgresMigration] = [
        PostgresMigration(id: "E001_outbox", sql: Outbox.schema),
        PostgresMigration(id: "E003_outbox_faster_tick", sql: Outbox.fasterTick),
        PostgresMigration(id: "E004_outbox_tick_after", sql: Outbox.tickAfter),
    ]

    private static let schema = #"""
        -- The events, in the producer's own transactions. Never updated; a day's slot is truncated when all readers have passed.
        create table outbox (
          id bigint generated always as identity,
          xid xid8 not null default pg_current_xact_id(),
          slot smallint not null default floor(extract(epoch from now()) / 86400)::bigint % 5,
          part smallint not null,
          agg_type text not null,
          agg_id text not null,
          agg_ver bigint not null,
          event_id uuid not null,
          type text not null,
          traceparent text,
          payload bytea not null,
          created_at timestamptz not null default now()
        ) partition by list (slot);

        -- One row for each batch that got its numbers: the two snapshots between which its events became visible. Immutable.
        create table outbox_tick (
          slot smallint not null default floor(extract(epoch from now()) / 86400)::bigint % 5,
          part smallint not null,
          base bigint not null,
          n integer not null,
          first_id bigint not null,
          last_id bigint not null,
          s1 pg_snapshot not null,
          s2 pg_snapshot not null,
          primary key (slot, part, base)
        ) partition by list (slot);

        do $$ begin
          for slot in 0..4 loop
            execute format('create table outbox_%1$s partition of outbox for values in (%1$s)', slot);
            execute format('create table outbox_tick_%1$s partition of outbox_tick for values in (%1$s)', slot);
          end loop;
        end $$;

        create index outbox_new on outbox (part, xid);
        create index outbox_order on outbox (part, id);

        -- One row for each partition: the last snapshot and number, and who may give the next one.
        create table outbox_part (
          part smallint primary key,
          snap pg_snapshot not null default '3:3:',
          pseq bigint not null default 0,
          last_id bigint not null default 0,
          bases bigint[] not null default '{0}',
          owner uuid,
          fence bigint not null default 0,
          lease_until timestamptz
        ) with (fillfactor = 50);

        -- How far each group of consumers has applied.
        create table outbox_consumer (
          grp text not null,
          part smallint not null,
          epoch bigint not null,
          pos bigint not null,
          at timestamptz not null default now(),
          primary key (grp, part)
        ) with (fillfactor = 50);

        -- Which history of the database this is: the cluster, and its timeline, which a promotion changes.
        create function outbox_cluster() returns text language sql stable as $$
          select system_identifier || '/' || substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8) from pg_control_system()
        $$;

        create table outbox_state (
          only_row boolean primary key default true check (only_row),
          cluster text not null default outbox_cluster()
        );
        insert into outbox_state default values;

        -- Begins a new epoch when the history changed. After a restore into another cluster the transaction ids of the rows mean
        -- nothing any more, so rows without a number are stamped anew.
        create function outbox_check_epoch() returns void language plpgsql as $$
        declare
          v_here text := outbox_cluster();
          v_last text;
        begin
          select cluster into v_last from outbox_state;
          if v_last = v_here then return; end if;
          select cluster into v_last from outbox_state for update;
          if v_last = v_here then return; end if;
          if split_part(v_last, '/', 1) <> split_part(v_here, '/', 1) then
            lock table outbox in share row exclusive mode;
            update outbox o set xid = pg_current_xact_id() from outbox_part p
              where p.part = o.part and not (o.id <= p.last_id and pg_visible_in_snapshot(o.xid, p.snap));
            update outbox_part set snap = pg_current_snapshot();
          end if;
          update outbox_part set bases = bases || pseq;
          update outbox_state set cluster = v_here;
        end $$;

        -- Renews the owner's partitions and takes those that are free or whose owner is silent.
        create function outbox_lease(p_owner uuid, p_ttl interval)
        returns table (part smallint, pseq bigint, bases bigint[]) language plpgsql as $$
        begin
          perform outbox_check_epoch();
          return query
            update outbox_part p
            set owner = p_owner, lease_until = clock_timestamp() + p_ttl,
                fence = p.fence + case when p.owner is distinct from p_owner then 1 else 0 end
            where p.part in (
              select q.part from outbox_part q
              where q.owner = p_owner or q.owner is null or q.lease_until < clock_timestamp()
              order by q.part for update skip locked)
            returning p.part, p.pseq, p.bases;
        end $$;

        create type outbox_event as (
          part smallint, pseq bigint, head bigint, event_id uuid, type text, agg_type text, agg_id text, agg_ver bigint,
          traceparent text, created_at timestamptz, payload bytea, epoch integer
        );

        -- Events by number, also long after they were numbered: the set between two stored snapshots never changes.
        -- JIT is off in these functions: switching scans off makes costs look huge, and compiling would take 100 ms.
        create function outbox_read(p_part smallint, p_from bigint, p_limit integer)
        returns setof outbox_event language plpgsql stable
        set jit = off set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
        declare
          t record;
          v_head bigint;
          v_epoch integer;
          v_left integer := p_limit;
          v_count integer;
        begin
          select p.pseq, cardinality(p.bases) into v_head, v_epoch from outbox_part p where p.part = p_part;
          for t in
            select k.* from outbox_tick k
            where k.part = p_part and k.base > p_from - 501 and k.base + k.n >= p_from
            order by k.base limit p_limit
          loop
            exit when v_left <= 0;
            return query
              select e.* from (
                select o.part, t.base + row_number() over (order by o.id) as pseq, v_head, o.event_id, o.type, o.agg_type,
                  o.agg_id, o.agg_ver, o.traceparent, o.created_at, o.payload, v_epoch
                from outbox o
                where o.part = p_part and o.id between t.first_id and t.last_id
                  and pg_visible_in_snapshot(o.xid, t.s2) and not pg_visible_in_snapshot(o.xid, t.s1)
              ) e where e.pseq >= p_from order by e.pseq limit v_left;
            get diagnostics v_count = row_count;
            v_left := v_left - v_count;
          end loop;
        end $$;

        -- Gives numbers to what became visible since the last time, and returns the first of it. Writes nothing when nothing came.
        -- Within a batch the order is that of the ids, which were drawn under the aggregates' row locks.
        create function outbox_tick_now(p_owner uuid, p_limit integer)
        returns setof outbox_event language plpgsql
        set jit = off set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
        declare
          r record;
          v_parts smallint[];
          v_snap pg_snapshot;
          v_n bigint;
          v_last bigint;
          v_left integer := p_limit;
          v_count integer;
        begin
          select array_agg(p.part) into v_parts from outbox_part p
          where p.owner = p_owner and (
            exists (select from outbox o where o.part = p.part and o.xid >= pg_snapshot_xmax(p.snap))
            or exists (
              select from pg_snapshot_xip(p.snap) x(xid)
              cross join lateral (select from outbox o where o.part = p.part and o.xid = x.xid limit 1) late));
          if v_parts is null then return; end if;
          perform outbox_check_epoch();
          perform from outbox_part p where p.part = any(v_parts) and p.owner = p_owner order by p.part for update;
          v_snap := pg_current_snapshot();
          for r in select p.* from outbox_part p where p.part = any(v_parts) and p.owner = p_owner order by p.part loop
            with fresh as (
              select o.id from outbox o
              where o.part = r.part and o.xid >= pg_snapshot_xmax(r.snap) and o.xid < pg_snapshot_xmax(v_snap)
                and pg_visible_in_snapshot(o.xid, v_snap)
              union all
              select o.id from pg_snapshot_xip(r.snap) x(xid)
              cross join lateral (select i.id from outbox i where i.part = r.part and i.xid = x.xid) o
              where pg_visible_in_snapshot(x.xid, v_snap)
            ), numbered as (
              select f.id, row_number() over (order by f.id) as rank from fresh f
            ), ticks as (
              insert into outbox_tick (part, base, n, first_id, last_id, s1, s2)
              select r.part, r.pseq + min(u.rank) - 1, count(*), min(u.id), max(u.id), r.snap, v_snap
              from numbered u group by (u.rank - 1) / 500
              returning n, last_id
            )
            select sum(k.n), max(k.last_id) into v_n, v_last from ticks k;
            continue when v_n is null;
            update outbox_part p set snap = v_snap, pseq = r.pseq + v_n, last_id = greatest(p.last_id, v_last)
            where p.part = r.part;
            v_count := 0;
            if v_left > 0 then
              return query select * from outbox_read(r.part, r.pseq + 1, least(v_left, v_n)::integer);
              get diagnostics v_count = row_count;
              v_left := v_left - v_count;
            end if;
            if v_count = 0 then
              return query select r.part, null::bigint, r.pseq + v_n, null::uuid, null::text, null::text, null::text,
                null::bigint, null::text, null::timestamptz, null::bytea, cardinality(r.bases);
            end if;
          end loop;
        end $$;

        -- The number before the oldest event that can still be read.
        create function outbox_earliest(p_part smallint) returns bigint language sql stable as $$
          select coalesce(
            (select k.base from outbox_tick k
             where k.part = p_part
               and exists (select from outbox o where o.part = p_part and o.id between k.first_id and k.last_id)
             order by k.base limit 1),
            (select p.pseq from outbox_part p where p.part = p_part))
        $$;

        -- Truncates the slot that will be written tomorrow, unless a reader still needs it (-1).
        create function outbox_expire() returns integer language plpgsql as $$
        declare
          v_slot smallint;
          v_done integer := 0;
          v_blocked boolean;
        begin
          -- Today's slot and the three before it hold events younger than 72 hours.
          v_slot := (floor(extract(epoch from now()) / 86400)::bigint + 1) % 5;
          perform set_config('lock_timeout', '200ms', true);
          execute format('select exists (select from outbox_%1$s) or exists (select from outbox_tick_%1$s)', v_slot) into v_blocked;
          if not v_blocked then return 0; end if;
          execute format($q$
            with passed as (
              select p.part, p.snap, (select min(c.pos) from outbox_consumer c where c.part = p.part) as pos from outbox_part p
            ), edge as (
              select p.part, p.pos, coalesce(
                (select k.s1 from outbox_tick k where k.part = p.part and k.base + k.n > p.pos order by k.base limit 1), p.snap) as snap
              from passed p
            )
            select exists (select from outbox_%1$s o join edge e using (part) where not pg_visible_in_snapshot(o.xid, e.snap))
              or exists (select from outbox_tick_%1$s k join edge e using (part) where k.base + k.n > e.pos)
            $q$, v_slot) into v_blocked;
          if v_blocked then return -1; end if;
          execute format('truncate outbox_%1$s, outbox_tick_%1$s', v_slot);
          return 1;
        end $$;
        """#
}
