internal import Postgres

extension Outbox {
    /// A tick for a relay that remembers its last one.
    ///
    /// Most looks come a few milliseconds after the one before, from the same relay, to the same server. Then everything that
    /// the last snapshot shows has its number, and one short range of an index holds what is new, for all partitions at once.
    /// `outbox_tick_now`, which believes nothing but the rows, looks through the range of each partition in each slot.
    static let tickAfter = #"""
        create index outbox_recent on outbox (xid);

        -- The same as outbox_tick_now, and with each row a mark to begin the next look at: the server's start and a snapshot in
        -- which every event of the owner's partitions has its number. Another server, or this one started anew, does not know the
        -- mark, so neither a promotion nor a restored copy is ever looked at with an old one: it gets a whole look, which also
        -- looks after the epoch. A whole look that finds nothing answers one row with the mark alone.
        create function outbox_tick_after(p_owner uuid, p_mark text, p_limit integer)
        returns table (event outbox_event, mark text) language plpgsql
        set jit = off set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
        set plan_cache_mode = force_generic_plan as $$
        declare
          v_server text := pg_postmaster_start_time()::text;
          v_snap pg_snapshot := pg_current_snapshot();
          v_mark text := v_server || '/' || v_snap;
          v_since pg_snapshot;
          v_events outbox[];
          v_late outbox[];
        begin
          if split_part(p_mark, '/', 1) = v_server then
            v_since := split_part(p_mark, '/', 2);
            select array_agg(o) into v_events from (
              select i.* from outbox i
              where i.xid >= pg_snapshot_xmax(v_since) and i.xid < pg_snapshot_xmax(v_snap) and pg_visible_in_snapshot(i.xid, v_snap)
              limit p_limit + 1) o;
            if pg_snapshot_xmin(v_since) < pg_snapshot_xmax(v_since) then
              select array_agg(o) into v_late from (
                select i.* from pg_snapshot_xip(v_since) x(xid) join lateral (select k.* from outbox k where k.xid = x.xid) i on true
                where pg_visible_in_snapshot(x.xid, v_snap)
                limit p_limit + 1) o;
              v_events := v_events || v_late;
            end if;
            if v_events is null then return; end if;
          end if;
          if v_events is null or cardinality(v_events) > p_limit then
            return query select t, v_mark from outbox_tick_now(p_owner, p_limit) t;
            if not found then return query select null::outbox_event, v_mark; end if;
            return;
          end if;
          -- The row of a partition is locked by changing it. Should another owner have been faster, its numbers have moved on,
          -- nothing matches, and the events stay for the next whole look.
          return query
          with fresh as materialized (
            select e.*, row_number() over (partition by e.part order by e.id) as rank, p.snap, p.pseq as base
            from unnest(v_events) e join outbox_part p on p.part = e.part
            where p.owner = p_owner and not pg_visible_in_snapshot(e.xid, p.snap)
          ), moved as (
            update outbox_part p set snap = v_snap, pseq = p.pseq + f.n, last_id = greatest(p.last_id, f.last_id)
            from (select u.part, u.base, count(*) as n, max(u.id) as last_id from fresh u group by u.part, u.base) f
            where p.part = f.part and p.pseq = f.base and p.owner = p_owner
            returning p.part, p.pseq as head, cardinality(p.bases) as epoch
          ), ticks as (
            insert into outbox_tick (part, base, n, first_id, last_id, s1, s2)
            select f.part, f.base + min(f.rank) - 1, count(*), min(f.id), max(f.id), (array_agg(f.snap))[1], v_snap
            from fresh f join moved m on m.part = f.part
            group by f.part, f.base, (f.rank - 1) / 500
          )
          select row(f.part, f.base + f.rank, m.head, f.event_id, f.type, f.agg_type, f.agg_id, f.agg_ver, f.traceparent,
            f.created_at, f.payload, m.epoch)::outbox_event, v_mark
          from fresh f join moved m on m.part = f.part
          order by f.part, f.rank;
        end $$;
        """#
}
