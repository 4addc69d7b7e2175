-- Old checkouts are forgotten, oldest first.
create index completed_checkouts_by_age on completed_checkouts (completed_at);
