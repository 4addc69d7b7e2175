-- The hash of the Idempotency-Key under which a refresh token was used: who repeats that very request gets its answer again.
alter table refresh_tokens add column replay_key bytea;
