import Postgres

/// The SQL by which the three books of the money are compared.
enum ReconciliationStatements {
    /// Orders whose ledger does not say what their payment says, and by how much. Both are written in one transaction, so
    /// they agree at every moment.
    static let ledgerDifferences: PostgresQuery = """
        select order_id, difference::bigint from (
          select p.order_id, abs(coalesce(l.captured, 0) - p.captured) + abs(coalesce(l.refunded, 0) - p.refunded)
            + abs(coalesce(l.held, 0) - case when p.status in ('authorized', 'failed') and p.captured = 0 then p.authorized else 0 end)
            as difference
          from payments p left join lateral (
            select -sum(e.amount) filter (where e.account = 'sales' and e.layer = 0) as captured,
              sum(e.amount) filter (where e.account = 'refunds' and e.layer = 0) as refunded,
              sum(e.amount) filter (where e.account = 'psp-clearing' and e.layer = 1) as held
            from ledger_transactions t join ledger_entries e on e.transaction_id = t.id where t.order_id = p.order_id
          ) l on true
          where p.updated_at > now() - interval '1 day') d
        where difference <> 0 order by order_id
        """

    /// Moves the place in the journal, if nobody else has.
    static func move(from old: Int64, to new: Int64) -> PostgresQuery {
        "update provider_journal_place set sequence = \(new) where sequence = \(old)"
    }

    /// Adds lines to the provider's books.
    static func add(_ lines: [ProviderJournalLine]) -> PostgresQuery {
        let lines = lines.filter { $0.intent != nil && ["authorized", "captured", "voided", "refunded"].contains($0.type) }
        return """
            insert into provider_books (provider_intent, payment_id, order_id, authorized, captured, refunded, is_voided)
            select intent, nullif(max(payment), ''), nullif(max(ord), ''),
              coalesce(sum(amount) filter (where type = 'authorized'), 0), coalesce(sum(amount) filter (where type = 'captured'), 0),
              coalesce(sum(amount) filter (where type = 'refunded'), 0), bool_or(type = 'voided')
            from unnest(\(lines.map(\.type)), \(lines.map { $0.intent ?? "" }), \(lines.map { $0.paymentID ?? "" }),
              \(lines.map { $0.orderID ?? "" }), \(lines.map(\.amount))) as l (type, intent, payment, ord, amount)
            group by intent
            on conflict (provider_intent) do update set authorized = provider_books.authorized + excluded.authorized,
              captured = provider_books.captured + excluded.captured, refunded = provider_books.refunded + excluded.refunded,
              is_voided = provider_books.is_voided or excluded.is_voided, updated_at = now()
            """
    }

    /// Writes down where payments at rest and the provider's books differ.
    ///
    /// - Returns: One row: all differences added up.
    static func compareProvider(grace: Duration) -> PostgresQuery {
        """
        with compared as (\(self.compared(grace)))
        , written as (
          insert into reconciliation_differences (payment_id, provider_intent, ours, theirs)
          select payment_id, intent, ours, theirs from compared where difference > 0
          on conflict (provider_intent) do update set ours = excluded.ours, theirs = excluded.theirs, resolved_at = null,
            found_at = case when reconciliation_differences.resolved_at is null then reconciliation_differences.found_at else now() end
        )
        select coalesce(sum(difference), 0)::bigint from compared
        """
    }

    /// Closes differences that are no more.
    static func resolve(grace: Duration) -> PostgresQuery {
        """
        with compared as (\(self.compared(grace)))
        update reconciliation_differences d set resolved_at = now() from compared c
        where d.provider_intent = c.intent and d.resolved_at is null and c.difference = 0
        """
    }

    static let openDifferences: PostgresQuery = "select count(*) from reconciliation_differences where resolved_at is null"

    /// Payments and the provider's intents side by side, as far as both are at rest. What is held counts as money. A payment
    /// that failed is a person's matter already: what is held for it is not compared.
    private static func compared(_ grace: Duration) -> PostgresQuery {
        """
        select intent, payment_id,
          coalesce(status || ' captured ' || p_captured || ' refunded ' || p_refunded, 'missing') as ours,
          coalesce('held ' || b_held || ' captured ' || b_captured || ' refunded ' || b_refunded, 'missing') as theirs,
          abs(coalesce(p_captured, 0) - coalesce(b_captured, 0)) + abs(coalesce(p_refunded, 0) - coalesce(b_refunded, 0))
            + case when status = 'failed' then 0 else abs(coalesce(p_held, 0) - coalesce(b_held, 0)) end as difference
        from (
          select c.intent, coalesce(p.id, b.payment_id) as payment_id, p.status, p.captured as p_captured, p.refunded as p_refunded,
            case when p.status = 'authorized' then p.authorized else 0 end as p_held,
            b.captured as b_captured, b.refunded as b_refunded,
            case when b.is_voided or b.captured > 0 then 0 else b.authorized end as b_held
          from (
            select provider_intent as intent from provider_books where updated_at > now() - interval '1 day'
            union
            select provider_intent from payments where updated_at > now() - interval '1 day' and provider_intent is not null
            union
            select provider_intent from reconciliation_differences where resolved_at is null
          ) c
          left join provider_books b on b.provider_intent = c.intent
          left join payments p on p.provider_intent = c.intent or (p.provider_intent is null and p.id = b.payment_id)
          where coalesce(greatest(p.updated_at, b.updated_at) <= now() - make_interval(secs => \(grace.secondsAsDouble)), false)
            and not exists (select from psp_calls k where k.payment_id = p.id and k.state <> 'done')
        ) s
        """
    }
}
