public import Postgres

/// The tables of a consuming service.
public enum Inbox {
    /// The migrations of an inbox; applied by the consuming service beside its own.
    public static let migrations: [PostgresMigration] = [
        PostgresMigration(id: "E002_inbox", sql: Self.schema)
    ]

    private static let schema = """
        -- How far a group has applied a partition. Moves in the same transaction as the effects.
        create table inbox_cursor (
          grp text not null,
          topic text not null,
          part smallint not null,
          epoch bigint not null default 0,
          pos bigint not null default 0,
          parked integer not null default 0,
          primary key (grp, topic, part)
        ) with (fillfactor = 50);

        -- Events that failed for good, and the later events of the same aggregates.
        create table inbox_parked (
          grp text not null,
          topic text not null,
          part smallint not null,
          epoch bigint not null,
          pseq bigint not null,
          event_id text not null,
          source text not null,
          type text not null,
          subject text not null,
          agg_type text not null,
          agg_ver bigint not null,
          occurred_at timestamptz not null,
          traceparent text,
          payload bytea not null,
          reason text not null,
          attempts integer not null default 0,
          next_at timestamptz not null default now(),
          dead boolean not null default false,
          parked_at timestamptz not null default now(),
          primary key (grp, topic, part, epoch, pseq)
        );
        create index inbox_parked_subject on inbox_parked (grp, topic, part, subject, epoch, pseq);

        -- Who reads a partition now. A lease holds as long as its owner is a live member.
        create table inbox_lease (
          grp text not null,
          topic text not null,
          part smallint not null,
          owner uuid,
          fence bigint not null default 0,
          primary key (grp, topic, part)
        ) with (fillfactor = 50);

        -- The live instances of a group, among whom the partitions are divided.
        create table inbox_member (
          grp text not null,
          member uuid not null,
          alive_until timestamptz not null,
          primary key (grp, member)
        ) with (fillfactor = 50);
        """
}
