-- Everybody's cart with two lines, and the consumer's cursors. :clients and :orders (of each client) come from outside.
create temporary table numbers as
select 10000000 + c * 100000 + i as n, (i + 3 * c) % 20 as s from generate_series(0, :clients - 1) c, generate_series(1, :orders) i;
insert into carts (id, account_id, checkout_id, version)
select 'crt_' || repeat('0', 24) || n, 'acc_' || repeat('0', 24) || n, 'chk_' || repeat('0', 24) || n, 5 from numbers;
insert into cart_lines (cart_id, sku, quantity)
select 'crt_' || repeat('0', 24) || n, 'BENCH-' || s + 20 * half, 1 from numbers, generate_series(0, 1) half;
insert into inbox_cursor (grp, topic, part) select 'cart', topic, part from unnest('{orders,catalog}'::text[]) topic, generate_series(0, 7) part;
