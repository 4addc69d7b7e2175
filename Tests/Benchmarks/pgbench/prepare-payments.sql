-- Everybody's card, and the consumer's cursors. :clients and :orders (of each client) come from outside.
insert into payment_methods (id, account_id, provider_token, brand, last4, exp_month, exp_year)
select 'pm_' || repeat('0', 24) || n, 'acc_' || repeat('0', 24) || n, 'pmt_' || repeat('0', 16) || n, 'visa', '4242', 12, 2035
from (select 10000000 + c * 100000 + i as n from generate_series(0, :clients - 1) c, generate_series(1, :orders) i) as numbers;
insert into inbox_cursor (grp, topic, part) select 'payments', 'orders', part from generate_series(0, 7) part;
insert into ledger_accounts (code, kind) values ('customer-receivable', 'asset'), ('psp-clearing', 'asset');
