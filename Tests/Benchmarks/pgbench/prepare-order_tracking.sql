-- The consumer's cursors; all else an order brings with it.
insert into inbox_cursor (grp, topic, part)
select 'order-tracking', topic, part from unnest('{catalog,payments}'::text[]) topic, generate_series(0, 7) part;
