-- What the database payments does for one order: 21 statements, 3 commits.
-- Written by Tests/Benchmarks/bench.py --write-statements from the server's log. Not edited by hand.
\set i :i + 1
\set n 10000000 + :client_id * 100000 + :i
\set p :client_id % 8
\set s0 (:i + 3 * :client_id) % 20
\set s1 20 + :s0

BEGIN;
select epoch, pos, parked from inbox_cursor where grp = 'payments' and topic = 'orders' and part = :p::int for update;
select id, order_id, status, currency, authorized, captured, refunded, version, provider_token, provider_intent from payments where order_id = ('ord_000000000000000000000000' || :n) for update;
select state, reply_type, reply from payment_commands where id = ('cmd_000000000000000000000000' || :n || 'authorize');
select exists (select from payment_commands where order_id = ('ord_000000000000000000000000' || :n) and state <> 'done');
select provider_token from payment_methods where id = ('pm_000000000000000000000000' || :n) and account_id = ('acc_000000000000000000000000' || :n);
insert into payments (id, order_id, account_id, payment_method_id, provider_token, status, currency, authorized) values (('pay_000000000000000000000000' || :n), ('ord_000000000000000000000000' || :n), ('acc_000000000000000000000000' || :n), ('pm_000000000000000000000000' || :n), ('pmt_0000000000000000' || :n), 'authorizing', 'GBP', '6990');
insert into payment_commands (id, order_id, payment_id, operation, amount, currency, refund_id, account_id, payment_method_id, state, reply_type, reply, done_at) values (('cmd_000000000000000000000000' || :n || 'authorize'), ('ord_000000000000000000000000' || :n), ('pay_000000000000000000000000' || :n), 'authorize', '6990', 'GBP', null, ('acc_000000000000000000000000' || :n), ('pm_000000000000000000000000' || :n), 'open', null, null, case when 'open' = 'done' then now() end);
insert into psp_calls (id, payment_id, order_id, operation, amount, currency, refund_id, provider_token, provider_intent, traceparent) values (('cmd_000000000000000000000000' || :n || 'authorize'), ('pay_000000000000000000000000' || :n), ('ord_000000000000000000000000' || :n), 'authorize', '6990', 'GBP', null, ('pmt_0000000000000000' || :n), null, '00-8816b7a9b797a71f01adb66802dc2d4d-32dee1646dc4e8bd-01');
update inbox_cursor set epoch = '1', pos = '7', parked = '0' where grp = 'payments' and topic = 'orders' and part = :p::int;
COMMIT;

BEGIN;
select id, order_id, status, currency, authorized, captured, refunded, version, provider_token, provider_intent from payments where order_id = ('ord_000000000000000000000000' || :n) for update;
select state from psp_calls where id = ('cmd_000000000000000000000000' || :n || 'authorize') for update;
select id, order_id, payment_id, operation, amount, currency, refund_id, account_id, payment_method_id from payment_commands where order_id = ('ord_000000000000000000000000' || :n) and state = 'queued' order by position limit 20;
update psp_calls set state = 'done', closed_at = now(), outcome = 'done', outcome_code = null, provider_ref = ('pi_0000000000000000' || :n) where id = ('cmd_000000000000000000000000' || :n || 'authorize');
insert into ledger_transactions (id, kind, ref, order_id, currency, pending_id) values (('pay_000000000000000000000000' || :n || (':' || 'authorize')), '1', ('pay_000000000000000000000000' || :n), ('ord_000000000000000000000000' || :n), 'GBP', null);
insert into ledger_entries (transaction_id, seq, account, amount, layer) select ('pay_000000000000000000000000' || :n || (':' || 'authorize')), e.seq, e.account, e.amount, e.layer from unnest('{psp-clearing,customer-receivable}'::text[], '{6990,-6990}'::bigint[], '{1,1}'::bigint[]) with ordinality as e (account, amount, layer, seq);
update payment_commands set state = 'done', reply_type = 'souk.payment.authorized.v1', reply = '\x0a2d636d645f3031613166643132633763633731316438656130376639633339313737643034617574686f72697a6512246f72645f30316131666431326337636337313164386561303766396333393137376430341a247061795f3031613166643132633763633766633561623163613936333365373132313237220808ce361203474250', done_at = now() where id = ('cmd_000000000000000000000000' || :n || 'authorize') and state <> 'done';
update payments set status = 'authorized', captured = '0', refunded = '0', version = '1', provider_intent = ('pi_0000000000000000' || :n), updated_at = now() where id = ('pay_000000000000000000000000' || :n);
insert into outbox (part, agg_type, agg_id, agg_ver, event_id, type, traceparent, payload) values (:p::int, 'payment', ('ord_000000000000000000000000' || :n), '1', ('00000000-0000-7000-8000-0000' || :n)::uuid, 'souk.payment.authorized.v1', '00-8816b7a9b797a71f01adb66802dc2d4d-a054bd6ceaaf515a-01', '\x0a2d636d645f3031613166643132633763633731316438656130376639633339313737643034617574686f72697a6512246f72645f30316131666431326337636337313164386561303766396333393137376430341a247061795f3031613166643132633763633766633561623163613936333365373132313237220808ce361203474250');
COMMIT;

BEGIN;
insert into psp_events (id, type, provider_intent) values (('evt_0000000000000000' || :n), 'payment_intent.authorized', ('pi_0000000000000000' || :n)) on conflict (id) do nothing;
select id, order_id, status, currency from payments where provider_intent = ('pi_0000000000000000' || :n) or id = ('pay_000000000000000000000000' || :n) order by (provider_intent = ('pi_0000000000000000' || :n)) desc nulls last limit 1;
update psp_calls set next_at = now() where state = 'unknown' and operation <> 'inspect' and payment_id = ('pay_000000000000000000000000' || :n);
COMMIT;
