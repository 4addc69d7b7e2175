import Commerce
package import Events
package import PaymentsDomain
package import Postgres

/// Applies commands and provider's answers to payments, each in one transaction with its reply.
///
/// The payment's row is locked first, always: commands, answers and webhooks of one order take turns.
package struct CommandProcessor: Sendable {
    private let outbox: Outbox
    private let wakeWorker: @Sendable () -> Void

    /// - Parameter wakeWorker: Called after the commit of a transaction that wrote a call.
    package init(outbox: Outbox, wakeWorker: @escaping @Sendable () -> Void) {
        self.outbox = outbox
        self.wakeWorker = wakeWorker
    }

    /// Takes a command in: answers it, writes down the call it needs, or lets it wait for an earlier one.
    ///
    /// A command that came before gets the reply it got before, and does nothing.
    package func receive(_ received: ReceivedCommand, in transaction: PostgresTransaction) async throws {
        let command = received.command
        let results = try await transaction.pipeline([
            PaymentStatements.lockPayment(ofOrder: command.orderID),
            PaymentStatements.command(command.id),
            PaymentStatements.hasWaiting(order: command.orderID),
            PaymentStatements.token(ofMethod: received.paymentMethodID, account: received.accountID),
        ])
        let existing = try results[0].first.map { try PaymentRecord($0) }
        if let known = results[1].first {
            return try self.answerAgain(known, command, existing, in: transaction)
        }
        let isBusy = try results[2].first?.decode(Bool.self) ?? false
        let token = try results[3].first?.decode(String.self)
        let decision = PaymentRules.decide(command, on: existing?.payment, isBusy: isBusy, hasMethod: token != nil)
        var record = existing
        if existing == nil, let payment = decision.payment {
            let new = PaymentRecord(payment, version: 0, providerToken: token)
            transaction.enqueue(PaymentStatements.insert(new, received))
            record = new
        }
        try self.carryOut(decision, received, isStored: false, &record, in: transaction)
    }

    /// Applies the provider's definite answer, then takes up the commands that waited for it.
    ///
    /// An answer that was applied before does nothing.
    package func settle(
        _ call: ProviderCall,
        _ operation: ProviderOperation,
        _ answer: GatewayAnswer,
        in transaction: PostgresTransaction
    ) async throws {
        let order = try OrderID(call.orderID)
        let results = try await transaction.pipeline([
            PaymentStatements.lockPayment(ofOrder: order),
            PaymentStatements.lockCall(call.id),
            PaymentStatements.queued(order: order),
        ])
        guard let row = results[0].first, try results[1].first?.decode(String.self) != "done" else { return }
        var record = try PaymentRecord(row)
        let request = ProviderRequest(operation, amount: call.amount, refundID: call.refundID)
        let settlement = PaymentRules.settle(request, answer.outcome, on: record.payment)
        record.payment = settlement.payment
        if operation == .authorize { record.providerIntent = answer.reference }
        let command = PaymentCommand(
            id: call.id, orderID: order, paymentID: record.payment.id, action: Self.action(request)
        )
        transaction.enqueue(PaymentStatements.close(call: call.id, answer))
        for statement in settlement.ledger.map(PaymentStatements.post) ?? [] { transaction.enqueue(statement) }
        let reply = try ReplyMessage(settlement.reply, to: command)
        transaction.enqueue(PaymentStatements.close(command: command.id, reply: reply))
        try self.send(reply, command, &record, in: transaction)
        var next: PaymentRecord? = record
        for row in results[2] {
            let waiting = try ReceivedCommand(row)
            let decision = PaymentRules.decide(waiting.command, on: next?.payment, isBusy: false, hasMethod: false)
            try self.carryOut(decision, waiting, isStored: true, &next, in: transaction)
            if case .call = decision.next { break }
        }
    }

    private static func action(_ request: ProviderRequest) -> PaymentCommand.Action {
        switch (request.operation, request.refundID) {
        case (.authorize, _): .authorize(request.amount)
        case (.capture, _): .capture(request.amount)
        case (.refund, let refund?): .refund(refund, request.amount)
        case (.void, _), (.refund, nil): .void
        }
    }

    private func answerAgain(
        _ row: PostgresRow,
        _ command: PaymentCommand,
        _ record: PaymentRecord?,
        in transaction: PostgresTransaction
    ) throws {
        let (_, type, payload) = try row.decode((String, String?, [UInt8]?).self)
        // Not done yet: its reply comes when it is.
        guard let type, let payload else { return }
        var record = record
        try self.send(ReplyMessage(type: type, payload: payload), command, &record, in: transaction)
    }

    private func carryOut(
        _ decision: PaymentDecision,
        _ received: ReceivedCommand,
        isStored: Bool,
        _ record: inout PaymentRecord?,
        in transaction: PostgresTransaction
    ) throws {
        let command = received.command
        switch decision.next {
        case .reply(let reply):
            let message = try ReplyMessage(reply, to: command)
            transaction.enqueue(
                isStored
                    ? PaymentStatements.close(command: command.id, reply: message)
                    : PaymentStatements.insert(received, state: "done", reply: message)
            )
            try self.send(message, command, &record, in: transaction)
        case .call(let request):
            guard let record else { return }
            transaction.enqueue(
                isStored
                    ? PaymentStatements.open(command: command.id)
                    : PaymentStatements.insert(received, state: "open", reply: nil)
            )
            transaction.enqueue(PaymentStatements.insert(request, command: command, record: record))
            transaction.afterCommit(self.wakeWorker)
        case .queue:
            if !isStored { transaction.enqueue(PaymentStatements.insert(received, state: "queued", reply: nil)) }
        }
    }

    /// Sends a reply as the payment's next event.
    private func send(
        _ reply: ReplyMessage,
        _ command: PaymentCommand,
        _ record: inout PaymentRecord?,
        in transaction: PostgresTransaction
    ) throws {
        guard var known = record else {
            return try self.append(reply, command, version: 0, in: transaction)
        }
        try self.send(reply, command, &known, in: transaction)
        record = known
    }

    private func send(
        _ reply: ReplyMessage,
        _ command: PaymentCommand,
        _ record: inout PaymentRecord,
        in transaction: PostgresTransaction
    ) throws {
        record.version += 1
        transaction.enqueue(PaymentStatements.update(record))
        try self.append(reply, command, version: record.version, in: transaction)
    }

    private func append(
        _ reply: ReplyMessage,
        _ command: PaymentCommand,
        version: Int64,
        in transaction: PostgresTransaction
    ) throws {
        let event = try NewEvent(
            type: reply.type,
            payload: reply.payload,
            key: command.orderID.rawValue,
            aggregateType: "payment",
            aggregateVersion: version
        )
        self.outbox.append([event], in: transaction)
    }
}
