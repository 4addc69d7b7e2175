-- Forty products with plenty of stock, and the consumer's cursors.
insert into products (sku, name, description, price_minor, currency)
select 'BENCH-' || n, 'Measured lantern BENCH-' || n, 'Pierced brass with amber glass; throws a pattern of stars on the wall.', 3495, 'GBP'
from generate_series(0, 39) n;
insert into stock (sku, available) select sku, 1000000 from products;
insert into inbox_cursor (grp, topic, part) select 'catalog', 'orders', part from generate_series(0, 7) part;
