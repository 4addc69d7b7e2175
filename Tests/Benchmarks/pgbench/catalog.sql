-- What the database catalog does for one order: 9 statements, 1 commits.
-- Written by Tests/Benchmarks/bench.py --write-statements from the server's log. Not edited by hand.
\set i :i + 1
\set n 10000000 + :client_id * 100000 + :i
\set p :client_id % 8
\set s0 (:i + 3 * :client_id) % 20
\set s1 20 + :s0

select p.sku, p.name, p.description, p.price_minor, p.currency, p.image_url, s.available, p.version, s.revision from products p join stock s using (sku) where p.sku = any(('{BENCH-' || :s0 || ',BENCH-' || :s1 || '}')::text[]);

BEGIN;
select epoch, pos, parked from inbox_cursor where grp = 'catalog' and topic = 'orders' and part = :p::int for update;
select state, version, shortages from reservations where order_id = ('ord_000000000000000000000000' || :n) for update;
select s.sku, s.available, s.revision, p.name, p.price_minor, p.currency from stock s join products p using (sku) where s.sku = any(('{BENCH-' || :s0 || ',BENCH-' || :s1 || '}')::text[]) order by s.sku for update of s;
insert into reservations (order_id, state, shortages) values (('ord_000000000000000000000000' || :n), 'held', '[]');
insert into reservation_lines (order_id, sku, quantity) select ('ord_000000000000000000000000' || :n), w.sku, w.quantity from unnest(('{BENCH-' || :s0 || ',BENCH-' || :s1 || '}')::text[], '{1,1}'::bigint[]) as w (sku, quantity);
update stock s set available = s.available - w.quantity, held = s.held + w.quantity, revision = s.revision + 1 from unnest(('{BENCH-' || :s0 || ',BENCH-' || :s1 || '}')::text[], '{1,1}'::bigint[]) as w (sku, quantity) where s.sku = w.sku;
insert into outbox (part, agg_type, agg_id, agg_ver, event_id, type, traceparent, payload) values (:p::int, 'reservation', ('ord_000000000000000000000000' || :n), '1', ('00000000-0000-7000-8000-0000' || :n)::uuid, 'souk.stock.reserved.v1', '00-8816b7a9b797a71f01adb66802dc2d4d-779705864b13742b-01', '\x0a2b636d645f30316131666431326337636337313164386561303766396333393137376430347265736572766512246f72645f3031613166643132633763633731316438656130376639633339313737643034');
update inbox_cursor set epoch = '1', pos = '6', parked = '0' where grp = 'catalog' and topic = 'orders' and part = :p::int;
COMMIT;
