-- What the database cart does for one order: 11 statements, 2 commits.
-- Written by Tests/Benchmarks/bench.py --write-statements from the server's log. Not edited by hand.
\set i :i + 1
\set n 10000000 + :client_id * 100000 + :i
\set p :client_id % 8
\set s0 (:i + 3 * :client_id) % 20
\set s1 20 + :s0

select c.id, c.checkout_id, c.version, l.sku, l.quantity from carts c left join cart_lines l on l.cart_id = c.id where c.account_id = ('acc_000000000000000000000000' || :n) order by l.place;

BEGIN;
insert into completed_checkouts (checkout_id, order_id) values (('chk_000000000000000000000000' || :n), ('ord_000000000000000000000000' || :n)) on conflict do nothing;
select id, version from carts where account_id = ('acc_000000000000000000000000' || :n) and checkout_id = ('chk_000000000000000000000000' || :n) for update;
delete from cart_lines l using unnest(('{BENCH-' || :s0 || ',BENCH-' || :s1 || '}')::text[], '{1,1}'::bigint[]) as o (sku, quantity) where l.cart_id = ('crt_000000000000000000000000' || :n) and l.sku = o.sku and l.quantity <= o.quantity;
update cart_lines l set quantity = l.quantity - o.quantity from unnest(('{BENCH-' || :s0 || ',BENCH-' || :s1 || '}')::text[], '{1,1}'::bigint[]) as o (sku, quantity) where l.cart_id = ('crt_000000000000000000000000' || :n) and l.sku = o.sku;
update carts set checkout_id = ('chk_000000000000000000000001' || :n), version = version + 1, updated_at = now() where id = ('crt_000000000000000000000000' || :n);
insert into outbox (part, agg_type, agg_id, agg_ver, event_id, type, traceparent, payload) values (:p::int, 'cart', ('crt_000000000000000000000000' || :n), '6', ('00000000-0000-7000-8000-0000' || :n)::uuid, 'souk.cart.checked_out.v1', '00-8816b7a9b797a71f01adb66802dc2d4d-7f7e53f824dee844-01', '\x0a246372745f303161316664313263313734373964316164346131656262393033613661383412246163635f30316131666431326266326137366434393833613538386665323531383266631a2463686b5f303161316664313263316663376430306139343136316236326638323432666122246f72645f3031613166643132633763633731316438656130376639633339313737643034');
COMMIT;

BEGIN;
select epoch, pos, parked from inbox_cursor where grp = 'cart' and topic = 'orders' and part = :p::int for update;
insert into completed_checkouts (checkout_id, order_id) values (('chk_000000000000000000000000' || :n), ('ord_000000000000000000000000' || :n)) on conflict do nothing;
select id, version from carts where account_id = ('acc_000000000000000000000000' || :n) and checkout_id = ('chk_000000000000000000000000' || :n) for update;
update inbox_cursor set epoch = '1', pos = '6', parked = '0' where grp = 'cart' and topic = 'orders' and part = :p::int;
COMMIT;
