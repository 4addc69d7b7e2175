internal import Postgres

extension Outbox {
    /// The tick in one statement for all partitions, and without planning anew.
    ///
    /// With a few events in some of the partitions, planning over the tables of all slots cost ten times what the work did; and
    /// without an index on the number, each look at a batch read the keys of all ticks of five days.
    static let fasterTick = #"""
        create index outbox_tick_order on outbox_tick (part, base);

        -- The best plan does not depend on the values: making one for each call cost more than the work.
        alter function outbox_read(smallint, bigint, integer) set plan_cache_mode = force_generic_plan;

        -- Gives numbers to what became visible since the last time, and returns the first of it. Writes nothing when nothing came.
        -- Within a batch the order is that of the ids, which were drawn under the aggregates' row locks.
        create or replace function outbox_tick_now(p_owner uuid, p_limit integer)
        returns setof outbox_event language plpgsql
        set jit = off set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
        set plan_cache_mode = force_generic_plan as $$
        declare
          v_parts smallint[];
          v_snap pg_snapshot;
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
          return query
          with due as materialized (
            select p.part, p.snap, p.pseq, cardinality(p.bases) as epoch
            from outbox_part p where p.part = any(v_parts) and p.owner = p_owner
          ), fresh as (
            select d.part, o.id from due d cross join lateral (
              select i.id from outbox i
              where i.part = d.part and i.xid >= pg_snapshot_xmax(d.snap) and i.xid < pg_snapshot_xmax(v_snap)
                and pg_visible_in_snapshot(i.xid, v_snap)
              union all
              select i.id from pg_snapshot_xip(d.snap) x(xid)
              join lateral (select i.id from outbox i where i.part = d.part and i.xid = x.xid) i on true
              where pg_visible_in_snapshot(x.xid, v_snap)
            ) o
          ), numbered as materialized (
            select f.part, f.id, row_number() over (partition by f.part order by f.id) as rank from fresh f
          ), ticks as (
            insert into outbox_tick (part, base, n, first_id, last_id, s1, s2)
            select d.part, d.pseq + b.first - 1, b.n, b.first_id, b.last_id, d.snap, v_snap
            from (select u.part, min(u.rank) as first, count(*) as n, min(u.id) as first_id, max(u.id) as last_id
                  from numbered u group by u.part, (u.rank - 1) / 500) b join due d using (part)
            returning part, n, last_id
          ), moved as (
            update outbox_part p set snap = v_snap, pseq = p.pseq + k.n, last_id = greatest(p.last_id, k.last_id)
            from (select t.part, sum(t.n)::bigint as n, max(t.last_id) as last_id from ticks t group by t.part) k
            where p.part = k.part
            returning p.part, p.pseq
          ), chosen as (
            select u.part, u.id, u.rank from numbered u order by u.part, u.rank limit p_limit
          )
          select m.part, d.pseq + c.rank, m.pseq, o.event_id, o.type, o.agg_type, o.agg_id, o.agg_ver, o.traceparent,
            o.created_at, o.payload, d.epoch
          from moved m join due d using (part)
          left join chosen c on c.part = m.part
          left join lateral (select i.* from outbox i where i.part = c.part and i.id = c.id) o on true
          order by m.part, c.rank;
        end $$;
        """#
}
