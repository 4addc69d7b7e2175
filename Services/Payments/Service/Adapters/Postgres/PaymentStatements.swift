import Commerce
import PaymentsDomain
import Postgres

/// The SQL of the payments' writing transactions.
enum PaymentStatements {
    // MARK: - Reading

    static func lockPayment(ofOrder order: OrderID) -> PostgresQuery {
        "select \(unescaped: PaymentRecord.columns) from payments where order_id = \(order.rawValue) for update"
    }

    /// `state, reply_type, reply`.
    static func command(_ id: String) -> PostgresQuery {
        "select state, reply_type, reply from payment_commands where id = \(id)"
    }

    /// Whether commands of an order wait or are open.
    static func hasWaiting(order: OrderID) -> PostgresQuery {
        "select exists (select from payment_commands where order_id = \(order.rawValue) and state <> 'done')"
    }

    static func queued(order: OrderID) -> PostgresQuery {
        """
        select \(unescaped: ReceivedCommand.columns) from payment_commands
        where order_id = \(order.rawValue) and state = 'queued' order by position limit 20
        """
    }

    static func token(ofMethod method: String?, account: String?) -> PostgresQuery {
        "select provider_token from payment_methods where id = \(method) and account_id = \(account)"
    }

    static func lockCall(_ id: String) -> PostgresQuery {
        "select state from psp_calls where id = \(id) for update"
    }

    // MARK: - Writing

    static func insert(_ record: PaymentRecord, _ received: ReceivedCommand) -> PostgresQuery {
        let payment = record.payment
        return """
            insert into payments (id, order_id, account_id, payment_method_id, provider_token, status, currency,
              authorized)
            values (\(payment.id.rawValue), \(payment.orderID.rawValue), \(received.accountID), \(received.paymentMethodID),
              \(record.providerToken), \(payment.status.rawValue), \(payment.amount.currency.code), \(payment.amount.amount))
            """
    }

    static func update(_ record: PaymentRecord) -> PostgresQuery {
        let payment = record.payment
        return """
            update payments set status = \(payment.status.rawValue), captured = \(payment.captured.amount),
              refunded = \(payment.refunded.amount), version = \(record.version),
              provider_intent = \(record.providerIntent), updated_at = now()
            where id = \(payment.id.rawValue)
            """
    }

    static func insert(_ received: ReceivedCommand, state: String, reply: ReplyMessage?) -> PostgresQuery {
        let command = received.command
        return """
            insert into payment_commands (id, order_id, payment_id, operation, amount, currency, refund_id, account_id,
              payment_method_id, state, reply_type, reply, done_at)
            values (\(command.id), \(command.orderID.rawValue), \(command.paymentID.rawValue), \(command.operation.rawValue),
              \(command.money?.amount), \(command.money?.currency.code), \(command.refundID?.rawValue),
              \(received.accountID), \(received.paymentMethodID), \(state), \(reply?.type), \(reply?.payload),
              case when \(state) = 'done' then now() end)
            """
    }

    static func close(command id: String, reply: ReplyMessage) -> PostgresQuery {
        """
        update payment_commands set state = 'done', reply_type = \(reply.type), reply = \(reply.payload), done_at = now()
        where id = \(id) and state <> 'done'
        """
    }

    static func open(command id: String) -> PostgresQuery {
        "update payment_commands set state = 'open' where id = \(id) and state = 'queued'"
    }

    static func insert(_ request: ProviderRequest, command: PaymentCommand, record: PaymentRecord) -> PostgresQuery {
        """
        insert into psp_calls (id, payment_id, order_id, operation, amount, currency, refund_id, provider_token,
          provider_intent, traceparent)
        values (\(command.id), \(record.payment.id.rawValue), \(command.orderID.rawValue), \(request.operation.rawValue),
          \(request.amount.amount), \(request.amount.currency.code), \(request.refundID?.rawValue),
          \(record.providerToken), \(record.providerIntent), \(TraceParent.current()))
        """
    }

    static func close(call id: String, _ answer: GatewayAnswer) -> PostgresQuery {
        let outcome: (name: String, code: String?) =
            switch answer.outcome {
            case .done: ("done", nil)
            case .declined(let code): ("declined", code)
            case .refused(let code): ("refused", code)
            }
        return """
            update psp_calls set state = 'done', closed_at = now(), outcome = \(outcome.name), outcome_code = \(outcome.code),
              provider_ref = \(answer.reference)
            where id = \(id)
            """
    }

    /// The transaction and its entries.
    static func post(_ transaction: LedgerTransaction) -> [PostgresQuery] {
        let accounts = transaction.entries.map(\.account.rawValue)
        let amounts = transaction.entries.map(\.amount)
        let layers = transaction.entries.map { Int32($0.layer.rawValue) }
        return [
            """
            insert into ledger_transactions (id, kind, ref, order_id, currency, pending_id)
            values (\(transaction.id), \(transaction.kind.rawValue), \(transaction.ref), \(transaction.orderID.rawValue),
              \(transaction.currency.code), \(transaction.pendingID))
            """,
            """
            insert into ledger_entries (transaction_id, seq, account, amount, layer)
            select \(transaction.id), e.seq, e.account, e.amount, e.layer
            from unnest(\(accounts), \(amounts), \(layers)) with ordinality as e (account, amount, layer, seq)
            """,
        ]
    }
}
